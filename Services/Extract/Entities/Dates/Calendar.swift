/// A date or period read in a text, not yet resolved.
struct DateReading {
  var period: DatePeriod
  var end: Int
  var rule: String
  var isDamaged = false
}

/// Dates of the calendar: `2021年`, `2021年3月5日`, `二〇二一年三月`, `2021-03-05`, `3月份`, `一季度`, `上半年`, and ranges.
extension Reading {
  /// The date with all that follows it: `至` and a second date, `以来`.
  func calendarDate(at offset: Int) -> DateReading? {
    guard let date = yearRange(at: offset) ?? numericDate(at: offset) ?? date(at: offset) else { return nil }
    return withSince(withRange(date))
  }

  /// A year with what stands in it, or a part of a year alone.
  private func date(at offset: Int) -> DateReading? {
    guard let year = year(at: offset) else { return partOfYear(at: offset) }
    let tail = skippingBlanks(year.end)
    if let whole = end(of: "全年", at: tail) { return DateReading(period: year.period, end: whole, rule: "date.year") }
    guard var part = partOfYear(at: tail) ?? edgeOfYear(at: tail) else { return year }
    part.period = part.period.inYear(year.period.first.year)
    return part
  }

  /// `2021年`, `二〇二一年`, `2021年度`; before the words of a heading also `2021`.
  func year(at offset: Int) -> DateReading? {
    guard let number = yearDigits(at: offset) else { return nil }
    let period = DatePeriod.year(number.value)
    if let end = end(of: "年", at: skippingBlanks(number.end)) {
      return DateReading(period: period, end: self.end(of: "度", at: end) ?? end, rule: "date.year")
    }
    guard has(anyOf: ["主要工作", "工作", "重点工作", "年度"], at: number.end) else { return nil }
    return DateReading(period: period, end: number.end, rule: "date.year.bare")
  }

  /// `2021-03-05`, `2021/3/5`, `2021.03.05`.
  private func numericDate(at offset: Int) -> DateReading? {
    guard let year = yearDigits(at: offset), ["-", "/", "."].contains(character(at: year.end)),
      let month = digits(at: skippingBlanks(next(year.end))), month.digits <= 2,
      character(at: month.end) == character(at: year.end),
      let day = digits(at: skippingBlanks(next(month.end))), day.digits <= 2
    else { return nil }
    let period = DatePeriod(.init(year: year.value, month: month.value, day: day.value))
    return period.exists ? DateReading(period: period, end: day.end, rule: "date.numeric") : nil
  }

  /// A part of a year: months, days, quarters, halves.
  func partOfYear(at offset: Int) -> DateReading? { month(at: offset) ?? monthRange(at: offset) ?? season(at: offset) }

  /// `3月`, `3月5日`, `3月份`, `3月底`.
  private func month(at offset: Int) -> DateReading? {
    guard let month = smallNumber(at: offset), (1...12).contains(month.value),
      let end = end(of: "月", at: skippingBlanks(month.end))
    else { return nil }
    if let day = day(at: skippingBlanks(end), inMonth: month.value) { return day }
    // A festival of the old calendar, as 三月三, is none.
    if numeral(at: offset) != nil, numeral(at: end) != nil { return nil }
    let edges: [StaticString] = ["份", "底", "末", "初", "中旬", "上旬", "下旬"]
    let edge = edges.lazy.compactMap { self.end(of: $0, at: end) }.first
    return DateReading(period: DatePeriod(.init(month: month.value)), end: edge ?? end, rule: "date.month")
  }

  private func day(at offset: Int, inMonth month: Int?) -> DateReading? {
    guard let day = smallNumber(at: offset), let end = end(of: "日", at: skippingBlanks(day.end)) else { return nil }
    let point = DatePeriod.Point(month: month, day: day.value)
    return (1...31).contains(day.value) && point.exists
      ? DateReading(period: DatePeriod(point), end: end, rule: "date.day") : nil
  }

