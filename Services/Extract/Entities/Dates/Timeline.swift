internal import Record

/// The years that a document speaks from: what `今年`, `全年` and `6月21日` are resolved by.
struct Timeline: Sendable {
  /// The year reported on.
  var reportYear: Int?
  /// The year that `今年` is.
  var thisYear: Int?
  /// Where a section begins or ends whose heading names one year, and that year; nil where none holds any more.
  private var headings: [(start: Int, year: Int?)] = []
  private var isAnnualReport = false

  init() {}

  init(_ record: DocumentRecord) {
    let document = record.document
    let dated = [document.written, document.published].compactMap(\.self).compactMap { Int($0.prefix(4)) }.first
    reportYear = document.reportYear
    isAnnualReport = document.kind == .annualReport
    let spokenFrom = document.kind == .workReport ? reportYear.map { $0 + 1 } : reportYear
    thisYear = isAnnualReport ? reportYear ?? dated : dated ?? spokenFrom
    for section in record.sections where section.level == 1 {
      headings.append((section.span.lowerBound, Self.onlyYear(in: section.heading)))
      headings.append((section.span.upperBound, nil))
    }
    headings.sort { ($0.start, $0.year ?? 0) < ($1.start, $1.year ?? 0) }
  }

  /// The year that the section at an offset is about, by its heading; else the year spoken from.
  func year(at offset: Int) -> Int? { heading(at: offset) ?? thisYear }

  /// The year that `今年` is at an offset: an annual report's plan speaks from the year of its heading.
  func spokenYear(at offset: Int) -> Int? { isAnnualReport ? year(at: offset) : thisYear }

  /// The year that `全年` is at an offset.
  func reportedYear(at offset: Int) -> Int? { heading(at: offset) ?? reportYear }

  private func heading(at offset: Int) -> Int? {
    var (low, high) = (0, headings.count)
    while low < high {
      let middle = (low + high) / 2
      if headings[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : headings[low - 1].year
  }

  /// The year that a heading names, if it names exactly one.
  private static func onlyYear(in heading: String) -> Int? {
    let reading = Reading(Array(heading.utf8))
    var (years, offset): (Set<Int>, Int) = ([], 0)
    while offset < reading.end {
      guard let date = reading.year(at: offset), !reading.character(before: offset).isDigit else {
        offset = reading.next(offset)
        continue
      }
      years.formUnion(date.period.first.year.map { [$0] } ?? [])
      offset = date.end
    }
    return years.count == 1 ? years.first : nil
  }
}
