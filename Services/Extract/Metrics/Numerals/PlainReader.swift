internal import Record

/// Reads digits and magnitudes as far as they go together.
struct PlainReader {
  let glyphs: Glyphs
  private let start: Int
  private var place: Int
  private let takesHigh: Bool
  private var value = NumeralValue()
  private var form = Numeral.Form.bare
  private var isOpen = false
  /// Whether two digits stand for a span: 三五百, 十七八.
  private(set) var hasPair = false

  init(glyphs: Glyphs, place: Int, takesHigh: Bool = false) {
    self.glyphs = glyphs
    self.start = place
    self.place = place
    self.takesHigh = takesHigh
  }

  mutating func read() -> Numeral? {
    while step() { if value.isTooGreat { return nil } }
    guard !value.isEmpty else { return nil }
    var numeral = Numeral(range: start..<place, low: value.total, high: value.total, form: form)
    numeral.isOpen = isOpen
    numeral.exponent = value.lastMagnitude ?? 0
    return numeral
  }

  /// Takes the next sign; false where the numeral ends.
  private mutating func step() -> Bool {
    let next = glyphs.skippingBlanks(place)
    if next > place, value.isEmpty || next > place + 3 || !joins(over: next) { return false }
    let scalar: UInt32 = glyphs[next]
    let sign = Sign.of(scalar)
    if Glyph.isDigit(scalar) || scalar == 0x2E && value.isEmpty { return takeArabic(at: next) }
    if Sign.digitValue(sign) != nil { return takeChinese(at: next) }
    if Sign.isMagnitude(sign) { return takeMagnitude(sign, at: next) }
    if scalar == 0x70B9 { return takeFraction(after: next) }
    if sign == Sign.half { return takeHalf(at: next) }
    return takeOpen(scalar, at: next)
  }

  /// Whether a sign after blanks still belongs to this numeral: 1000 万, 三千 八百; not 第三 二是.
  private func joins(over next: Int) -> Bool {
    let sign = Sign.of(glyphs[next])
    if Sign.isMagnitude(sign) || glyphs[next] == 0x70B9 { return true }
    if Glyph.isDigit(glyphs[next]) {
      var end = next
      while Glyph.isDigit(glyphs[end]) { end += 1 }
      return value.lastMagnitude != nil && Sign.isMagnitude(Sign.of(glyphs[end]))
    }
    if glyphs[next] == 0x51E0 || glyphs[next] == 0x4F59 || glyphs[next] == 0x591A { return true }
    guard Sign.digitValue(sign) != nil, form != .arabic else { return false }
    let after = glyphs.skippingBlanks(next + 1)
    return value.lastMagnitude != nil || Sign.isMagnitude(Sign.of(glyphs[after]))
  }

  private mutating func takeArabic(at next: Int) -> Bool {
    guard !value.hasDigits, let run = ArabicRun(glyphs, at: next) else { return false }
    value.append(digits: run.value, isSingle: false, isZero: false)
    place = run.end
    form = .arabic
    return true
  }

  private mutating func takeChinese(at next: Int) -> Bool {
    guard !value.hasDigits else { return false }
    var end = next
    var number: Int128 = 0
    while end - next < 18, !Glyph.isDigit(glyphs[end]), let digit = Sign.digitValue(Sign.of(glyphs[end])) {
      number = number * 10 + Int128(digit)
      end += 1
    }
    let count = end - next
    if count == 1, value.lastMagnitude ?? 0 > 3, glyphs[next] == 0x4E24, !Sign.isMagnitude(Sign.of(glyphs[end])) {
      return false
    }
    let isMeasured = value.isEmpty && glyphs[next] != 0x96F6
    if count == 2, let pair = pair(number) {
      hasPair = true
      value.append(
        digits: ExactDecimal(takesHigh ? pair.1 : pair.0), isSingle: value.lastMagnitude ?? 0 > 1, isZero: false)
      if form != .arabic { form = .chinese }
    } else {
      value.append(digits: ExactDecimal(number), isSingle: count == 1 && number != 0, isZero: count == 1 && number == 0)
      if form != .arabic { form = count > 1 && isMeasured ? .digits : .chinese }
    }
    place = end
    return true
  }

  /// Two digits that follow each other in counting, or 三五.
  private func pair(_ number: Int128) -> (Int128, Int128)? {
    let (low, high) = (number / 10, number % 10)
    return low > 0 && (high == low + 1 || (low, high) == (3, 5)) ? (low, high) : nil
  }

  private mutating func takeMagnitude(_ sign: UInt8, at next: Int) -> Bool {
    if value.isEmpty, sign & ~Sign.formal == Sign.ten { form = .chinese }
    let exponent = Sign.exponent(sign)
    if beginsUnit(sign, at: next) { return false }
    if !value.hasDigits, let last = value.lastMagnitude, exponent <= last, !(exponent == 4 && last == 4) {
      return false
    }
    if form == .digits { form = .chinese }
    value.append(magnitude: exponent)
    place = next + 1
    return true
  }

