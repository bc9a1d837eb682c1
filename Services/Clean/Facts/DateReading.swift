internal import Text

/// A date as a page writes it.
///
///     2020年12月30日 · 2020年12月 · 2021-02-02 · 2021/3/29 · 2023- 01- 20 · 21.09.2018 · 二○一五年十二月三日
///
/// `iso` is nil where digits were lost: `2021年22日`, `2020425日`.
struct DateReading: Equatable {
  var range: Range<Int>
  var iso: String?
  /// Whether the day is known.
  var isFull = true
  /// Whether a time of day follows, which is then part of the range.
  var hasTime = false
  /// Whether it is written with 年 and 月.
  var isWritten = false

  /// The date that starts at an index of `text`, which is in narrow form.
  init?(_ text: [UInt32], at start: Int) {
    var reader = DateReader(text: text, position: start)
    guard let reading = reader.read() else { return nil }
    self = reading
  }

  fileprivate init(range: Range<Int>) { self.range = range }
}

private struct DateReader {
  let text: [UInt32]
  var position: Int

  mutating func read() -> DateReading? {
    let start = position
    guard var reading = mirrorStamp() ?? numeric() ?? chinese() else { return nil }
    if reading.isFull, let end = time(at: position) {
      reading.hasTime = true
      position = end
    }
    reading.range = start..<position
    return reading
  }

  /// `21.09.2018 08:47`: the day first is certain only where a time of day follows.
  private mutating func mirrorStamp() -> DateReading? {
    let start = position
    if let day = number(2), take(0x2E), let month = number(2), take(0x2E), let year = number(4),
      time(at: position) != nil
    {
      return reading(year, month, day)
    }
    position = start
    return nil
  }

  private mutating func numeric() -> DateReading? {
    let start = position
    guard let year = number(4) else { position = start; return nil }
    skipBlanks()
    let separator = current
    position += 1
    switch separator {
    case 0x5E74: return written(year)
    case 0x2D, 0x2F, 0x2E, 0x2010...0x2014:
      skipBlanks()
      guard let month = number(1...2) else { break }
      skipBlanks()
      guard current == separator else { break }
      position += 1
      skipBlanks()
      guard let day = number(1...2), !isDigit(current) else { break }
      return reading(year, month, day)
    default: break
    }
    position = start
    return lostSeparators()
  }

  /// What follows a year and 年.
  private mutating func written(_ year: Int) -> DateReading? {
    let yearEnd = position
    skipBlanks()
    guard let first = number(1...2) ?? chineseNumber() else {
      position = yearEnd
      return nil
    }
    skipBlanks()
    if take(0x65E5) { return damaged() }
    guard take(0x6708) else { position = yearEnd; return nil }
    let monthEnd = position
    skipBlanks()
    if let day = number(1...2) ?? chineseNumber() {
      skipBlanks()
      if take(0x65E5) || take(0x53F7) { return reading(year, first, day, isWritten: true) }
    }
    position = monthEnd
    return reading(year, first, nil, isWritten: true)
  }

  /// `2020425日`: year, month and day without 年 and 月.
  private mutating func lostSeparators() -> DateReading? {
    let start = position
    guard let year = number(4), 1949...2100 ~= year, let rest = number(2...4), rest > 0, take(0x65E5) else {
      position = start
      return nil
    }
    return damaged()
  }

  private mutating func chinese() -> DateReading? {
    let start = position
    var year = 0
    for _ in 0..<4 {
      guard let digit = chineseDigit(current) else { position = start; return nil }
      year = year * 10 + digit
      position += 1
    }
    guard take(0x5E74), let reading = written(year) else { position = start; return nil }
    return reading
  }

  private func damaged() -> DateReading {
    var reading = DateReading(range: position..<position)
    reading.isWritten = true
    return reading
  }

  private func reading(_ year: Int, _ month: Int, _ day: Int?, isWritten: Bool = false) -> DateReading? {
    guard 1900...2100 ~= year else { return nil }
    var reading = DateReading(range: position..<position)
    reading.isFull = day != nil
    reading.isWritten = isWritten
    guard 1...12 ~= month, 1...daysOf(month, year) ~= (day ?? 1) else { return isWritten ? reading : nil }
    let padded = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    reading.iso = "\(year)-\(padded(month))" + (day.map { "-" + padded($0) } ?? "")
    return reading
  }

  /// The end of a time of day, `11:59`, `11:30:01`, `07时41分`, behind blanks or a T; nil where there is none.
  private func time(at start: Int) -> Int? {
    var reader = DateReader(text: text, position: start)
    if !reader.take(0x74) { _ = reader.take(0x54) }
    reader.skipBlanks()
    guard let hour = reader.number(1...2), hour < 25 else { return nil }
    let separator = reader.current
    guard separator == 0x3A || separator == 0x65F6 || separator == 0x70B9 else { return nil }
    reader.position += 1
    reader.skipBlanks()
    guard let minute = reader.number(1...2), minute < 60 else { return nil }
    _ = reader.take(0x5206)
    let end = reader.position
    if reader.take(0x3A), reader.number(1...2) != nil { return reader.position }
    return end
  }

  private var current: UInt32 { position < text.count ? text[position] : 0 }

  private mutating func take(_ scalar: UInt32) -> Bool {
    guard current == scalar else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while position < text.count, isBlank(text[position]) { position += 1 }
  }

  private mutating func number(_ digits: Int) -> Int? { number(digits...digits) }

  /// A number of so many digits; nil, and nothing read, where there are fewer. At most the upper bound is read.
  private mutating func number(_ digits: ClosedRange<Int>) -> Int? {
    let start = position
    var value = 0
    while isDigit(current), position - start < digits.upperBound {
      value = value * 10 + Int(current - 0x30)
      position += 1
    }
    if position - start >= digits.lowerBound { return value }
    position = start
    return nil
  }

  /// A month or a day in Chinese numerals, 一 to 三十一.
  private mutating func chineseNumber() -> Int? {
    let start = position
    var value = 0
    while position - start < 3, let digit = chineseDigit(current) ?? (current == 0x5341 ? 10 : nil) {
      if digit == 10 {
        value = max(value, 1) * 10
      } else {
        value = value % 10 == 0 ? value + digit : value * 10 + digit
      }
      position += 1
    }
    if position > start { return value }
    return nil
  }
}

/// A digit in Chinese or in one of the signs that stand for 〇.
private func chineseDigit(_ scalar: UInt32) -> Int? {
  switch scalar {
  case 0x25CB, 0x25EF, 0x4F, 0x6F, 0x30, 0xD8, 0x41E, 0x43E: 0
  default: hanDigit(scalar)
  }
}

private func daysOf(_ month: Int, _ year: Int) -> Int {
  switch month {
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}
