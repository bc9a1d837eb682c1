internal import Record

/// Whether a section is of what is to come, by its heading.
func isPlan(heading: String) -> Bool {
  ["计划", "打算", "安排", "思路", "下一步", "规划", "目标", "展望"].contains { heading.contains($0) }
}

/// The years that a document speaks from: what `今年`, `全年` and `6月21日` are resolved by.
struct Timeline: Sendable {
  /// The year reported on.
  var reportYear: Int?
  /// The year that `今年` is.
  var thisYear: Int?
  /// Where a section begins or ends, the year that its heading names, and whether it is of what is to come.
  private var headings: [(start: Int, year: Int?, isPlan: Bool)] = []
  private var isAnnualReport = false
  /// The year that an annual report's plan is for.
  private var planYear: Int?

  init() {}

  init(_ record: DocumentRecord) {
    let document = record.document
    let dated = [document.written, document.published].compactMap(\.self).compactMap { Int($0.prefix(4)) }.first
    reportYear = document.reportYear
    isAnnualReport = document.kind == .annualReport || document.kind == .statistics
    let spokenFrom = document.kind == .workReport ? reportYear.map { $0 + 1 } : reportYear
    let titled = Self.onlyYear(in: document.title ?? "")
    thisYear = isAnnualReport ? reportYear ?? dated : dated ?? spokenFrom ?? titled
    planYear = isAnnualReport ? Self.planYear(of: document) : nil
    for section in record.sections where section.level == 1 {
      headings.append((section.span.upperBound, nil, false))
    }
    for section in record.sections where section.level == 1 {
      headings.append(
        (section.span.lowerBound, Self.onlyYear(in: section.heading), isPlan(heading: section.heading)))
    }
    headings = headings.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
      .map(\.element)
  }

  /// The year behind the one reported on, where the report was written in it, at the end of the year before, or nobody says when.
  private static func planYear(of document: DocumentFacts) -> Int? {
    guard let year = document.reportYear else { return nil }
    guard let dated = document.written ?? document.published else { return year + 1 }
    let isLate = ["-11", "-12"].contains { dated.hasPrefix("\(year)" + $0) }
    return isLate || dated.hasPrefix("\(year + 1)") ? year + 1 : nil
  }

  /// The year that the section at an offset is about, by its heading; else the year spoken from.
  func year(at offset: Int) -> Int? { ownYear(at: offset) ?? thisYear }

  /// Where the section at an offset begins, if it is of what is to come.
  func plan(at offset: Int) -> Int? { heading(at: offset).flatMap { $0.isPlan ? $0.start : nil } }

  /// The year that `今年` is at an offset: an annual report's plan speaks from the year of its heading.
  func spokenYear(at offset: Int) -> Int? { isAnnualReport ? year(at: offset) : thisYear }

  /// The year that `全年` is at an offset.
  func reportedYear(at offset: Int) -> Int? { ownYear(at: offset) ?? reportYear }

  /// The year of a section's own: the one that its heading names, else that of the plan.
  private func ownYear(at offset: Int) -> Int? {
    heading(at: offset).flatMap { $0.year ?? ($0.isPlan ? planYear : nil) }
  }

  private func heading(at offset: Int) -> (start: Int, year: Int?, isPlan: Bool)? {
    var (low, high) = (0, headings.count)
    while low < high {
      let middle = (low + high) / 2
      if headings[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : headings[low - 1]
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
