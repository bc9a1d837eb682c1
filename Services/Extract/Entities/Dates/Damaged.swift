internal import Record
private import Text

/// Dates that have lost characters: `2021年22日`, `2020425日`, `20212025年`. What they meant is never guessed; the days
/// they may mean are named for the reader.
extension Reading {
  func damagedDate(at offset: Int) -> DateReading? {
    yearAndDay(at: offset) ?? fusedDay(at: offset) ?? fusedYears(at: offset)
  }

  /// A year with a day but no month.
  private func yearAndDay(at offset: Int) -> DateReading? {
    guard let year = yearDigits(at: offset), let tail = end(of: "年", at: skippingBlanks(year.end)),
      let day = digits(at: skippingBlanks(tail)), day.digits <= 4, let end = end(of: "日", at: day.end)
    else { return nil }
    return damaged(year.value, end)
  }

  /// A year, a month and a day with nothing between them.
  private func fusedDay(at offset: Int) -> DateReading? {
    guard let number = digits(at: offset), (6...8).contains(number.digits), let end = end(of: "日", at: number.end)
    else { return nil }
    let year = Int("\(number.value)".prefix(4)) ?? 0
    return (1949...2099).contains(year) ? damaged(year, end) : nil
  }

  /// Two years with nothing between them.
  private func fusedYears(at offset: Int) -> DateReading? {
    guard let number = digits(at: offset), number.digits == 8, let end = end(of: "年", at: number.end) else {
      return nil
    }
    let (first, last) = (number.value / 10000, number.value % 10000)
    return (1949...2099).contains(first) && (first + 1...2099).contains(last) ? damaged(first, end) : nil
  }

  private func damaged(_ year: Int, _ end: Int) -> DateReading {
    DateReading(period: .year(year), end: end, rule: "date.damaged", isDamaged: true)
  }
}

/// The days that a damaged date may mean: every way of reading the digits behind its year as a month and a day.
private func candidates(ofDamagedDate words: String) -> [String] {
  let digits = words.filter(\.isNumber).compactMap(\.wholeNumberValue)
  guard digits.count > 4 else { return [] }
  let value = { (digits: ArraySlice<Int>) in digits.reduce(0) { $0 * 10 + $1 } }
  let (year, rest) = (value(digits.prefix(4)), digits.dropFirst(4))
  if words.hasSuffix("年") { return ["\(year)/\(value(rest))"] }
  return (1..<max(2, rest.count)).compactMap { cut in
    let point = DatePeriod.Point(
      year: year, month: value(rest.prefix(cut)), day: value(rest.dropFirst(cut)))
    return rest.count > 1 && rest.dropFirst(cut).first != 0 && point.exists ? point.iso : nil
  }
}

/// Names each damaged date in `diagnostics`, with the days that it may mean.
func diagnoseDates(_ record: inout DocumentRecord) {
  for entity in record.entities where entity.isDamaged {
    let words = record.text[entity.span]
    let days = candidates(ofDamagedDate: words)
    let message = days.isEmpty ? words : "\(words): \(days.joined(separator: " | "))"
    record.diagnostics.append(Diagnostic(stage: "extract", code: "damaged_date", message: message))
  }
}
