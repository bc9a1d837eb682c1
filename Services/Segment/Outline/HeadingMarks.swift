extension HeadingFinder {
  /// The marks of the first words behind a label; those inside brackets and quotation marks do not count.
  struct Marks {
    enum Stop { case line, gap, limit, reach }

    /// The first of ，。；：！？
    var comma: Int?
    var colon: Int?
    /// The first single blank between words.
    var blank: Int?
    /// The first of 。！？；
    var sentence: Int?
    var isSemicolon = false
    var isQuestion = false
    /// What follows right behind the sentence, where that is not more of the same paragraph.
    var afterSentence: Stop?
    /// Characters up to the end of the sentence, or up to the stop.
    var count = 0
    var stop = 0
    var stopKind = Stop.reach
  }

  mutating func scan(from start: Int, limit: Int, reach: Int) -> Marks {
    var marks = Marks()
    var open = OpenMarks()
    var position = start
    while marks.count < reach {
      if position >= limit { return stopped(marks, at: position, .limit) }
      let next = reading.character(at: position)
      if next.value == Characters.newline { return stopped(marks, at: position, .line) }
      let isBullet = Characters.isBullet(next.value) && marks.count > 0 && !open.isInside(at: position)
      if isBullet || isGap(at: position, next.value, count: marks.count) { return stopped(marks, at: position, .gap) }
      if marks.blank == nil, marks.count > 3, isBetweenWords(position, next) { marks.blank = position }
      if !open.isInside(at: position), !isInsideNumber(position, next) {
        note(next.value, at: position, &marks)
        if marks.sentence != nil {
          marks.afterSentence = stop(behind: position + next.length, limit: limit)
          return marks
        }
      }
      open.read(next.value, at: position)
      position += next.length
      marks.count += 1
    }
    return stopped(marks, at: position, .reach)
  }

  private func stopped(_ marks: Marks, at position: Int, _ kind: Marks.Stop) -> Marks {
    var marks = marks
    marks.stop = position
    marks.stopKind = kind
    return marks
  }

  private func note(_ scalar: UInt32, at position: Int, _ marks: inout Marks) {
    let isEnd = Characters.endsSentence(scalar) || scalar == 0x3B
    if scalar == 0x2C || scalar == 0x3A || isEnd, marks.comma == nil { marks.comma = position }
    if scalar == 0x3A, marks.colon == nil { marks.colon = position }
    if isEnd {
      marks.sentence = position
      marks.stop = position
      marks.isSemicolon = scalar == 0x3B
      marks.isQuestion = scalar == 0x3F
    }
  }

  /// Whether blanks stand for a lost line break: two or more, unless they space out the heading's letters (`总　　则`).
  private mutating func isGap(at position: Int, _ scalar: UInt32, count: Int) -> Bool {
    guard Characters.isBlank(scalar) else { return false }
    if scalar == 0x09 { return true }
    let next = reading.character(at: position + reading.character(at: position).length).value
    return Characters.isBlank(next) && count > 1
  }

  /// Whether a blank stands between two words rather than beside figures or letters.
  private mutating func isBetweenWords(_ position: Int, _ blank: (value: UInt32, length: Int)) -> Bool {
    guard Characters.isBlank(blank.value) else { return false }
    let before = reading.character(before: position)
    let behind = reading.character(at: position + blank.length).value
    return (Characters.isIdeograph(before) || Characters.closes(before))
      && (Characters.isIdeograph(behind) || Characters.opens(behind) || Characters.isDigit(behind))
  }

  /// Whether a comma or colon stands between figures: `1,100`, `9:30`.
  private mutating func isInsideNumber(_ position: Int, _ mark: (value: UInt32, length: Int)) -> Bool {
    guard mark.value == 0x2C || mark.value == 0x3A else { return false }
    return Characters.isDigit(reading.character(before: position))
      && Characters.isDigit(reading.character(at: position + mark.length).value)
  }

  private mutating func stop(behind end: Int, limit: Int) -> Marks.Stop? {
    var position = end
    var blanks = 0
    var kind: Marks.Stop?
    while position < limit {
      let next = reading.character(at: position)
      let isBlank = Characters.isBlank(next.value)
      guard isBlank || next.value == Characters.newline || blanks == 0 && Characters.closes(next.value) else {
        return kind
      }
      blanks += isBlank ? 1 : 0
      if next.value == Characters.newline { kind = .line } else if blanks == 2, kind == nil { kind = .gap }
      position += next.length
    }
    return .limit
  }
}
