internal import Record

extension QuantityFinder {
  /// The quantity that a numeral begins, or nil where it is none.
  func quantity(_ numeral: Numeral) -> Quantity? {
    let start = numeral.range.lowerBound
    let effect = words.bounds.effect(glyphs, before: start)
    switch effect {
    case .ordinal: return ordinalRank(numeral)
    case nil, .unbound, .period: break
    case .some(.none): return nil
    }
    if isPartOfName(numeral) { return nil }
    if effect == .period, let rank = topRank(numeral) { return rank }
    guard var draft = measured(numeral) ?? ratio(numeral) ?? unitless(numeral) else { return nil }
    if effect == .period, isPeriod(draft, numeral) { return frontRank(draft) }
    if isExcluded(draft, numeral) { return nil }
    if let extended = range(from: draft, numeral) { draft = extended }
    if let rank = movedRank(draft) { draft = rank }
    let quantity = bounded(draft, isBare: numeral.form == .bare)
    return accepts(quantity, numeral) ? quantity : nil
  }

  /// Letters and signs that make a number part of a name: PM2.5, 5G, 1+X, A4; money and magnitudes are none (GDP62亿元).
  private func isPartOfName(_ numeral: Numeral) -> Bool {
    let before: UInt32 = glyphs[numeral.range.lowerBound - 1]
    let after: UInt32 = glyphs[numeral.range.upperBound]
    if before == 0x2B || after == 0x2B || before == 0x23 { return true }
    if before == 0x6BCF, numeral.form == .bare || numeral.exponent > 1 { return true }
    return Glyph.isLetter(before) && after != 0x25 && numeral.exponent < 4 && measured(numeral)?.kind != .money
      || before == 0x2D && Glyph.isLetter(glyphs[numeral.range.lowerBound - 2])
  }

  /// A numeral with the unit after it, without bounds and ranges.
  func measured(_ numeral: Numeral) -> Quantity? {
    switch numeral.form {
    case .digits: return nil
    case .percent where glyphs[numeral.range.lowerBound - 1] == 0x524D: return nil
    case .percent: return plain(numeral, unit: "%", kind: .percent, end: numeral.range.upperBound, rule: "share")
    case .ratio: return plain(numeral, unit: "", kind: .ratio, end: numeral.range.upperBound, rule: "fraction")
    case .arabic, .chinese, .bare: break
    }
    let after = glyphs.skippingBlanks(numeral.range.upperBound)
    var open = numeral
    var place = after
    var inner: Bounds.Word?
    if let word = words.bounds.inner(glyphs, at: after) {
      inner = word
      place = after + word.length
    }
    guard let (unit, end) = words.units.unit(glyphs, at: place) else { return nil }
    guard fits(unit, open, inner) else { return nil }
    open.isOpen = numeral.isOpen || inner != nil
    var quantity = plain(open, unit: unit.text, kind: unit.kind, end: end, rule: unit.rule == .noun ? "noun" : "unit")
    if unit.rule == .noun { quantity.range = numeral.range.lowerBound..<place }
    if let inner, inner.bound == .about { quantity.bound = .about }
    extendUnit(&quantity)
    quantity.core = quantity.range
    return quantity
  }

  private func plain(_ numeral: Numeral, unit: String, kind: Metric.Kind, end: Int, rule: String) -> Quantity {
    let range = numeral.range.lowerBound..<end
    let amount: Metric.Amount =
      numeral.low == numeral.high ? .value(numeral.low) : .range(low: numeral.low, high: numeral.high)
    var quantity = Quantity(range: range, core: range, amount: amount, unit: unit, kind: kind, rule: rule)
    if numeral.isOpen { quantity.bound = .moreThan }
    return quantity
  }

  /// Whether a unit of this class may stand after a numeral of this form.
  private func fits(_ unit: Unit, _ numeral: Numeral, _ inner: Bounds.Word?) -> Bool {
    let isLoneHan = numeral.form == .chinese && numeral.length == 1 && inner == nil
    if isLoneHan, glyphs[numeral.range.lowerBound] == 0x4E8C, !"件项名户起部份辆台座".contains(unit.text) { return false }
    if isLoneHan, unit.text == "元", glyphs[numeral.range.lowerBound] != 0x4E24 { return false }
    switch unit.rule {
    case .weak: return !isLoneHan && numeral.form != .bare
    case .noun: return numeral.form != .bare && (numeral.form == .arabic || !isLoneHan || nounLength(numeral) > 1)
    case .large:
      return opensNoun(glyphs.skippingBlanks(numeral.range.upperBound) + 1) && inner == nil
        && numeral.form != .bare && numeral.low < ExactDecimal(200)
    case .plain: return true
    }
  }

  /// Whether a noun begins at a place, which may open with a quotation.
  private func opensNoun(_ place: Int) -> Bool { Glyph.isHan(glyphs[place]) || glyphs[place] == 0x201C }

