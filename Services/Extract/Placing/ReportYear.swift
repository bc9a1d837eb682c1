internal import Record
private import Text

/// The year that a document reports on, as each place of it says, first the one to follow.
///
/// A report of the year names it in its title, else where it says what is reported, else in the first heading that is not
/// of the plan. A government's work report reviews the year before it was delivered. A text whose title is lost is of the
/// year that opens its first paragraph. Documents that do not report on a year have none.
func reportYears(of record: DocumentRecord) -> [(source: String, year: Int)] {
  let found: [(source: String, year: Int?)] =
    switch record.document.kind {
    case .annualReport:
      [
        ("title", titleYear(of: record)), ("heading", headingYear(of: record)),
        ("announcement", announcedYear(of: record)),
        ("paragraph", paragraphYear(of: record)),
      ]
    case .statistics: [("title", titleYear(of: record))]
    case .workReport:
      [
        ("heading", reviewedYear(of: record)), ("date", deliveryYear(of: record).map { $0 - 1 }),
        ("paragraph", paragraphYear(of: record)), ("session", sessionYear(of: record).map { $0 - 1 }),
        ("title", titleYear(of: record).map { $0 - 1 }),
      ]
    case nil where TitleWords(record).words.isEmpty: [("paragraph", paragraphYear(of: record))]
    default: []
    }
  return found.compactMap { source, year in year.map { (source, $0) } }
}

/// The first year of the title.
private func titleYear(of record: DocumentRecord) -> Int? {
  let title = Array(TitleWords(record).words.utf8)
  return years(in: Reading(title), 0..<title.count).first
}

/// The year of the first heading that names one and is not of the plan to come.
private func headingYear(of record: DocumentRecord) -> Int? {
  record.sections.lazy.filter { $0.level == 1 && !isPlan(heading: $0.heading) }
    .compactMap { years(in: Reading(Array($0.heading.utf8)), 0..<$0.heading.utf8.count).first }.first
}

/// The year of the heading of a work report that looks back.
private func reviewedYear(of record: DocumentRecord) -> Int? {
  record.sections.lazy.filter { $0.heading.contains("回顾") }
    .compactMap { years(in: Reading(Array($0.heading.utf8)), 0..<$0.heading.utf8.count).first }.first
}

/// The year in the sentence that announces a report: `现将2021年…报告如下`.
private func announcedYear(of record: DocumentRecord) -> Int? {
  openingYear(of: record) { reading, offset in reading.end(of: "现将", at: offset) }
}

/// The year at the start of a paragraph: `2021年，`.
private func paragraphYear(of record: DocumentRecord) -> Int? {
  openingYear(of: record) { reading, offset in
    reading.character(before: offset) == "\n" || offset == 0 ? reading.skippingBlanks(offset) : nil
  }
}

/// The first year, with whose it is before it or not, behind one of the starts that the head of a report has; not one
/// since which something holds (`2018年以来`).
private func openingYear(of record: DocumentRecord, start: (Reading, Int) -> Int?) -> Int? {
  let reading = Reading(record.text.bytes)
  let words = ["", "我市", "我县", "我区", "我局", "我省", "我镇", "全市", "全县", "全区", "本机关", "我单位"]
  var offset = 0
  while offset < min(reading.end, 2400) {
    if let start = start(reading, offset) {
      for word in words where reading[start..<min(reading.end, start + word.utf8.count)] == word {
        if let date = reading.year(at: start + word.utf8.count), reading.end(of: "以来", at: date.end) == nil,
          let year = date.period.first.year
        {
          return year
        }
      }
    }
    offset = reading.next(offset)
  }
  return nil
}

/// The year of the session at which a work report was delivered, by the document's own date; one of November or December
/// belongs to the next year.
private func deliveryYear(of record: DocumentRecord) -> Int? {
  guard let written = record.document.written ?? record.document.published, let year = Int(written.prefix(4))
  else { return nil }
  let isYearsEnd = ["-11", "-12"].contains { written.dropFirst(4).hasPrefix($0) }
  return isYearsEnd ? year + 1 : year
}

/// The year of that session by the first date of the text.
private func sessionYear(of record: DocumentRecord) -> Int? {
  let reading = Reading(record.text.bytes)
  return years(in: reading, 0..<min(reading.end, 600)).first
}

/// The years named in a range, in order.
private func years(in reading: Reading, _ range: Range<Int>) -> [Int] {
  var (years, offset): ([Int], Int) = ([], range.lowerBound)
  while offset < range.upperBound {
    if !reading.character(before: offset).isDigit, let date = reading.year(at: offset) {
      years.append(contentsOf: date.period.first.year.map { [$0] } ?? [])
      offset = date.end
    } else {
      offset = reading.next(offset)
    }
  }
  return years
}
