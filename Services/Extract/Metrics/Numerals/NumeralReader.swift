internal import Record

/// Reads the numeral that starts at a place.
///
///     numeral  = [负 | -] (fraction | mixed | share | plain)
///     fraction = plain 分之 plain | digits / digits        三分之二, 百分之十二, 1/3
///     mixed    = plain 又 fraction                         一又二分之一
///     share    = plain (成 [digit | 半] | 折)              七成六, 八折
///     power    = digits ^ [-] digits                       2^-1
///     plain    = { digits | magnitude | open }             25万6千, 三百五十, 十几, 两三百, 500余万
struct NumeralReader {
  let glyphs: Glyphs

  func numeral(at place: Int) -> Numeral? {
    let start = afterMinus(place)
    guard let plain = plain(at: start) else { return nil }
    var numeral =
      fraction(after: plain, at: start) ?? mixed(after: plain) ?? share(after: plain) ?? power(of: plain) ?? plain
    if isLoneFormal(numeral, at: start) { return nil }
    if start != place {
      (numeral.low, numeral.high) = (-numeral.high, -numeral.low)
      numeral.range = place..<numeral.range.upperBound
    }
    return numeral
  }

  /// The numeral without sign and without fraction, both ends of 三五百 evaluated.
  func plain(at place: Int) -> Numeral? {
    var low = PlainReader(glyphs: glyphs, place: place)
    guard var numeral = low.read() else { return nil }
    if low.hasPair {
      var high = PlainReader(glyphs: glyphs, place: place, takesHigh: true)
      numeral.high = high.read()?.low ?? numeral.low
    }
    return numeral
  }

  private func afterMinus(_ place: Int) -> Int {
    let scalar: UInt32 = glyphs[place]
    if scalar == 0x8D1F { return Self.endsNoun(before: glyphs[place - 1]) ? place : place + 1 }
    let before: UInt32 = glyphs[place - 1]
    guard scalar == 0x2D, Glyph.isDigit(glyphs[place + 1]) || glyphs[place + 1] == 0x2E else { return place }
    return Glyph.isDigit(before) || Glyph.isLetter(before) || before == 0x29 || before == 0x2D ? place : place + 1
  }

  /// Whether 负 ends a word with the character before it: 税负, 抱负.
  private static func endsNoun(before scalar: Unicode.Scalar) -> Bool { "税减担肩抱胜自欺辜背".unicodeScalars.contains(scalar) }

  /// 伍, 陆 and 拾 alone are words and names; two formal signs are a number.
  private func isLoneFormal(_ numeral: Numeral, at start: Int) -> Bool {
    numeral.length == 1 && Sign.of(glyphs[start]) & Sign.formal != 0
  }

  /// The place after 分之, whose characters may stand apart.
  private func afterPartOf(_ place: Int) -> Int? {
    let first = glyphs.skippingBlanks(place)
    guard glyphs[first] == 0x5206 else { return nil }
    let second = glyphs.skippingBlanks(first + 1)
    return glyphs[second] == 0x4E4B ? glyphs.skippingBlanks(second + 1) : nil
  }

  private func fraction(after divisor: Numeral, at start: Int) -> Numeral? {
    if let place = afterPartOf(divisor.range.upperBound) {
      guard let dividend = plain(at: place), divisor.low.significand != 0 else { return nil }
      return divisor.form == .bare ? hundredths(dividend, of: divisor) : quotient(dividend, by: divisor, from: start)
    }
    guard divisor.form == .arabic, glyphs[divisor.range.upperBound] == 0x2F else { return nil }
    guard glyphs[start - 1] != 0x2F, let under = plain(at: divisor.range.upperBound + 1), under.form == .arabic,
      under.exponent == 0, under.low.scale == 0, under.low.significand > 1, under.low < .power(4),
      glyphs[under.range.upperBound] != 0x2F
    else { return nil }
    var numeral = quotient(divisor, by: under, from: start)
    numeral.range = start..<under.range.upperBound
    return numeral
  }

  private func hundredths(_ dividend: Numeral, of divisor: Numeral) -> Numeral {
    var numeral = dividend
    numeral.range = divisor.range.lowerBound..<dividend.range.upperBound
    numeral.low = (dividend.low * ExactDecimal(100)).divided(by: divisor.low, places: 14, rounded: 14)
    numeral.high = (dividend.high * ExactDecimal(100)).divided(by: divisor.low, places: 14, rounded: 14)
    numeral.form = .percent
    return numeral
  }

