internal import Record
internal import Text

/// The lines with a credit in brackets at the end of one of the last paragraphs as a line of its own: `…良好氛围。(记者 某某)`.
func splitCredits(_ lines: [Line]) -> [Line] {
  let total = lines.reduce(0) { $0 + ($1.isText ? $1.length : 0) }
  var left = total
  var result: [Line] = []
  result.reserveCapacity(lines.count + 1)
  for line in lines {
    if line.isText { left -= line.length }
    guard line.isText, let start = creditStart(line.bytes.span), left * 5 <= total || start == 0 && line.length <= 24
    else {
      result.append(line)
      continue
    }
    if start > 0 {
      let text = trimmed(line.bytes.span, 0..<start)
      result.append(Line(Array(line.bytes[text]), gap: line.gap))
    }
    result.append(Line(Array(line.bytes[start...]), gap: start > 0 ? 0 : line.gap, reason: .credits))
  }
  return result
}

/// Where the bracket at the end of a line starts, when it holds a credit and not a note of the document's own.
private func creditStart(_ line: Span<UInt8>) -> Int? {
  guard let (last, length) = line.scalar(before: line.count), [0x29, 0x3011, 0x5D].contains(narrowed(last)) else {
    return nil
  }
  var start = line.count - length
  var characters = 0
  while let (value, length) = line.scalar(before: start), characters < 60 {
    start -= length
    characters += 1
    if [0x28, 0x3010, 0x5B].contains(narrowed(value)) {
      return isCredit(line, start) ? start : nil
    }
    if isSentenceEnd(narrowed(value)) { return nil }
  }
  return nil
}

private func isCredit(_ line: Span<UInt8>, _ start: Int) -> Bool {
  let inside = Folded(line.extracting(start..<line.count))
  return Vocabulary.shared.firstPhrase(.credit, in: inside) != nil
}
