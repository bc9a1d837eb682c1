internal import Record

/// Relates quantities of one sentence by what the words and the numbers themselves make certain.
///
///     其中 / brackets   parts of the whole before
///     sum               consecutive quantities that add up to the one before them; 剩余 with what went before
///     ratio             a rate behind its numerator and its denominator
///     difference        a change behind an old and a new value
struct Arithmetic {
  let glyphs: Glyphs
  var frames: [Frame]
  var checks: [Check] = []
  /// No relation looks at more quantities than this, so that a sentence of thousands costs no more.
  static let reach = 24

  init(_ glyphs: Glyphs, _ frames: [Frame]) {
    self.glyphs = glyphs
    self.frames = frames
  }

  mutating func run() {
    for index in frames.indices { findParts(index) }
    for index in frames.indices {
      findSum(index)
      findRemainder(index)
      findTotal(index)
    }
    for index in frames.indices { findListed(index) }
    for index in frames.indices {
      findRatio(index)
      findDifference(index)
    }
    for index in frames.indices {
      guard let whole = frames[index].partOf, frames[whole].status == .planned else { continue }
      frames[index].status = .planned
    }
    checks.sort { $0.metrics.min() ?? 0 < $1.metrics.min() ?? 0 }
  }

  /// Whether two quantities count the same kind of thing.
  func isSame(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (frames[left].quantity, frames[right].quantity)
    guard a.kind == b.kind else { return false }
    if a.unit == b.unit || a.unit.isEmpty || b.unit.isEmpty { return true }
    return Self.unitClass(a.unit) != nil && Self.unitClass(a.unit) == Self.unitClass(b.unit)
  }

  /// Units that count the same things: 人 and 名, 件 and 起.
  private static func unitClass(_ unit: String) -> Int? {
    switch unit {
    case "人", "名", "位": 1
    case "件", "起", "宗": 2
    case "家", "户": 3
    default: nil
    }
  }

  func magnitude(_ value: ExactDecimal) -> ExactDecimal { value < ExactDecimal(0) ? -value : value }

  /// The value of the last digit written: 0.01 of 95.85%, 100 of 7.89万.
  func step(_ index: Int) -> ExactDecimal {
    var decimals = 0
    var isFraction = false
    var exponent = 0
    for place in frames[index].quantity.core {
      let scalar: UInt32 = glyphs[place]
      if Glyph.isDigit(scalar) {
        if isFraction { decimals += 1 }
      } else if scalar == 0x2E || scalar == 0xB7 {
        isFraction = true
      } else if Sign.isMagnitude(Sign.of(scalar)) {
        exponent += Sign.exponent(Sign.of(scalar))
      } else if decimals + exponent > 0 {
        break
      }
    }
    return ExactDecimal(1, scale: decimals - exponent)
  }
}