  /// `1-11月`, `1至6月`.
  private func monthRange(at offset: Int) -> DateReading? {
    guard let first = digits(at: offset), (1...12).contains(first.value), let second = connector(at: first.end),
      let last = digits(at: second), (first.value + 1...13).contains(last.value), last.value <= 12,
      let end = end(of: "月", at: last.end)
    else { return nil }
    let period = DatePeriod.months(first.value, last.value)
    return DateReading(period: period, end: self.end(of: "份", at: end) ?? end, rule: "date.months")
  }

  /// `一季度`, `第三季度`, `前三季度`, `上半年`, `下半年`.
  private func season(at offset: Int) -> DateReading? {
    if let end = end(of: "上半年", at: offset) { return DateReading(period: .months(1, 6), end: end, rule: "date.half") }
    if let end = end(of: "下半年", at: offset) { return DateReading(period: .months(7, 12), end: end, rule: "date.half") }
    let first = end(of: "前", at: offset)
    guard let number = smallNumber(at: first ?? end(of: "第", at: offset) ?? offset), (1...4).contains(number.value),
      let end = end(of: "季度", at: number.end)
    else { return nil }
    let start = first == nil ? number.value * 3 - 2 : 1
    return DateReading(period: .months(start, number.value * 3), end: end, rule: "date.quarter")
  }

  /// `底`, `末`, `初` behind a year.
  func edgeOfYear(at offset: Int) -> DateReading? {
    let offset = end(of: "年", at: offset) ?? offset
    if let end = end(of: "底", at: offset) ?? end(of: "末", at: offset) {
      return DateReading(period: DatePeriod(.init(month: 12)), end: end, rule: "date.edge")
    }
    return end(of: "初", at: offset).map { DateReading(period: .year(nil), end: $0, rule: "date.edge") }
  }
}

/// Ranges.
extension Reading {
  /// `2015-2020年`, `2021年至2025年`.
  private func yearRange(at offset: Int) -> DateReading? {
    guard let first = yearDigits(at: offset), let second = connector(at: end(of: "年", at: first.end) ?? first.end),
      let last = yearDigits(at: second), last.value > first.value, let end = end(of: "年", at: skippingBlanks(last.end)),
      partOfYear(at: end) == nil, edgeOfYear(at: end) == nil
    else { return nil }
    let period = DatePeriod.years(first.value, last.value)
    return DateReading(period: period, end: self.end(of: "度", at: end) ?? end, rule: "date.years")
  }

  /// The date with `至` and a second one: `3月1日至5月30日`, `6月28日至29日`, `2021年11月至2022年3月`.
  private func withRange(_ first: DateReading) -> DateReading {
    guard first.period.last == nil, let start = connector(at: first.end),
      let last = date(at: start) ?? day(at: start, inMonth: first.period.first.month), last.period.last == nil
    else { return first }
    let year = last.period.first.year ?? first.period.first.year
    let period = DatePeriod(first.period.inYear(nil).first, last.period.inYear(year).first)
    return period.exists ? DateReading(period: period, end: last.end, rule: "date.range") : first
  }

  /// The offset behind a sign or word of ranges.
  private func connector(at offset: Int) -> Int? {
    let offset = skippingBlanks(offset)
    let words: [StaticString] = ["——", "-", "—", "–", "―", "~", "～", "－", "至", "到"]
    return words.lazy.compactMap { self.end(of: $0, at: offset) }.first.map(skippingBlanks)
  }

  /// The date with `以来`, or `来` for it, which belongs to it and leaves its value as it is.
  func withSince(_ date: DateReading) -> DateReading {
    guard let end = end(of: "以来", at: date.end) ?? shortSince(behind: date) else { return date }
    var date = date
    date.end = end
    return date
  }

  /// The end of `来` behind a year; not where it begins a word: 来访, 来自, 来华.
  private func shortSince(behind date: DateReading) -> Int? {
    guard character(before: date.end) == "年", let end = end(of: "来", at: date.end) else { return nil }
    return "访信电函自源到往客宾华者临看说".unicodeScalars.contains(character(at: end)) ? nil : end
  }
}
