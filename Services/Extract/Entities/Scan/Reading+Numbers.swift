/// A number as read: its value, where it ends, and how many digits it has (Chinese numerals count as they are written).
struct ReadNumber {
  let value: Int
  let end: Int
  let digits: Int
}

extension Reading {
  /// The run of Arabic digits at an offset, at most 11.
  func digits(at offset: Int) -> ReadNumber? {
    var (value, count, end) = (0, 0, offset)
    while count < 11, character(at: end).isDigit {
      value = value * 10 + Int(character(at: end).value - 0x30)
      count += 1
      end = next(end)
    }
    return count == 0 || character(at: end).isDigit ? nil : ReadNumber(value: value, end: end, digits: count)
  }

  /// A number below 100 in Chinese numerals: 七, 十二, 二十一, 三十.
  func numeral(at offset: Int) -> ReadNumber? {
    var end = offset
    var tens: Int?
    var ones = Self.numeral(character(at: end))
    if ones != nil { end = next(end) }
    if character(at: end) == "十" {
      tens = ones ?? 1
      end = next(end)
      ones = Self.numeral(character(at: end))
      if ones != nil { end = next(end) }
    }
    guard end > offset, ones != 0 || tens == nil else { return nil }
    return ReadNumber(value: (tens ?? 0) * 10 + (ones ?? 0), end: end, digits: 2)
  }

  /// A number below 100 in either script.
  func smallNumber(at offset: Int) -> ReadNumber? {
    if let number = digits(at: offset) { return number.digits <= 2 ? number : nil }
    return numeral(at: offset)
  }

  /// Four digits of a year, 1900…2099, in either script: 2021, 二〇二一, 二○OO, 一九八四.
  func yearDigits(at offset: Int) -> ReadNumber? {
    if let number = digits(at: offset) {
      return number.digits == 4 && (1900...2099).contains(number.value) ? number : nil
    }
    var (value, end) = (0, offset)
    for _ in 0..<4 {
      guard let digit = Self.numeral(character(at: end)) ?? Self.zero(character(at: end)) else { return nil }
      value = value * 10 + digit
      end = next(end)
    }
    return (1900...2099).contains(value) ? ReadNumber(value: value, end: end, digits: 4) : nil
  }

  private static func numeral(_ character: Unicode.Scalar) -> Int? {
    switch character {
    case "一": 1
    case "二": 2
    case "三": 3
    case "四": 4
    case "五": 5
    case "六": 6
    case "七": 7
    case "八": 8
    case "九": 9
    default: nil
    }
  }

  /// The signs that stand for a zero in years of Chinese numerals.
  private static func zero(_ character: Unicode.Scalar) -> Int? {
    switch character {
    case "〇", "○", "零", "O", "o", "0", "Ο", "◯": 0
    default: nil
    }
  }
}