  /// The number of Han characters right after a numeral, up to two.
  private func nounLength(_ numeral: Numeral) -> Int {
    (0..<2).prefix { Glyph.isHan(glyphs[numeral.range.upperBound + $0]) }.count
  }

  /// Units of two parts: 元/吨, 微克/立方米, 毫克每升, 册(份); and a half after a duration: 两年半, 三个半小时.
  private func extendUnit(_ quantity: inout Quantity) {
    let end = quantity.range.upperBound
    if glyphs[end] == 0x2F, let (over, next) = words.units.unit(glyphs, at: end + 1) ?? perBase(at: end + 1) {
      quantity.unit += "/" + over.text
      if quantity.kind != .money { quantity.kind = .other }
      quantity.range = quantity.range.lowerBound..<next
    } else if glyphs[end] == 0x6BCF, quantity.kind != .count, quantity.kind != .duration,
      let (base, next) = words.units.unit(glyphs, at: end + 1), base.isDimension
    {
      quantity.unit += "每" + base.text
      if quantity.kind != .money { quantity.kind = .other }
      quantity.range = quantity.range.lowerBound..<next
    } else if glyphs[end] == 0x28, quantity.kind == .count, let (other, next) = words.units.unit(glyphs, at: end + 1),
      glyphs[next] == 0x29, !other.text.isEmpty
    {
      quantity.unit += "(" + other.text + ")"
      quantity.range = quantity.range.lowerBound..<next + 1
    } else if glyphs[end] == 0x534A, case .value(let value) = quantity.amount {
      addHalf(to: &quantity, value)
    }
  }

  /// The base after a slash with a magnitude: 件/万人.
  private func perBase(at place: Int) -> (unit: Unit, end: Int)? {
    guard let base = reader.plain(at: place), let (unit, end) = words.units.unit(glyphs, at: base.range.upperBound)
    else { return nil }
    var text = ""
    for index in place..<end { text.unicodeScalars.append(glyphs[index]) }
    return (Unit(text: text, kind: unit.kind, rule: .plain), end)
  }

  private func addHalf(to quantity: inout Quantity, _ value: ExactDecimal) {
    let end = quantity.range.upperBound
    let half = value + ExactDecimal(5, scale: 1)
    if quantity.unit == "个", let (unit, next) = words.units.unit(glyphs, at: end + 1), unit.kind == .duration {
      quantity.unit = unit.text
      quantity.kind = .duration
      quantity.range = quantity.range.lowerBound..<next
    } else if quantity.kind == .duration, !"年天数载".unicodeScalars.contains(glyphs[end + 1] as Unicode.Scalar) {
      quantity.range = quantity.range.lowerBound..<end + 1
    } else {
      return
    }
    quantity.amount = .value(half)
  }

  /// A number without unit: 受理3; with a magnitude also before a noun: 46万群众, 突破1万亿.
  private func unitless(_ numeral: Numeral) -> Quantity? {
    guard numeral.form == .arabic || numeral.form == .chinese && numeral.exponent >= 4,
      zones[numeral.range.lowerBound] == .free
    else { return nil }
    let after: UInt32 = glyphs[numeral.range.upperBound]
    let before: UInt32 = glyphs[numeral.range.lowerBound - 1]
    var quantity = plain(numeral, unit: "", kind: .count, end: numeral.range.upperBound, rule: "unitless")
    if numeral.exponent >= 4 {
      let end = numeral.range.upperBound
      let isNoun =
        Glyph.isHan(after) && after != 0x7EA7
        && (!words.units.begins(glyphs, at: end) || glyphs.matches("大关", at: end))
      return isNoun || ends(after) && Glyph.isHan(before) ? quantity : nil
    }
    if let index = index(numeral) { return index }
    guard ends(after), Glyph.isHan(before) else { return nil }
    quantity.isWeak = true
    return quantity
  }

  private func ends(_ scalar: UInt32) -> Bool { Glyph.endsClause(scalar) && scalar != 0x3A || scalar == 0x3001 }

  /// A value of a coefficient or an index, which has no unit: 收入比由2.31缩小至2.19.
  private func index(_ numeral: Numeral) -> Quantity? {
    let start = numeral.range.lowerBound
    guard numeral.form == .arabic, "由从至到为".unicodeScalars.contains(glyphs[start - 1] as Unicode.Scalar),
      !"月日年时:".unicodeScalars.contains(glyphs[numeral.range.upperBound] as Unicode.Scalar)
    else { return nil }
    for place in stride(from: start - 2, through: max(0, start - 24), by: -1) {
      if Glyph.endsSentence(glyphs[place]) || glyphs[place] == 0x2C { return nil }
      if glyphs[place] == 0x6BD4 && glyphs[place + 1] != 0x4E0A && glyphs[place + 1] != 0x53BB
        || glyphs.matches("系数", at: place)
        || glyphs.matches("指数", at: place)
      {
        return plain(numeral, unit: "", kind: .ratio, end: numeral.range.upperBound, rule: "index")
      }
    }
    return nil
  }
}
