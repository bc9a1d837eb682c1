internal import Record

/// A numeral where it stands: `25万6千`, `三千八百余万`, `百分之十二点五`, `三分之二`.
struct Numeral: Sendable {
  enum Form: Sendable {
    /// Digits 0…9, with or without magnitudes.
    case arabic
    /// Chinese digits.
    case chinese
    /// Magnitudes alone: 百, 千万.
    case bare
    /// Chinese digits one after the other as on a number plate: 二〇一六, 一二三.
    case digits
    /// 百分之, 千分之, 成, 折: a share in hundredths.
    case percent
    /// 三分之二, 1/3, 4:1.
    case ratio
  }

  var range: Range<Int>
  var low: ExactDecimal
  /// The upper end of 三五百, else equal to `low`.
  var high: ExactDecimal
  var form: Form
  /// Whether 余, 多, 几 or 数 left a digit open.
  var isOpen = false
  /// The number of characters that carry digits or magnitudes.
  var length: Int { range.count }
  /// The power of ten that the last magnitude gives, 0 for none.
  var exponent = 0
}

extension ExactDecimal {
  static func power(_ exponent: Int) -> ExactDecimal { ExactDecimal(1, scale: -exponent) }

  /// The quotient, exact where it ends within `places` decimal places, else rounded to `rounded` places.
  func divided(by divisor: ExactDecimal, places: Int, rounded: Int) -> ExactDecimal {
    let scale = max(self.scale, divisor.scale)
    let dividend = significand * Int128.power(10, scale - self.scale)
    let divisor = divisor.significand * Int128.power(10, scale - divisor.scale)
    let wide = dividend * Int128.power(10, places)
    if wide % divisor == 0 { return ExactDecimal(wide / divisor, scale: places) }
    let twice = dividend * Int128.power(10, rounded) * 2
    let nearest = (twice + (twice.signum() == divisor.signum() ? divisor : -divisor)) / (divisor * 2)
    return ExactDecimal(nearest, scale: rounded)
  }
}

extension Int128 {
  static func power(_ base: Int128, _ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { value, _ in value * base } }
}
