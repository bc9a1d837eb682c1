internal import Lexicon

/// Lines that are headings without a number, and lines that stand apart.
extension Reading {
  /// The heading that a line is: short, alone, without a mark at its end, between paragraphs.
  ///
  /// - Parameter start: the first character of the line that is no blank.
  mutating func unnumberedHeading(at start: Int, line: Int) -> Label? {
    if let annex = annexHeading(at: start, line: line) { return annex }
    guard endsParagraph(before: start), let end = shortLine(from: start) else { return nil }
    let isCaption = Characters.closes(character(before: end)) && character(at: start).value == 0x28
    guard !isCaption, kind(at: start) == nil, isBody(behind: end) else { return nil }
    var label = Label(
      style: .unnumbered, number: 0, span: start..<start, content: start, context: .line, line: line)
    label.headingEnd = end
    return label
  }

  /// What a line is that belongs to no part of a report, by its opening.
  mutating func kind(at start: Int) -> ApartKind? {
    Vocabulary.shared.apart.longestMatch(in: bytes.span, at: start).map { ApartKind.allCases[Int($0.value)] }
  }

  /// What is listed behind a colon at a byte offset: the names of annexes (`附件：`), or notes (`注：1.`).
  mutating func listing(at start: Int) -> ApartKind? {
    guard let word = Vocabulary.shared.apart.longestMatch(in: bytes.span, at: start) else { return nil }
    let kind = ApartKind.allCases[Int(word.value)]
    let end = start + word.length
    switch kind {
    case .annex: return character(at: end).value == 0x3A || character(before: end) == 0x3A ? kind : nil
    case .note: return arabicNumber(at: nextLine(behind: end)) != nil ? kind : nil
    default: return nil
    }
  }

  /// `名词解释` right behind a sentence, with the first of its numbers behind it, in a text that lost its line breaks.
  mutating func gluedAppendix(at start: Int, line: Int) -> Label? {
    guard let word = Vocabulary.shared.apart.longestMatch(in: bytes.span, at: start),
      ApartKind.allCases[Int(word.value)] == .appendix
    else { return nil }
    let end = start + word.length
    guard let first = label(at: skippingColon(from: end), .line, line: line), first.number == 1 else { return nil }
    return appendix(start..<end, line: line)
  }

  private mutating func skippingColon(from offset: Int) -> Int {
    let mark = character(at: offset)
    return skippingBlanks(from: mark.value == 0x3A ? offset + mark.length : offset)
  }

  /// `附件1` alone on a line, with the title of the annex on the next one.
  private mutating func annexHeading(at start: Int, line: Int) -> Label? {
    guard let word = Vocabulary.shared.apart.longestMatch(in: bytes.span, at: start) else { return nil }
    let kind = ApartKind.allCases[Int(word.value)]
    if kind == .appendix {
      let end = start + word.length
      let isAlone = character(at: skippingColon(from: end)).value == Characters.newline
      return isAlone ? appendix(start..<end, line: line) : nil
    }
    guard kind == .annex else { return nil }
    var end = skippingBlanks(from: start + word.length)
    if let number = number(at: end) { end = number.end }
    let mark = character(at: end)
    if mark.value == 0x3A { end += mark.length }
    guard character(at: skippingBlanks(from: end)).value == Characters.newline else { return nil }
    let content = nextLine(behind: end)
    guard label(at: content, .line, line: line) == nil, let headingEnd = shortLine(from: content) else { return nil }
    var label = Label(style: .unnumbered, number: 0, span: start..<end, content: content, context: .line, line: line)
    label.headingEnd = headingEnd
    label.isAppendix = true
    return label
  }

  private func appendix(_ words: Range<Int>, line: Int) -> Label {
    let start = words.lowerBound
    var label = Label(style: .unnumbered, number: 0, span: start..<start, content: start, context: .line, line: line)
    label.headingEnd = words.upperBound
    label.isAppendix = true
    return label
  }

  /// The end of a line of 4 to 30 characters without marks of sentences, blanks inside, or a date at its end.
  private mutating func shortLine(from start: Int) -> Int? {
    var position = start
    var count = 0
    var ideographs = 0
    var last: UInt32 = 0
    while true {
      let next = character(at: position)
      if next.value == Characters.newline { break }
      if Characters.isBlank(next.value) {
        guard character(at: skippingBlanks(from: position)).value == Characters.newline else { return nil }
        break
      }
      let isMark = Characters.opensItem(next.value) || next.value == 0x2C || next.value == 0x7C || next.value == 0x3E
      guard !isMark, count < 30 else { return nil }
      if Characters.isIdeograph(next.value) { ideographs += 1 }
      last = next.value
      count += 1
      position += next.length
    }
    let isDate = last == 0x65E5 && ideographs <= 8
    return count >= 4 && ideographs >= 3 && !isDate ? position : nil
  }

  /// Whether the line before ends a paragraph of running text.
  private mutating func endsParagraph(before start: Int) -> Bool {
    var position = start
    var scalar = Characters.newline
    while position > 0 {
      scalar = character(before: position)
      guard scalar == Characters.newline || Characters.isBlank(scalar) || Characters.isLineMark(scalar) else { break }
      position = offset(before: position)
    }
    if Characters.closes(scalar) {
      position = offset(before: position)
      scalar = character(before: position)
    }
    return Characters.endsSentence(scalar)
  }

  /// The first character of the next line that holds one.
  mutating func nextLine(behind end: Int) -> Int {
    var position = end
    while position < bytes.count {
      let next = character(at: position)
      guard next.value == Characters.newline || Characters.isBlank(next.value) else { break }
      position += next.length
    }
    return position
  }

  /// Whether running text or a label follows on the next line.
  private mutating func isBody(behind end: Int) -> Bool {
    let start = nextLine(behind: end)
    guard start < bytes.count else { return false }
    if label(at: start, .line, line: 0) != nil || turn(at: start, .line, 0) != nil { return true }
    var position = start
    var last: UInt32 = 0
    for _ in 0..<40 {
      let next = character(at: position)
      if next.value == Characters.newline { return Characters.endsSentence(last) }
      if !Characters.isBlank(next.value) { last = next.value }
      position += next.length
    }
    return true
  }
}