  /// 千瓦, 兆赫 and 百分 are words of their own: 100万千瓦 is a million.
  private func beginsUnit(_ sign: UInt8, at next: Int) -> Bool {
    switch sign & ~Sign.formal {
    case Sign.thousand: "瓦米克伏卡焦赫帕字位".unicodeScalars.contains(glyphs[next + 1] as Unicode.Scalar)
    case Sign.trillion: "瓦赫帕欧焦比伏字".unicodeScalars.contains(glyphs[next + 1] as Unicode.Scalar)
    case Sign.hundred: !value.isEmpty && glyphs[next + 1] == 0x5206 && glyphs[next + 2] != 0x4E4B
    default: false
    }
  }

  /// 点 and the digits after it.
  private mutating func takeFraction(after mark: Int) -> Bool {
    guard !value.isEmpty, form != .arabic else { return false }
    var end = glyphs.skippingBlanks(mark + 1)
    var number: Int128 = 0
    var count = 0
    while count < 12, !Glyph.isDigit(glyphs[end]), let digit = Sign.digitValue(Sign.of(glyphs[end])) {
      number = number * 10 + Int128(digit)
      count += 1
      end += 1
    }
    guard count > 0, Sign.of(glyphs[end]) != Sign.ten else { return false }
    value.append(fraction: ExactDecimal(number, scale: count))
    if form != .arabic { form = .chinese }
    place = end
    return true
  }

  /// 半百, 半折; before a unit, 半 is no numeral but a quantity of its own.
  private mutating func takeHalf(at next: Int) -> Bool {
    guard value.isEmpty, glyphs[next + 1] == 0x767E || glyphs[next + 1] == 0x6298 else { return false }
    value.append(digits: ExactDecimal(5, scale: 1), isSingle: false, isZero: false)
    form = .chinese
    place = next + 1
    return true
  }

  /// 几 and 数 before a magnitude or after one, 余 and 多 between two: a digit left open.
  private mutating func takeOpen(_ scalar: UInt32, at next: Int) -> Bool {
    let isMagnitudeNext = Sign.isMagnitude(Sign.of(glyphs[glyphs.skippingBlanks(next + 1)]))
    switch Unicode.Scalar(scalar) {
    case "几" where value.isEmpty && isMagnitudeNext: break
    case "数" where value.isEmpty && isMagnitudeNext && !endsNoun(glyphs[next - 1]): break
    case "几" where value.lastMagnitude != nil || !value.isEmpty && glyphs[next - 1] == 0x96F6: break
    case "余" where !value.isEmpty && isMagnitudeNext, "多" where !value.isEmpty && isMagnitudeNext: break
    default: return false
    }
    if form == .bare { form = .chinese }
    isOpen = true
    place = next + 1
    return true
  }

  /// Nouns that end in 数: 人数, 总数, 多数.
  private func endsNoun(_ scalar: UInt32) -> Bool {
    "人总次件户指倍基少多参岁分个天场辆".unicodeScalars.contains { $0.value == scalar }
  }
}

/// A run of Arabic digits: 1,050,000 · 95.85 · .5 · 2e5 · 40k.
struct ArabicRun {
  private(set) var value: ExactDecimal
  private(set) var end: Int

  init?(_ glyphs: Glyphs, at start: Int) {
    var end = start
    var number: Int128 = 0
    var count = 0
    func digit(_ place: Int) -> Int128? { Glyph.isDigit(glyphs[place]) ? Int128(glyphs[place] - 0x30) : nil }
    func take() {
      while count < 20, let next = digit(end) {
        number = number * 10 + next
        count += 1
        end += 1
      }
    }
    take()
    while glyphs[end] == 0x2C, count <= 3 || end - start > 4, Self.isGroup(glyphs, after: end) {
      end += 1
      take()
    }
    let whole = count
    if glyphs[end] == 0x2E || glyphs[end] == 0xB7, Glyph.isDigit(glyphs[end + 1]) {
      end += 1
      take()
    }
    guard count > 0, count < 19, !(glyphs[end] == 0x2E && Glyph.isDigit(glyphs[end + 1])) else { return nil }
    value = ExactDecimal(number, scale: count - whole)
    self.end = end
    takeExponent(glyphs)
  }

  private mutating func takeExponent(_ glyphs: Glyphs) {
    let mark: UInt32 = glyphs[end] | 0x20
    if mark == 0x6B, !Glyph.isLetter(glyphs[end + 1]) {
      value = value * .power(3)
      end += 1
    } else if mark == 0x65, Glyph.isDigit(glyphs[end + 1]), !Glyph.isDigit(glyphs[end + 2]) {
      value = value * .power(Int(glyphs[end + 1] - 0x30))
      end += 2
    }
  }

  /// Whether exactly three digits follow a separator.
  private static func isGroup(_ glyphs: Glyphs, after comma: Int) -> Bool {
    (1...3).allSatisfy { Glyph.isDigit(glyphs[comma + $0]) } && !Glyph.isDigit(glyphs[comma + 4])
  }
}