  private func quotient(_ dividend: Numeral, by divisor: Numeral, from start: Int, rounded: Int = 4) -> Numeral {
    var numeral = dividend
    numeral.range = start..<dividend.range.upperBound
    numeral.low = dividend.low.divided(by: divisor.low, places: 8, rounded: rounded)
    numeral.high = numeral.low
    numeral.form = .ratio
    return numeral
  }

  private func mixed(after whole: Numeral) -> Numeral? {
    let mark = glyphs.skippingBlanks(whole.range.upperBound)
    guard glyphs[mark] == 0x53C8 else { return nil }
    let start = glyphs.skippingBlanks(mark + 1)
    guard let divisor = plain(at: start), divisor.low.significand != 0,
      let place = afterPartOf(divisor.range.upperBound), let dividend = plain(at: place)
    else { return nil }
    var numeral = quotient(dividend, by: divisor, from: whole.range.lowerBound, rounded: 12)
    numeral.low = whole.low + numeral.low
    numeral.high = numeral.low
    return numeral
  }

  private func share(after tenths: Numeral) -> Numeral? {
    let mark = glyphs.skippingBlanks(tenths.range.upperBound)
    switch glyphs[mark] as Unicode.Scalar {
    case "成" where tenths.low < ExactDecimal(101) && !isWord(from: mark, "为立功员果效本长绩都分熟交品就型套片人年批群队行正因形合规系文全千"):
      var numeral = scaled(tenths, through: mark)
      addDigit(after: mark, to: &numeral)
      return numeral
    case "折" where tenths.low < ExactDecimal(100) && !isWord(from: mark, "合算旧扣叠射返腾中磨损"):
      var numeral = scaled(tenths, through: mark)
      if tenths.low < ExactDecimal(1) {
        numeral.low = tenths.low * ExactDecimal(100)
      } else if tenths.form == .chinese || tenths.low < ExactDecimal(10) {
        return numeral
      } else {
        numeral.low = tenths.low
      }
      numeral.high = numeral.low
      return numeral
    default: return nil
    }
  }

  private func isWord(from place: Int, _ following: String) -> Bool {
    following.unicodeScalars.contains(glyphs[place + 1] as Unicode.Scalar)
  }

  private func scaled(_ tenths: Numeral, through mark: Int) -> Numeral {
    var numeral = tenths
    numeral.range = tenths.range.lowerBound..<mark + 1
    numeral.low = tenths.low * ExactDecimal(10)
    numeral.high = tenths.high * ExactDecimal(10)
    numeral.form = .percent
    return numeral
  }

  /// The 六 of 七成六 and the 半 of 三成半.
  private func addDigit(after mark: Int, to numeral: inout Numeral) {
    let place = glyphs.skippingBlanks(mark + 1)
    let sign = Sign.of(glyphs[place])
    let digit = sign == Sign.half ? 5 : Glyph.isDigit(glyphs[place]) ? nil : Sign.digitValue(sign)
    let ends = !Glyph.isHan(glyphs[place + 1]) || "的以左".unicodeScalars.contains(glyphs[place + 1] as Unicode.Scalar)
    guard let digit, ends || sign == Sign.half else { return }
    numeral.low = numeral.low + ExactDecimal(Int128(digit))
    numeral.high = numeral.low
    numeral.range = numeral.range.lowerBound..<place + 1
  }

  /// A power with a whole exponent, as in tables: 2^-1.
  private func power(of base: Numeral) -> Numeral? {
    var place = base.range.upperBound
    guard base.form == .arabic, glyphs[place] == 0x5E else { return nil }
    place += 1
    var isInverse = false
    while glyphs[place] == 0x2D {
      isInverse.toggle()
      place += 1
    }
    guard let run = ArabicRun(glyphs, at: place), run.value.scale == 0, run.value < ExactDecimal(24),
      base.low < .power(1),
      base.low.scale < 2
    else { return nil }
    var numeral = base
    let value = (0..<Int(run.value.significand)).reduce(ExactDecimal(1)) { value, _ in value * base.low }
    numeral.low = isInverse ? ExactDecimal(1).divided(by: value, places: 12, rounded: 12) : value
    numeral.high = numeral.low
    numeral.range = base.range.lowerBound..<run.end
    return numeral
  }
}
