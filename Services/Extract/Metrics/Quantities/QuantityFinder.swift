internal import Record

/// Finds the quantities of a text.
///
///     quantity = [bound] numeral [余 | 多] unit [bound]      近300余件, 12052万元, 96%以上
///              | numeral [unit] (- | 至) numeral unit        3—4个月, 20%-30%
///              | numeral × numeral unit                      2×66万千瓦
///              | 第 numeral [位 | 名], 前 numeral (位 | 名)   ranks, with a word of ranking
///              | 一半 | 半 unit | 翻 numeral 番
struct QuantityFinder {
  let glyphs: Glyphs
  let zones: Zones
  let words: QuantityWords
  let reader: NumeralReader

  init(_ glyphs: Glyphs, _ zones: Zones, _ words: QuantityWords) {
    self.glyphs = glyphs
    self.zones = zones
    self.words = words
    reader = NumeralReader(glyphs: glyphs)
  }

  func all() -> [Quantity] {
    var found: [Quantity] = []
    var place = 0
    while place < glyphs.count {
      let scalar = glyphs.scalars[place]
      let sign = Sign.of(scalar)
      if sign == 0 && scalar != 0x7FFB || zones[place] == .closed {
        place += 1
        continue
      }
      let (quantity, end) = read(at: place, sign)
      if let quantity { found.append(quantity) }
      place = max(place + 1, end)
    }
    return sharingBounds(sharingUnits(found))
  }

  /// The quantity that starts at a place, and where to read on.
  private func read(at place: Int, _ sign: UInt8) -> (Quantity?, Int) {
    if let length = words.terms.length(glyphs, at: place) { return (nil, place + length) }
    if let special = special(at: place, sign) { return (special, special.range.upperBound) }
    guard let numeral = reader.numeral(at: place) else { return (nil, endOfDigits(from: place)) }
    let end = numeral.range.upperBound
    guard zones[end - 1] != .closed else { return (nil, end) }
    guard let quantity = quantity(numeral) else { return (nil, end) }
    return (quantity, quantity.range.upperBound)
  }

  private func endOfDigits(from place: Int) -> Int {
    var end = place
    while Glyph.isDigit(glyphs[end]) || glyphs[end] == 0x2E && Glyph.isDigit(glyphs[end + 1]) { end += 1 }
    return end
  }

  /// 一半, 半个工作日, 翻两番.
  private func special(at place: Int, _ sign: UInt8) -> Quantity? {
    if sign == Sign.half { return half(at: place) }
    if glyphs[place] == 0x7FFB { return doubling(at: place) }
    guard glyphs[place] == 0x4E00, glyphs[place + 1] == 0x534A, zones[place] == .free else { return nil }
    if words.units.unit(glyphs, at: place + 2) != nil { return nil }
    let range = place..<place + 2
    let half = ExactDecimal(5, scale: 1)
    return bounded(Quantity(range: range, core: range, amount: .value(half), unit: "", kind: .ratio, rule: "half"))
  }

  private func half(at place: Int) -> Quantity? {
    guard !"上下前后大每多一过对各".unicodeScalars.contains(glyphs[place - 1] as Unicode.Scalar), zones[place] != .named,
      let (unit, end) = words.units.unit(glyphs, at: place + 1), unit.kind == .duration, glyphs[end] != 0x201C
    else { return nil }
    let range = place..<end
    let half = ExactDecimal(5, scale: 1)
    return bounded(
      Quantity(range: range, core: range, amount: .value(half), unit: unit.text, kind: .duration, rule: "half"))
  }

  private func doubling(at place: Int) -> Quantity? {
    let start = glyphs[place + 1] == 0x4E86 ? place + 2 : place + 1
    guard let numeral = reader.plain(at: start), glyphs[numeral.range.upperBound] == 0x756A,
      numeral.low.scale == 0, numeral.low.significand > 0, numeral.low.significand < 20
    else { return nil }
    let range = place..<numeral.range.upperBound + 1
    let value = ExactDecimal(Int128.power(2, Int(numeral.low.significand)))
    return Quantity(range: range, core: range, amount: .value(value), unit: "倍", kind: .ratio, rule: "doubling")
  }

  /// Adds the bounding words on both sides.
  func bounded(_ quantity: Quantity, isBare: Bool = false) -> Quantity {
    var quantity = quantity
    if let word = words.bounds.front(glyphs, before: quantity.range.lowerBound), isBare || !word.needsBare {
      quantity.bound = word.bound
      if word.isInside {
        quantity.range = quantity.range.lowerBound - word.length..<quantity.range.upperBound
      } else {
        quantity.boundPlace = .front
      }
    }
    if let word = words.bounds.back(glyphs, at: quantity.range.upperBound), fits(word, after: quantity) {
      quantity.bound = word.bound
      quantity.range = quantity.range.lowerBound..<quantity.range.upperBound + word.length
      quantity.boundPlace = .behind
    }
    return quantity
  }

  /// 内 alone bounds only durations: 5日内; 个市内 does not. 多 bounds no count, and begins no other word: 2倍多, 3次|多部门.
  func fits(_ word: Bounds.Word, after quantity: Quantity) -> Bool {
    let next: UInt32 = glyphs[quantity.range.upperBound + 1]
    switch glyphs[quantity.range.upperBound] as UInt32 {
    case 0x5185 where word.length == 1: return quantity.kind == .duration
    case 0x591A:
      return quantity.kind != .count && (!Glyph.isHan(next) || "的来时以".unicodeScalars.contains { $0.value == next })
    default: return true
    }
  }
}
