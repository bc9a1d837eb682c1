internal import Record

extension QuantityFinder {
  /// 第二名, 第5位; 第四 where a word of ranking stands before it and nothing after.
  func ordinalRank(_ numeral: Numeral) -> Quantity? {
    guard numeral.low == numeral.high, numeral.form != .bare, zones[numeral.range.lowerBound] == .free else {
      return nil
    }
    let start = numeral.range.lowerBound - 1
    let after: UInt32 = glyphs[numeral.range.upperBound]
    let isPlace = after == 0x4F4D || after == 0x540D
    let end = numeral.range.upperBound + (isPlace ? 1 : 0)
    let next: UInt32 = glyphs[end]
    if isPlace, Glyph.isHan(next), !ranks(before: start) { return nil }
    if !isPlace, Glyph.isHan(next) || next == 0x25 || !ranks(before: start) { return nil }
    let range = start..<end
    return Quantity(range: range, core: range, amount: .value(numeral.low), unit: "", kind: .rank, rule: "rank")
  }

  /// 前10位, 前三名.
  func frontRank(_ draft: Quantity) -> Quantity? {
    let start = draft.core.lowerBound - 1
    guard glyphs[start] == 0x524D, draft.unit == "位" || draft.unit == "名", zones[start] == .free else { return nil }
    var quantity = draft
    quantity.range = start..<draft.core.upperBound
    quantity.core = quantity.range
    quantity.kind = .rank
    quantity.unit = ""
    quantity.bound = .atMost
    quantity.rule = "rank"
    return quantity
  }

  /// 前三 without 名 or 位: 位列国内前三.
  func topRank(_ numeral: Numeral) -> Quantity? {
    let start = numeral.range.lowerBound - 1
    guard glyphs[start] == 0x524D, !Glyph.isHan(glyphs[numeral.range.upperBound]), zones[start] == .free,
      numeral.form != .bare, ranks(before: start)
    else { return nil }
    let range = start..<numeral.range.upperBound
    var quantity = Quantity(range: range, core: range, amount: .value(numeral.low), unit: "", kind: .rank, rule: "rank")
    quantity.bound = .atMost
    return quantity
  }

  /// A place that a from–to pair moves: 排名由369位上升到235位.
  func movedRank(_ draft: Quantity) -> Quantity? {
    guard draft.unit == "位", "由从至到列居第".unicodeScalars.contains(glyphs[draft.core.lowerBound - 1] as Unicode.Scalar)
    else { return nil }
    var quantity = draft
    quantity.kind = .rank
    quantity.unit = ""
    quantity.rule = "rank"
    return quantity
  }

  /// Whether a word of ranking stands in the clause before a place.
  private func ranks(before place: Int) -> Bool {
    var index = place - 1
    while index >= max(0, place - 14), !Glyph.endsClause(glyphs[index]) {
      switch glyphs[index] as Unicode.Scalar {
      case "居", "列", "排", "跃", "升", "名", "获": return true
      default: break
      }
      if index == place - 1, isWhole(glyphs[index]) { return true }
      index -= 1
    }
    return false
  }

  /// The last character of a whole among whose parts one ranks: 全国第一, 全省第三.
  private func isWhole(_ scalar: Unicode.Scalar) -> Bool { "国省市区州球界部县地".unicodeScalars.contains(scalar) }
}
