/// Signature, date and contact lines behind the last words of a part.
extension Reading {
  /// Where the closing of a part starts; the end of `range` where it has none.
  mutating func closingStart(in range: Range<Int>) -> Int {
    var end = range.upperBound
    var closing = range.upperBound
    var signatures = 0
    for _ in 0..<30 {
      end = trimmedEnd(of: range.lowerBound..<end)
      let start = lineStart(before: end, notBefore: range.lowerBound)
      let words = skippingBlanks(from: start)
      guard end > range.lowerBound, let isSure = isClosing(words..<max(words, end)) else { break }
      if !isSure { signatures += 1 }
      if !isSure, closing == range.upperBound || signatures > 2 { break }
      closing = words
      end = start
    }
    return closing < range.upperBound ? closing : tailStart(in: range)
  }

  /// Whether a line belongs to a closing: for certain, perhaps (a short line that may be a signature), or not.
  private mutating func isClosing(_ line: Range<Int>) -> Bool? {
    let opening = character(at: line.lowerBound)
    let isBracketed = opening.value == 0x28
    let start = isBracketed ? line.lowerBound + opening.length : line.lowerBound
    if kind(at: line.lowerBound) != nil || kind(at: start) != nil { return line.count <= 300 ? true : nil }
    let last = character(before: line.upperBound)
    guard line.count <= 120, !Characters.opensItem(last) else { return nil }
    return hasDate(line) && (line.count <= 60 || isBracketed) ? true : line.count <= 90 ? false : nil
  }

  /// The closing of a text without line breaks: what stands behind its last sentence and holds a date.
  private mutating func tailStart(in range: Range<Int>) -> Int {
    var position = range.upperBound
    let floor = max(range.lowerBound, range.upperBound - 600)
    while position > floor {
      let scalar = character(before: position)
      if Characters.endsSentence(scalar) { break }
      if scalar == Characters.newline { return range.upperBound }
      position = offset(before: position)
    }
    let isTail = position > floor && position < range.upperBound && hasDate(position..<range.upperBound)
    return isTail ? position : range.upperBound
  }

  /// Whether words hold 年 and 日.
  private func hasDate(_ words: Range<Int>) -> Bool {
    let year = Array("年".utf8)
    let day = Array("日".utf8)
    guard let at = firstIndex(of: year, in: words) else { return false }
    return firstIndex(of: day, in: at..<words.upperBound) != nil
  }

  private func firstIndex(of word: [UInt8], in range: Range<Int>) -> Int? {
    guard range.count >= word.count else { return nil }
    return (range.lowerBound...range.upperBound - word.count).first { bytes[$0..<$0 + word.count].elementsEqual(word) }
  }

  /// The end of a range without blanks and line ends at it.
  mutating func trimmedEnd(of range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound {
      let last = character(before: end)
      guard Characters.isBlank(last) || last == Characters.newline else { break }
      end = offset(before: end)
    }
    return end
  }

  private func lineStart(before end: Int, notBefore floor: Int) -> Int {
    var start = end
    while start > floor, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }
}
