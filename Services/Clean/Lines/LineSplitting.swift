internal import Text

/// The lines of a text, trimmed, empty ones counted.
///
/// A line ends at LF, CR, CRLF, VT, FF, NEL, LS or PS. Inside a line whose paragraphs were run together the wide blanks
/// that once indented a paragraph tell where it starts (`…机构:　　近年来`): the line ends there too.
func splitLines(_ text: [UInt8]) -> [Line] {
  var lines: [Line] = []
  var gap = 0
  var start = 0
  let span = text.span
  func close(at end: Int) {
    let range = trimmed(span, start..<end)
    if range.isEmpty {
      // A line of zero-width characters alone is what an inline mark left behind, not an empty line.
      if !(start..<end).contains(where: { span[$0] >= 0x80 && span[$0] != 0xC2 && span[$0] != 0xA0 && span[$0] != 0xE3 }
      ) {
        gap += 1
      }
      return
    }
    var indent = span.width(of: start..<range.lowerBound)
    for piece in indentedParagraphs(span, range) {
      lines.append(Line(withoutInvisible(text[piece]), gap: gap, indent: indent))
      gap = 0
      indent = 4
    }
  }
  var offset = 0
  while offset < span.count {
    let length = lineBreak(span, offset)
    if length > 0 {
      close(at: offset)
      start = offset + length
      offset = start
    } else {
      offset += 1
    }
  }
  close(at: span.count)
  return lines
}

/// The length in bytes of the line break at an offset; 0 where there is none.
private func lineBreak(_ text: Span<UInt8>, _ offset: Int) -> Int {
  switch text[offset] {
  case 0x0D: offset + 1 < text.count && text[offset + 1] == 0x0A ? 2 : 1
  case 0x0A...0x0C: 1
  case 0xC2 where offset + 1 < text.count && text[offset + 1] == 0x85: 2
  case 0xE2 where offset + 2 < text.count && text[offset + 1] == 0x80 && text[offset + 2] & 0xFE == 0xA8: 3
  default: 0
  }
}

/// The range without the blanks at both of its ends.
func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
  var (start, end) = (range.lowerBound, range.upperBound)
  while start < end {
    let (value, length) = text.scalar(at: start)
    guard isBlank(value) else { break }
    start += length
  }
  while end > start, let (value, length) = text.scalar(before: end), isBlank(value) { end -= length }
  return start..<max(start, end)
}

/// The pieces of a line between runs of blanks that stand for an indent.
private func indentedParagraphs(_ text: Span<UInt8>, _ range: Range<Int>) -> [Range<Int>] {
  var pieces: [Range<Int>] = []
  var start = range.lowerBound
  var offset = start
  while offset < range.upperBound {
    let (value, length) = text.scalar(at: offset)
    guard isBlank(value), value != 0x20 else { offset += length; continue }
    let run = blankRun(text, offset, range.upperBound)
    if run.wide >= 4
      || run.wide >= 2 && (text.endsFinished(at: offset) || isParagraphBreak(text, start..<offset, run.end, range))
    {
      if start < offset { pieces.append(trimmed(text, start..<offset)) }
      start = run.end
    }
    offset = run.end
  }
  if start < range.upperBound { pieces.append(start..<range.upperBound) }
  return pieces
}

/// Whether an indent inside a long line opens a paragraph and does not space out a name or a heading: words of some
/// length stand on both sides.
private func isParagraphBreak(_ text: Span<UInt8>, _ before: Range<Int>, _ after: Int, _ line: Range<Int>) -> Bool {
  guard line.count > 900, before.count >= 9 else { return false }
  var end = after
  while end < line.upperBound, end - after < 60 {
    let (value, length) = text.scalar(at: end)
    if isBlank(value) { break }
    end += length
  }
  return end - after >= 18 || text.scalar(at: after).value == 0x7B2C
}

/// The end of the blanks that start at an offset, and how many wide ones (U+3000) are among them.
private func blankRun(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> (end: Int, wide: Int) {
  var (end, wide) = (start, 0)
  while end < limit {
    let (value, length) = text.scalar(at: end)
    guard isBlank(value) else { break }
    if value == 0x3000 { wide += 1 }
    end += length
  }
  return (end, wide)
}

/// The bytes without characters that show nothing and part nothing: controls, zero-width characters, byte-order marks.
private func withoutInvisible(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
  guard bytes.contains(where: mayBeInvisible) else { return Array(bytes) }
  var kept: [UInt8] = []
  kept.reserveCapacity(bytes.count)
  let all = Array(bytes)
  let span = all.span
  var offset = 0
  while offset < span.count {
    let (value, length) = span.scalar(at: offset)
    if !isInvisible(value) { kept.append(contentsOf: all[offset..<offset + length]) }
    offset += length
  }
  return kept
}

/// Whether a byte is or starts a character that may show nothing.
private func mayBeInvisible(_ byte: UInt8) -> Bool {
  byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE2 || byte == 0xEF
}

private func isInvisible(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0...8, 0xE...0x1F, 0x7F...0x9F, 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB:
    true
  default: false
  }
}
