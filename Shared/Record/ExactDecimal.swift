/// An exact decimal number, `significand × 10^-scale`, in lowest terms: `7.89万` is 78900 and 0.1 is 0.1.
package struct ExactDecimal: Hashable, Sendable {
  package let significand: Int128
  /// The number of decimal places, 0 or more.
  package let scale: Int

  package init(_ significand: Int128, scale: Int = 0) {
    var significand = significand
    var scale = scale
    while scale > 0, significand % 10 == 0 {
      significand /= 10
      scale -= 1
    }
    while scale < 0 {
      significand *= 10
      scale += 1
    }
    self.significand = significand
    self.scale = scale
  }

  /// The value as a binary floating-point number, for comparison within a tolerance only.
  package var approximation: Double {
    var divisor = 1.0
    for _ in 0..<scale { divisor *= 10 }
    return Double(significand) / divisor
  }

  package static func * (left: Self, right: Self) -> Self {
    Self(left.significand * right.significand, scale: left.scale + right.scale)
  }

  package static func + (left: Self, right: Self) -> Self {
    let scale = max(left.scale, right.scale)
    return Self(left.scaled(to: scale) + right.scaled(to: scale), scale: scale)
  }

  package static prefix func - (value: Self) -> Self { Self(-value.significand, scale: value.scale) }

  package static func - (left: Self, right: Self) -> Self { left + -right }

  private func scaled(to scale: Int) -> Int128 {
    (self.scale..<scale).reduce(significand) { value, _ in value * 10 }
  }
}

extension ExactDecimal: Comparable {
  package static func < (left: Self, right: Self) -> Bool { (left - right).significand < 0 }
}

extension ExactDecimal: CustomStringConvertible {
  /// The number as JSON writes it: plain digits, no exponent.
  package var description: String {
    guard scale > 0 else { return String(significand) }
    let digits = String(significand.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return (significand < 0 ? "-" : "") + padded.dropLast(scale) + "." + padded.suffix(scale)
  }
}

extension ExactDecimal {
  /// A duration in seconds, cut to whole microseconds.
  package init(microseconds duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(Int128(seconds) * 1_000_000 + Int128(attoseconds / 1_000_000_000_000), scale: 6)
  }
}
