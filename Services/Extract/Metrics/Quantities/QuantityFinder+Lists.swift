internal import Record

/// What holds for a list of values: bounds, and the unit behind its last.
extension QuantityFinder {
  /// Gives the numbers before a share that only 、 or 和 joins to it its unit: 0.4、0.2和-0.6个百分点.
  func sharingUnits(_ quantities: [Quantity]) -> [Quantity] {
    var list: [Quantity] = []
    for quantity in quantities {
      var shared: [Quantity] = []
      if quantity.kind == .percentPoints || quantity.kind == .percent, !quantity.unit.isEmpty {
        var next = quantity.range.lowerBound
        while shared.count < 8, let number = bareNumber(before: next) {
          var member = quantity
          member.range = number.range
          member.core = number.range
          member.amount = .value(number.value)
          member.bound = .exact
          member.rule = "listed"
          shared.append(member)
          next = number.range.lowerBound
        }
      }
      if let first = shared.last {
        while let last = list.last, last.range.upperBound > first.range.lowerBound { list.removeLast() }
      }
      shareCounter(of: quantity, with: &list)
      list += shared.reversed() + [quantity]
    }
    return list
  }

  /// Makes of the 个 before a difference of rates that only 、 or 和 joins to it one more of them: 1.5个、4个百分点.
  private func shareCounter(of quantity: Quantity, with list: inout [Quantity]) {
    guard quantity.kind == .percentPoints, quantity.unit.hasPrefix("个") else { return }
    var next = quantity
    for index in list.indices.reversed().prefix(8) {
      guard list[index].unit == "个", list[index].kind == .count, isBeside(list[index], next) else { return }
      list[index].unit = quantity.unit
      list[index].kind = quantity.kind
      next = list[index]
    }
  }

  /// The decimal that ends before the 、 or 和 before a place.
  private func bareNumber(before place: Int) -> (range: Range<Int>, value: ExactDecimal)? {
    guard place > 3, "、和与及".unicodeScalars.contains(glyphs[place - 1] as Unicode.Scalar) else { return nil }
    var start = place - 1
    while place - start < 12, Glyph.isDigit(glyphs[start - 1]) || glyphs[start - 1] == 0x2E { start -= 1 }
    guard let number = ArabicRun(glyphs, at: start), number.end == place - 1, number.value.scale > 0 else { return nil }
    let isNegative = glyphs[start - 1] == 0x2D && !Glyph.isDigit(glyphs[start - 2])
    let before: UInt32 = glyphs[isNegative ? start - 2 : start - 1]
    guard Glyph.isHan(before) || before == 0x3001 else { return nil }
    return isNegative
      ? (start - 1..<place - 1, ExactDecimal(-number.value.significand, scale: number.value.scale))
      : (start..<place - 1, number.value)
  }

  /// Gives each value of a list that only 、 or 和 joins the bound behind its last or apart before its first; ranges
  /// have none.
  func sharingBounds(_ quantities: [Quantity]) -> [Quantity] {
    var quantities = quantities
    var start = 0
    while start < quantities.count {
      var end = start
      while end + 1 < quantities.count, isJoined(quantities[end], quantities[end + 1]) { end += 1 }
      if end > start { shareBound(in: start...end, &quantities) }
      start = end + 1
    }
    return quantities
  }

  private func isJoined(_ left: Quantity, _ right: Quantity) -> Bool {
    left.kind == right.kind && isBeside(left, right)
  }

  /// Whether only 、 or 和 stands between two quantities.
  private func isBeside(_ left: Quantity, _ right: Quantity) -> Bool {
    right.range.lowerBound == left.range.upperBound + 1
      && "、和与及".unicodeScalars.contains(glyphs[left.range.upperBound] as Unicode.Scalar)
  }

  private func shareBound(in list: ClosedRange<Int>, _ quantities: inout [Quantity]) {
    let (first, last) = (list.lowerBound, list.upperBound)
    let (giver, takers) = quantities[last].boundPlace == .behind ? (last, first..<last) : (first, first + 1..<last + 1)
    guard giver == last || quantities[first].boundPlace == .front,
      takers.allSatisfy({ quantities[$0].bound == .exact })
    else { return }
    for index in takers where quantities[index].value != nil { quantities[index].bound = quantities[giver].bound }
  }
}
