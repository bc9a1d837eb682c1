internal import Record

/// The five years that a passage speaks of, where no date of its own says when.
///
///     era = “十四五”时期 | 五年来 | 这五年 | 过去五年 | …的五年。 | 五年 verb | 今后五年 | 未来五年
///
/// In a heading it holds for the whole section, elsewhere to the end of the paragraph; a sentence that opens with a date of
/// its own ends it. Five years without a number are those up to the year reported on, or those after it.
struct Eras: Sendable {
  private struct Era {
    var range: Range<Int>
    /// The years that the passage speaks of, and those of its part that looks ahead, where its heading names both.
    var period: String
    var ahead: String?
  }

  private let glyphs: Glyphs
  private let year: Int?
  private let outlook: Outlook
  /// In order of their starts; of those that hold for a place the last counts.
  private var eras: [Era] = []
  /// No era reaches further than this, so that a text of one line costs no more.
  private static let reach = 3_000

  init(_ glyphs: Glyphs, _ record: DocumentRecord, _ outlook: Outlook, openingDates: [Int]) {
    self.glyphs = glyphs
    self.outlook = outlook
    year = record.document.reportYear
    let sections = record.sections.map { section in
      let start = glyphs.place(atByte: section.span.lowerBound)
      let length = section.label.unicodeScalars.count + section.heading.unicodeScalars.count
      return (
        range: start..<max(start, glyphs.place(atByte: section.span.upperBound)),
        heading: start..<min(start + min(length, 60), glyphs.count), isQuestion: section.speaker != nil
      )
    }
    readHeadings(sections.filter { !$0.isQuestion }.map { ($0.range, $0.heading) })
    readText(sections.map(\.range), openingDates)
    eras.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The era that holds for a place, with the place where it was named.
  func era(at place: Int) -> (start: Int, period: String)? {
    var low = 0
    var high = eras.count
    while low < high {
      let middle = (low + high) / 2
      if eras[middle].range.lowerBound <= place { low = middle + 1 } else { high = middle }
    }
    for era in eras[..<low].suffix(8).reversed() where era.range.contains(place) {
      guard let ahead = era.ahead, outlook.contains(place) else { return (era.range.lowerBound, era.period) }
      return (era.range.lowerBound, ahead)
    }
    return nil
  }

  private mutating func readHeadings(_ sections: [(range: Range<Int>, heading: Range<Int>)]) {
    for (range, heading) in sections where !range.isEmpty {
      if heading.contains(where: {
        glyphs[$0] == 0x5E74 && Glyph.isDigit(glyphs[$0 - 1]) && Glyph.isDigit(glyphs[$0 - 2])
      }) {
        continue
      }
      let periods = heading.compactMap { [self] in plan(at: $0) ?? years(at: $0) }
      guard let first = periods.first, periods.count < 3 else { continue }
      eras.append(Era(range: range, period: first, ahead: periods.last))
    }
  }

  private mutating func readText(_ sections: [Range<Int>], _ dates: [Int]) {
    var nextDate = 0
    var section = 0
    for place in 0..<glyphs.count {
      while nextDate < dates.count, dates[nextDate] <= place { nextDate += 1 }
      while section < sections.count, sections[section].lowerBound <= place { section += 1 }
      let scalar = glyphs.scalars[place]
      guard scalar == 0x4E94 || scalar == 0x35 || scalar == 0x201C,
        let period = years(at: place) ?? (opensSentence(place) ? plan(at: place) : nil)
      else { continue }
      var end = paragraphEnd(place)
      if let own = sections[..<section].suffix(32).last(where: { $0.contains(place) }) {
        end = min(end, own.upperBound)
      }
      if nextDate < dates.count { end = min(end, max(dates[nextDate], place + 1)) }
      eras.append(Era(range: place..<max(end, place + 1), period: period))
    }
  }

  /// The end of the paragraph, where it is only a line that names the years of the next one, and of all that it announces where it
  /// ends with a colon.
  private func paragraphEnd(_ place: Int) -> Int {
    let limit = min(place + Self.reach, glyphs.count)
    let end = (place..<limit).first { glyphs.scalars[$0] == 0x0A } ?? limit
    if glyphs[end - 1] == 0x3A { return limit }
    let start = (max(0, place - 40)..<place).last { glyphs.scalars[$0] == 0x0A } ?? (place > 40 ? nil : -1)
    guard end < limit, end - place < 8, let start, end - start < 45 else { return end }
    return (end + 1..<limit).first { glyphs.scalars[$0] == 0x0A } ?? limit
  }

  private func opensSentence(_ place: Int) -> Bool {
    place == 0 || Glyph.endsSentence(glyphs[place - 1])
  }

  /// The years of “十四五” where its name begins at a place and a word for a span follows.
  private func plan(at place: Int) -> String? {
    guard glyphs[place] == 0x201C, glyphs[place + 1] == 0x5341, glyphs[place + 3] == 0x4E94,
      glyphs[place + 4] == 0x201D,
      let number = Sign.digitValue(Sign.of(glyphs[place + 2])),
      ["时期", "期间", "以来"].contains(where: { glyphs.matches($0, at: place + 5) })
    else { return nil }
    let first = 2001 + 5 * Int(number)
    return "\(first)/\(first + 4)"
  }

  /// The years of 五年 at a place where the words around it say which they are.
  private func years(at place: Int) -> String? {
    guard let year, glyphs[place] == 0x4E94 || glyphs[place] == 0x35, glyphs[place + 1] == 0x5E74,
      !Glyph.isDigit(glyphs[place - 1]), Sign.of(glyphs[place - 1]) != Sign.ten
    else { return nil }
    let words = StatusWords.shared
    if words.namesYearsAhead(glyphs, place) { return "\(year + 1)/\(year + 5)" }
    guard words.namesYearsBack(glyphs, place) || opensReview(place) || closesReview(place), !outlook.contains(place)
    else { return nil }
    return "\(year - 4)/\(year)"
  }

  /// 五年|累计, 五年|新增: at the start of a clause before a verb.
  private func opensReview(_ place: Int) -> Bool {
    !Glyph.isHan(glyphs[place - 1]) && (place == 0 || Glyph.endsClause(glyphs[place - 1]))
      && (ClauseWords.shared.markers.match(glyphs, at: place + 2) != nil
        || ClauseWords.shared.verbs.match(glyphs, at: place + 2) != nil)
  }

  /// 极不平凡的|五年。
  private func closesReview(_ place: Int) -> Bool {
    glyphs[place - 1] == 0x7684 && Glyph.endsClause(glyphs[place + 2])
  }
}
