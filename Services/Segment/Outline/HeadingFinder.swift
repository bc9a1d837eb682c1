internal import Lexicon

/// Finds where the heading of an item ends and its body starts.
struct HeadingFinder {
  var reading: Reading

  init(_ bytes: [UInt8]) { reading = Reading(bytes) }

  /// What stands behind a label.
  struct Extent {
    enum Form {
      /// A heading proper.
      case heading
      /// The first words of a sentence that is no heading.
      case running
      /// One sentence and nothing else: what its siblings are decides.
      case unsure
    }

    var heading: Range<Int>
    /// Where it ends if the sentence is no heading: at the first comma.
    var opening: Range<Int>
    var body: Int
    var form: Form
    /// Where it ends if most of its list run into their bodies behind a second clause.
    var secondClause: Int?
  }

  /// Longer sentences are no headings: alone on a line, and with a body behind them on the same line.
  private static let longestAlone = 60
  private static let longestRunOn = 42
  /// How far to look for the end of a heading, and of a question, in characters.
  private static let reach = 200
  private static let questionReach = 400

  /// The extent of an item's heading.
  ///
  /// - Parameters:
  ///   - limit: the start of the next item, or the end of the text.
  ///   - isParent: whether the next item stands inside this one.
  mutating func extent(_ label: Label, limit: Int, isParent: Bool) -> Extent {
    let start = contentStart(label, limit: limit)
    if let end = label.headingEnd { return whole(start..<min(end, limit)) }
    let marks = scan(from: start, limit: limit, reach: label.style == .question ? Self.questionReach : Self.reach)
    if label.style == .question { return whole(start..<(marks.sentence ?? marks.stop)) }
    let opening = start..<min(marks.comma ?? marks.stop, marks.stop)
    if label.style.isEnumeration {
      return Extent(heading: opening, opening: opening, body: opening.upperBound, form: .running)
    }
    guard let sentence = marks.sentence else { return unended(label, marks, start, opening) }
    var extent = ended(marks, start, opening, sentence, isParent: isParent)
    extent.secondClause = thirdClause(from: start, to: sentence)
    return extent
  }

  /// The first character behind a label and the marks that some writers put there (`一是：`, `首先，`); on the next line
  /// where the label stands alone on its own.
  private mutating func contentStart(_ label: Label, limit: Int) -> Int {
    var position = label.content
    while position < limit {
      let next = reading.character(at: position)
      let isMark =
        Characters.isComma(next.value) || next.value == 0x3A || next.value == 0x2A || Characters.isBlank(next.value)
      guard isMark || next.value == Characters.newline else { break }
      position += next.length
    }
    return position
  }

  private func whole(_ range: Range<Int>) -> Extent {
    Extent(heading: range, opening: range, body: range.upperBound, form: .heading)
  }

  /// A heading that ends with its line, or where the next item starts.
  private mutating func unended(_ label: Label, _ marks: Marks, _ start: Int, _ opening: Range<Int>) -> Extent {
    if marks.stopKind != .line, let split = bodyStart(in: start..<(marks.comma ?? marks.stop)) {
      return whole(start..<split)
    }
    let isHeading = marks.count <= Self.longestAlone && marks.stopKind != .reach
    let isTitle = marks.stopKind == .line && label.style.isTitled
    let end = isTitle ? marks.stop : marks.colon ?? marks.stop
    if isHeading { return whole(start..<trimmed(start..<end)) }
    if let split = marks.blank ?? (marks.stopKind == .line ? nil : sureBodyStart(from: start, to: marks.stop)) {
      return whole(start..<split)
    }
    return Extent(heading: opening, opening: opening, body: opening.upperBound, form: .running)
  }

  /// A heading that ends with a mark of its own: `（一）加强领导。各级……`
  private mutating func ended(
    _ marks: Marks, _ start: Int, _ opening: Range<Int>, _ sentence: Int, isParent: Bool
  ) -> Extent {
    if marks.isQuestion { return whole(start..<sentence) }
    let running = Extent(heading: opening, opening: opening, body: opening.upperBound, form: .running)
    if let split = bodyStart(in: start..<min(marks.comma ?? sentence, sentence)) {
      return Extent(heading: start..<split, opening: opening, body: split, form: .heading)
    }
    if let colon = marks.colon, colon < sentence {
      if marks.comma == colon { return whole(start..<colon) }
      return running
    }
    let isAlone = marks.afterSentence == .line || marks.afterSentence == .gap
    let hasBody = marks.afterSentence != .limit || isParent
    let isShort = marks.count <= (isAlone ? Self.longestAlone : Self.longestRunOn)
    if !isShort, let split = marks.blank ?? sureBodyStart(from: start, to: sentence) { return whole(start..<split) }
    guard isShort, !marks.isSemicolon else { return running }
    let heading = start..<sentence
    return Extent(heading: heading, opening: opening, body: sentence, form: hasBody ? .heading : .unsure)
  }

  /// The end of some words without blanks and marks at it.
  private mutating func trimmed(_ words: Range<Int>) -> Int {
    var end = words.upperBound
    while end > words.lowerBound {
      let last = reading.character(before: end)
      guard Characters.isBlank(last) || Characters.isComma(last) || Characters.opensItem(last) else { break }
      end = reading.offset(before: end)
    }
    return end
  }
}
