internal import CExtractTables
internal import Lexicon
internal import Record

/// Which parts of a document look ahead: 下一步工作打算, 2026年重点工作.
struct Outlook: Sendable {
  /// The characters of the parts that look ahead, in order, not overlapping.
  private var ahead: [Range<Int>] = []
  private let headings: HeadingWords

  init(_ glyphs: Glyphs, _ record: DocumentRecord) {
    headings = .shared
    let sections = record.sections.filter { $0.level <= 2 }
    let spans = Self.spans(sections, glyphs)
    for (section, span) in zip(sections, spans) where !span.isEmpty && Self.isHeading(section) {
      let length = min(span.count, section.label.unicodeScalars.count + section.heading.unicodeScalars.count + 4)
      let heading = span.lowerBound..<span.lowerBound + length
      let year = record.document.reportYear
      if headings.looksAhead(glyphs, heading, after: year) {
        add(span)
      } else if headings.looksBothWays(glyphs, heading), let start = turn(span, heading, glyphs) {
        add(start..<span.upperBound)
      }
    }
    if ahead.isEmpty { readLines(glyphs, record.document.reportYear) }
  }

  /// The extents of sections; an annex reaches to the next one, as its own numbering starts anew on the same level.
  private static func spans(_ sections: [Section], _ glyphs: Glyphs) -> [Range<Int>] {
    var annexEnd = glyphs.count
    var spans: [Range<Int>] = []
    for section in sections.reversed() {
      let start = glyphs.place(atByte: section.span.lowerBound)
      let isAnnex = section.label.hasPrefix("附")
      spans.append(start..<max(start, isAnnex ? annexEnd : glyphs.place(atByte: section.span.upperBound)))
      if isAnnex { annexEnd = start }
    }
    return spans.reversed()
  }

  /// Where a part that reviews and looks ahead (“十四五”成就和“十五五”目标) turns: at the first paragraph that opens with goals,
  /// or with the plan that its heading names last.
  private func turn(_ part: Range<Int>, _ heading: Range<Int>, _ glyphs: Glyphs) -> Int? {
    let plan = heading.last { glyphs.scalars[$0] == 0x201C }.map {
      glyphs.scalars[$0..<min($0 + 5, heading.upperBound)]
    }
    return part.first { place in
      guard place > heading.upperBound, glyphs[place - 1] == 0x0A else { return false }
      let opening = place..<min(place + 60, part.upperBound)
      return headings.looksAhead(glyphs, opening, after: nil)
        || plan.map { glyphs.scalars[opening].firstRange(of: $0) != nil } ?? false
    }
  }

  /// A question asks for plans too, but its answer tells of both.
  private static func isHeading(_ section: Section) -> Bool {
    section.speaker == nil && !section.label.contains("问") && section.heading.unicodeScalars.count < 34
      && !section.heading.unicodeScalars.contains { $0 == "?" || $0 == "？" }
  }

  /// Whether a place stands in a part that looks ahead.
  func contains(_ place: Int) -> Bool {
    var low = 0
    var high = ahead.count
    while low < high {
      let middle = (low + high) / 2
      if ahead[middle].upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low < ahead.count && ahead[low].contains(place)
  }

  private mutating func add(_ span: Range<Int>) {
    if let last = ahead.last, span.lowerBound < last.upperBound { return }
    ahead.append(span)
  }

  /// Headings without label are short lines of their own; each one says how its lines look.
  private mutating func readLines(_ glyphs: Glyphs, _ year: Int?) {
    var lineStart = 0
    var open: Int?
    for place in 0...glyphs.count where place == glyphs.count || glyphs.scalars[place] == 0x0A {
      let line = lineStart..<place
      if line.count > 3, line.count < 34, !Glyph.endsClause(glyphs[place - 1]) {
        if headings.looksAhead(glyphs, line, after: year) {
          open = open ?? lineStart
        } else if headings.looksBack(glyphs, line), let start = open {
          add(start..<lineStart)
          open = nil
        }
      }
      lineStart = place + 1
    }
    if let open { add(open..<glyphs.count) }
  }
}

/// The words of `headings.tsv`.
struct HeadingWords: Sendable {
  static let shared = HeadingWords()

  private let ahead: WordTrie
  private let back: WordTrie
  private let problem: WordTrie

  init() {
    let rows = unsafe Table(table_headings()).rows.filter { $0.count > 1 }
    ahead = WordTrie(of: rows.filter { $0[1] == "ahead" }.map { $0[0] })
    back = WordTrie(of: rows.filter { $0[1] == "back" }.map { $0[0] })
    problem = WordTrie(of: rows.filter { $0[1] == "problem" }.map { $0[0] })
  }

  func looksBack(_ glyphs: Glyphs, _ heading: Range<Int>) -> Bool {
    heading.contains { back.match(glyphs, at: $0) != nil || problem.match(glyphs, at: $0) != nil }
  }

  /// 成就和主要目标任务: words of review and of plans.
  func looksBothWays(_ glyphs: Glyphs, _ heading: Range<Int>) -> Bool {
    heading.contains { back.match(glyphs, at: $0) != nil } && heading.contains { ahead.match(glyphs, at: $0) != nil }
  }

  /// Whether a heading has a word of plans, or a year after the one reported on, and no word of review.
  func looksAhead(_ glyphs: Glyphs, _ heading: Range<Int>, after year: Int?) -> Bool {
    if heading.contains(where: { back.match(glyphs, at: $0) != nil }) { return false }
    if heading.contains(where: { ahead.match(glyphs, at: $0) != nil }) { return true }
    guard let year else { return false }
    return heading.contains { place in
      guard glyphs[place + 4] == 0x5E74, !Glyph.isDigit(glyphs[place - 1]), let run = ArabicRun(glyphs, at: place)
      else { return false }
      return run.end == place + 4 && run.value == ExactDecimal(Int128(year + 1))
    }
  }
}
