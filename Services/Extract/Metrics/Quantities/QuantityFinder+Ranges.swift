internal import Record

extension QuantityFinder {
  /// The second end of a range: 3—4个月, 20%-30%, 5至10家, 5-10万元.
  func range(from draft: Quantity, _ numeral: Numeral) -> Quantity? {
    guard case .value(let low) = draft.amount, let separator = separatorEnd(at: draft.core.upperBound),
      let right = reader.numeral(at: separator), let end = measured(right), end.kind == draft.kind || draft.isWeak,
      end.unit == draft.unit || draft.isWeak || draft.rule == "unitless", case .value(let high) = end.amount
    else { return nil }
    if isPair(before: draft.range.lowerBound) { return nil }
    return joined(draft, end, low: low, high: high)
  }

  /// A number without unit that stands before a separator, as the low end of a range.
  func openRange(_ numeral: Numeral) -> Quantity? {
    guard numeral.low == numeral.high, numeral.form != .bare, numeral.form != .digits,
      let separator = separatorEnd(at: glyphs.skippingBlanks(numeral.range.upperBound)),
      let right = reader.numeral(at: separator), let end = measured(right), case .value(let high) = end.amount
    else { return nil }
    var low = numeral.low
    if numeral.exponent < 4, right.exponent >= 4 {
      let scaled = low * ExactDecimal.power(right.exponent)
      if scaled < high { low = scaled }
    }
    let range = numeral.range.lowerBound..<end.range.upperBound
    let start = Quantity(range: range, core: range, amount: .value(low), unit: end.unit, kind: end.kind, rule: "range")
    return isExcluded(end, right) ? nil : joined(start, end, low: low, high: high)
  }

  private func joined(_ start: Quantity, _ end: Quantity, low: ExactDecimal, high: ExactDecimal) -> Quantity? {
    guard low < high else { return nil }
    var quantity = end
    quantity.range = start.range.lowerBound..<end.range.upperBound
    quantity.core = quantity.range
    quantity.amount = .range(low: low, high: high)
    quantity.rule = "range"
    return quantity
  }

  /// The place after a separator of ranges.
  private func separatorEnd(at place: Int) -> Int? {
    let scalar: UInt32 = glyphs[place]
    if Glyph.isDash(scalar) {
      let end = glyphs[place + 1] == scalar ? place + 2 : place + 1
      return glyphs.skippingBlanks(end)
    }
    return scalar == 0x81F3 || scalar == 0x5230 ? place + 1 : nil
  }

  /// Whether 从 or 由 stands in the clause before: then 到 joins an old and a new value.
  private func isPair(before place: Int) -> Bool {
    var index = place - 1
    while index > place - 12, !Glyph.endsClause(glyphs[index]) {
      if glyphs[index] == 0x4ECE || glyphs[index] == 0x7531 { return true }
      index -= 1
    }
    return false
  }

  /// 2×66万千瓦: one quantity, the product.
  func openProduct(_ numeral: Numeral) -> Quantity? {
    let mark = numeral.range.upperBound
    let scalar: UInt32 = glyphs[mark]
    guard scalar == 0xD7 || scalar == 0x2A || scalar | 0x20 == 0x78, numeral.low < .power(6), numeral.low.scale < 6,
      let right = reader.numeral(at: mark + 1), let end = measured(right), case .value(let factor) = end.amount,
      factor < .power(15)
    else { return nil }
    var quantity = end
    quantity.range = numeral.range.lowerBound..<end.range.upperBound
    quantity.core = quantity.range
    quantity.amount = .value(numeral.low * factor)
    quantity.rule = "product"
    return quantity
  }

  /// 4:1, where a word of comparing stands by.
  func ratio(_ numeral: Numeral) -> Quantity? {
    if let open = openRange(numeral) ?? openProduct(numeral) { return open }
    let mark = numeral.range.upperBound
    guard glyphs[mark] == 0x3A, glyphs[numeral.range.lowerBound - 1] != 0x3A, let right = reader.plain(at: mark + 1),
      right.low.significand != 0,
      right.form == .arabic || right.form == .chinese, glyphs[right.range.upperBound] != 0x3A,
      comparesNear(numeral.range.lowerBound..<right.range.upperBound)
    else { return nil }
    let range = numeral.range.lowerBound..<right.range.upperBound
    let value = numeral.low.divided(by: right.low, places: 4, rounded: 4)
    return Quantity(range: range, core: range, amount: .value(value), unit: "", kind: .ratio, rule: "ratio")
  }

  private func comparesNear(_ range: Range<Int>) -> Bool {
    for index in range.lowerBound - 12..<range.lowerBound where index >= 0 {
      if glyphs[index] == 0x6BD4 || glyphs[index] == 0x914D { return true }
    }
    return glyphs.matches("的比例", at: range.upperBound) || glyphs.matches("比例", at: range.upperBound)
  }
}
