internal import Record

/// The value of a numeral, built from its digits and magnitudes from left to right.
///
/// 万, 亿 and 兆 close a group; a magnitude greater than the last one multiplies all before it (四千三百万亿), one not
/// greater closes a group of its own (五亿一万).
struct NumeralValue {
  private var upper = ExactDecimal(0)
  private var section = ExactDecimal(0)
  private var current: ExactDecimal?
  private var lastGroup: Int?
  /// The power of ten of the sign right before, if that is a magnitude.
  private(set) var lastMagnitude: Int?
  private(set) var isEmpty = true
  private var tail: ExactDecimal?

  /// Numbers of this size are identifiers; keeping below it, no operation on values overflows.
  private static let limit = ExactDecimal.power(22)

  var hasDigits: Bool { current != nil }
  var isTooGreat: Bool { Self.limit < upper || current.map { Self.limit < $0 } ?? false }

  /// Adds a run of digits. `isSingle` marks one digit without 零, which after a magnitude counts that magnitude's
  /// tenths: 两千三, 一万三.
  /// `isZero` marks 零 alone, which only fills a place: 一千零五, 一百零十万.
  mutating func append(digits value: ExactDecimal, isSingle: Bool, isZero: Bool) {
    if isSingle, let exponent = lastMagnitude, exponent > 1 { tail = value * ExactDecimal.power(exponent - 1) }
    current = isZero && !isEmpty ? nil : value
    lastMagnitude = nil
    isEmpty = false
  }

  mutating func append(magnitude exponent: Int) {
    tail = nil
    if exponent < 4 {
      let digits = current.flatMap { $0.significand == 0 ? nil : $0 } ?? ExactDecimal(1)
      section = section + digits * .power(exponent)
    } else {
      close(group: exponent)
    }
    current = nil
    lastMagnitude = exponent
    isEmpty = false
  }

  private mutating func close(group exponent: Int) {
    let group = section + (current ?? ExactDecimal(0))
    let isBare = section.significand == 0 && current == nil
    guard let lastGroup else {
      upper = (isBare ? ExactDecimal(1) : group) * .power(exponent)
      return finishGroup(exponent)
    }
    if exponent > lastGroup || (exponent == lastGroup && isBare) {
      upper = (upper + group) * .power(exponent)
    } else {
      upper = upper + (isBare ? ExactDecimal(1) : group) * .power(exponent)
    }
    finishGroup(exponent)
  }

  private mutating func finishGroup(_ exponent: Int) {
    section = ExactDecimal(0)
    lastGroup = exponent
  }

  /// Takes all so far as the whole part of a decimal fraction: 十五点七.
  mutating func append(fraction: ExactDecimal) {
    let whole = total
    self = NumeralValue()
    current = whole + fraction
    isEmpty = false
  }

  /// The value of what has been added.
  var total: ExactDecimal { upper + section + (tail ?? current ?? ExactDecimal(0)) }
}
