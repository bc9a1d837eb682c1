internal import Text

/// The text lines with sentences put together again that a page broke over several lines.
///
/// Three cases are certain. A page whose paragraphs stand apart by empty lines breaks a paragraph without one
/// (`政府工作报` / `告`). And on any page a line with whole sentences in it that stops in the middle of one goes on in
/// the next (`…成效,PM` / `2.5` / `年平均浓度…`). And no line ends inside a bracket or starts with a comma. A heading, a
/// signature and what begins with a number stay alone.
func joined(_ lines: [Line]) -> [Line] {
  let isSpaced = isSpacedOut(lines)
  var result: [Line] = []
  for line in lines {
    // Prose under the first line is no part of a title.
    let isUnderTitle = result.count == 1 && !result[0].isProse && line.isProse
    if let previous = result.last, !isUnderTitle, continues(previous, line, isSpaced: isSpaced) {
      result[result.count - 1] = Line(previous, separator(previous, line), line)
    } else {
      result.append(line)
    }
  }
  return result
}

/// The text lines with a title that stands over several lines on one.
func withTitleJoined(_ lines: [Line], _ title: String?) -> [Line] {
  guard let title, let first = lines.first else { return lines }
  let whole = Folded(Array(title.utf8).span).bytes
  var words = Folded(first.bytes.span).bytes
  var bytes = first.bytes
  for (index, line) in lines.enumerated().dropFirst().prefix(5)
  where whole.count > words.count && whole.starts(with: words) {
    words += Folded(line.bytes.span).bytes
    bytes += line.bytes
    if words == whole { return [Line(bytes, gap: first.gap)] + lines[(index + 1)...] }
  }
  return lines
}

/// Whether empty lines stand between almost all paragraphs.
private func isSpacedOut(_ lines: [Line]) -> Bool {
  let prose = lines.dropFirst().filter(\.isProse)
  return prose.count >= 4 && prose.count(where: { $0.gap > 0 }) * 2 > prose.count
    && prose.count(where: \.isFinished) * 10 >= prose.count * 5
}

/// Bytes beyond which nothing is joined any more, so that a text of broken lines alone takes no time without end.
private let longestParagraph = 8000

private func continues(_ previous: Line, _ next: Line, isSpaced: Bool) -> Bool {
  guard next.gap == 0, !previous.isFinished, previous.bytes.count < longestParagraph else { return false }
  let isTitle = isSpaced && previous.length + next.length <= 60 && next.length <= 12 && !previous.isNumbered
  let isBroken = isUnfinishedProse(previous) || isOpenSubtitle(previous) || leavesOpen(previous)
  guard isBroken || isTitle || startsAsContinuation(next) || isSpaced && next.isProse else { return false }
  return !next.isNumbered && !next.isSalutation && !next.belongsToSignature
}

private func isUnfinishedProse(_ line: Line) -> Bool {
  guard line.length >= 30 else { return false }
  if line.last == 0x2C || line.last == 0x3001 { return true }
  return !isOrganSuffix(line.last) && line.bytes.span.containsSentenceEnd && !line.isNumbered
}

/// `——2024年1月20日在某省第九届`, without the 上 of `…会议上`.
private func isOpenSubtitle(_ line: Line) -> Bool {
  guard line.bytes.starts(with: "——".utf8) else { return false }
  let (scalars, _) = narrowScalars(line.opening(120))
  guard scalars.starts(with: [0x2014, 0x2014]), let reading = DateReading(scalars, at: 2) else { return false }
  return scalars.dropFirst(reading.range.upperBound).first == 0x5728 && line.last != 0x4E0A
}

/// Whether a quotation, a title or a bracket is open at the end of a line: `7.“双向` / `揭榜”是指…`.
private func leavesOpen(_ line: Line) -> Bool {
  var depth = 0
  for scalar in narrowScalars(line.bytes).scalars {
    if [0x201C, 0x300A, 0x28].contains(scalar) { depth += 1 }
    if [0x201D, 0x300B, 0x29].contains(scalar) { depth = max(0, depth - 1) }
  }
  return depth > 0
}

private func startsAsContinuation(_ line: Line) -> Bool {
  let first = line.bytes.span.scalar(at: 0).value
  return [0xFF0C, 0x2C, 0x3001, 0x3002, 0xFF1B, 0xFF1A, 0x201D, 0x300B, 0xFF09, 0x29].contains(first)
}

/// A blank between two Latin words, none beside Han characters.
private func separator(_ previous: Line, _ next: Line) -> [UInt8] {
  let isLatin = { (byte: UInt8?) in byte.map { (0x41...0x5A ~= $0) || (0x61...0x7A ~= $0) } ?? false }
  return isLatin(previous.bytes.last) && isLatin(next.bytes.first) ? [0x20] : []
}
