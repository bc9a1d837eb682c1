extension Reading {
  /// Whether a clause starts at an offset: behind punctuation, a line's end, a quotation mark, or at the text's start.
  func isClauseStart(_ offset: Int) -> Bool {
    let before = character(before: offset)
    return before == "\0" || before.isClauseEnd || before == "“" || before == "("
  }

  /// Whether a line starts at an offset, or in the blanks before it.
  func isLineStart(_ offset: Int) -> Bool {
    var start = offset
    for _ in 0..<4 where character(before: start) == " " { start = previous(start) }
    return ["\n", "\0"].contains(character(before: start))
  }

  /// The offset of the character behind the blanks at an offset, one to eight of them.
  func behindBlanks(_ offset: Int) -> Int? {
    let end = skippingBlanks(skippingBlanks(offset))
    return end > offset ? end : nil
  }

  /// The offset of the character before the blanks before an offset, one to eight of them.
  func beforeBlanks(_ offset: Int) -> Int? {
    var start = offset
    for _ in 0..<8 where character(before: start) == " " { start = previous(start) }
    return start < offset && start > 0 ? previous(start) : nil
  }

  /// Whether no sentence ends between two offsets, which stand at most 100 bytes apart.
  func isSameSentence(_ first: Int, _ second: Int) -> Bool {
    guard first <= second, second - first <= 100 else { return false }
    var offset = first
    while offset < second {
      if character(at: offset).isSentenceEnd { return false }
      offset = next(offset)
    }
    return true
  }

  /// Whether a span stands in quotation marks with the words of a name: at most 20 characters, no punctuation among them.
  func isInQuotedName(_ span: Range<Int>) -> Bool {
    var start = span.lowerBound
    for _ in 0..<20 {
      let character = character(before: start)
      if character == "“" || character == "‘" { return endsQuotedName(span.upperBound) }
      if character == "\0" || character == "”" || character.isClauseEnd && character != "、" { return false }
      start = previous(start)
    }
    return false
  }

  private func endsQuotedName(_ offset: Int) -> Bool {
    var end = offset
    for _ in 0..<20 {
      let character = character(at: end)
      if character == "”" || character == "’" { return true }
      if character == "\0" || character.isClauseEnd && character != "、" { return false }
      end = next(end)
    }
    return false
  }
}

extension Unicode.Scalar {
  /// A line's end, or a mark that ends a sentence.
  var isSentenceEnd: Bool {
    switch self {
    case "\n", "。", "!", "?", ";": true
    default: false
    }
  }

  var isClauseEnd: Bool {
    switch self {
    case ",", ":", "、", " ", ")": true
    default: isSentenceEnd
    }
  }
}
