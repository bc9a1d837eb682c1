extension Reading {
  /// Whether a clause starts at an offset: behind punctuation, a line's end, a quotation mark, or at the text's start.
  func isClauseStart(_ offset: Int) -> Bool {
    let before = character(before: offset)
    return before == "\0" || before.isClauseEnd || before == "“" || before == "("
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
