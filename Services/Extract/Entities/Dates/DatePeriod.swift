/// A date or a period as far as it is known: parts that the text leaves open are nil.
struct DatePeriod: Equatable {
  /// A day, a month or a year.
  struct Point: Equatable {
    var year: Int?
    var month: Int?
    var day: Int?

    /// ISO 8601, to the precision known; nil without a year.
    var iso: String? {
      guard let year else { return nil }
      return ([year, month, day].prefix { $0 != nil }.compactMap(\.self)).map { $0 < 10 ? "0\($0)" : "\($0)" }
        .joined(separator: "-")
    }

    /// Whether there is such a day: 2020-02-30 is none.
    var exists: Bool {
      guard let month else { return true }
      guard (1...12).contains(month) else { return false }
      guard let day else { return true }
      let february = year.map { $0 % 4 == 0 && ($0 % 100 != 0 || $0 % 400 == 0) } ?? true ? 29 : 28
      let days = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      return (1...days[month - 1]).contains(day)
    }
  }

  var first: Point
  /// The last point of an interval.
  var last: Point?

  init(_ first: Point, _ last: Point? = nil) {
    self.first = first
    self.last = last
  }

  static func year(_ year: Int?) -> DatePeriod { DatePeriod(Point(year: year)) }

  static func years(_ first: Int, _ last: Int) -> DatePeriod { DatePeriod(Point(year: first), Point(year: last)) }

  static func months(_ first: Int, _ last: Int) -> DatePeriod { DatePeriod(Point(month: first), Point(month: last)) }

  /// The same with the years that are open set to `year`.
  func inYear(_ year: Int?) -> DatePeriod {
    var filled = self
    filled.first.year = first.year ?? year
    filled.last?.year = last?.year ?? filled.first.year
    return filled
  }

  var exists: Bool { first.exists && last?.exists ?? true }

  /// ISO 8601: a point, or `first/last`; nil where the year is open.
  var iso: String? {
    guard let start = first.iso else { return nil }
    guard let last else { return start }
    return last.iso.map { "\(start)/\($0)" }
  }
}
