internal import Record

/// What looks like a quantity and is none.
extension QuantityFinder {
  /// 近五年, 未来三年, 前10位: after these words a number of years is a time, a number of places a rank.
  func isPeriod(_ draft: Quantity, _ numeral: Numeral) -> Bool {
    let before: UInt32 = glyphs[numeral.range.lowerBound - 1]
    if before == 0x524D, draft.unit == "位" || draft.unit == "名" { return true }
    return draft.kind == .duration && draft.unit == "年"
  }

  func isExcluded(_ draft: Quantity, _ numeral: Numeral) -> Bool {
    let end = draft.range.upperBound
    if glyphs[end] == 0x7EA7, !glyphs.matches("级联", at: end) { return true }
    if draft.unit == "年", isDate(draft, numeral) { return true }
    if draft.unit == "日", !isSpanOfDays(draft) { return true }
    if draft.unit == "分" || draft.unit == "点", isTime(draft, numeral) { return true }
    if draft.unit == "层", Glyph.isDigit(glyphs[end]) { return true }
    if draft.unit == "次", isSession(before: numeral.range.lowerBound) { return true }
    if draft.unit == "期", numeral.form != .arabic || Glyph.isHan(glyphs[end]) { return true }
    if draft.unit == "大", words.terms.length(glyphs, at: numeral.range.lowerBound) != nil { return true }
    return isLoneOne(draft, numeral)
  }

  /// 2020年, 21年12月, 5年前, 三年来, 奋发进取的五年, 第一个五年, 关键五年.
  private func isDate(_ draft: Quantity, _ numeral: Numeral) -> Bool {
    let isYear =
      numeral.form == .arabic && numeral.length == 4 && ExactDecimal(1900) < numeral.low
      && numeral.low < ExactDecimal(2101)
    if isYear || Glyph.isDigit(glyphs[draft.range.upperBound]) { return true }
    let next: UInt32 = glyphs[draft.range.upperBound]
    let before: UInt32 = glyphs[numeral.range.lowerBound - 1]
    if before == 0x4E2A || before == 0x952E { return true }
    if Glyph.endsClause(before) || before == 0x3001, "共累新总投实发建".unicodeScalars.contains(where: { $0.value == next }) {
      return true
    }
    if glyphs[numeral.range.lowerBound - 1] == 0x7684, !Glyph.isHan(next) { return true }
    if next == 0x4EE5 { return glyphs[draft.range.upperBound + 1] == 0x6765 }
    if next == 0x591A,
      glyphs.matches("多来", at: draft.range.upperBound) || glyphs.matches("多以来", at: draft.range.upperBound)
    {
      return true
    }
    return "来间代初末底度级份版报前后".unicodeScalars.contains { $0.value == next }
  }

  /// Days are a duration where a word says so, else a date.
  private func isSpanOfDays(_ draft: Quantity) -> Bool {
    let end = draft.range.upperBound
    return glyphs[end] == 0x5185 || glyphs.matches("以内", at: end) || glyphs.matches("之内", at: end)
      || glyphs.matches("以上", at: end) || glyphs.matches("的", at: end) && glyphs[draft.range.lowerBound - 1] != 0x6708
  }

  /// 十二届七次, and the next in 七次、八次全会: the numbers of meetings.
  private func isSession(before place: Int) -> Bool {
    let start = place - 40
    var place = place
    while place > start, glyphs[place - 1] == 0x3001 || glyphs[place - 1] == 0x548C, glyphs[place - 2] == 0x6B21 {
      place -= 2
      while place > 0, Sign.of(glyphs[place - 1]) != 0 { place -= 1 }
    }
    return glyphs[place - 1] == 0x5C4A
  }

  /// 9时30分, 9:30, 上午9点, 3点前.
  private func isTime(_ draft: Quantity, _ numeral: Numeral) -> Bool {
    let place = numeral.range.lowerBound
    let before: UInt32 = glyphs[place - 1]
    if draft.unit == "点" {
      return numeral.low < ExactDecimal(25)
        && ("午上晚晨天日".unicodeScalars.contains { $0.value == before }
          || "前后钟半整至许".unicodeScalars.contains(glyphs[draft.range.upperBound] as Unicode.Scalar))
    }
    return before == 0x65F6 || before == 0x70B9 || before == 0x3A && Glyph.isDigit(glyphs[place - 2])
  }

  /// 一 is an article (一个, 一批) unless it measures: 一倍, 一个百分点, 一个月内, 只设一个.
  private func isLoneOne(_ draft: Quantity, _ numeral: Numeral) -> Bool {
    guard numeral.length == 1, glyphs[numeral.range.lowerBound] == 0x4E00, !numeral.isOpen, draft.bound == .exact else {
      return false
    }
    switch draft.kind {
    case .percentPoints, .percent, .money, .age: return false
    case .ratio: return false
    case .duration:
      if draft.amount != .value(numeral.low) { return false }
      let word = words.bounds.back(glyphs, at: draft.range.upperBound)
      return word.map { !fits($0, after: draft) } ?? true
    default: return !limits(before: numeral.range.lowerBound)
    }
  }

  /// 只, 仅 or 唯一 shortly before: then 一 counts.
  private func limits(before place: Int) -> Bool {
    for index in stride(from: place - 1, through: max(0, place - 3), by: -1) {
      if Glyph.endsClause(glyphs[index]) { return false }
      if glyphs[index] == 0x53EA || glyphs[index] == 0x4EC5 {
        return glyphs[index + 1] != 0x662F && glyphs[index + 1] != 0x8981
      }
    }
    return false
  }

  /// The last word: whether a quantity with all its bounds may stand where it stands.
  func accepts(_ quantity: Quantity, _ numeral: Numeral) -> Bool {
    if numeral.form == .bare, !measuresBare(quantity) { return false }
    if quantity.isWeak, quantity.kind == .count, quantity.unit.isEmpty, quantity.rule == "unitless" {
      return hasCounterBefore(quantity)
    }
    switch zones[numeral.range.lowerBound] {
    case .free: return true
    case .quoted:
      return numeral.form == .arabic && quantity.kind != .count && quantity.kind != .other && quantity.kind != .rank
    case .named, .closed: return false
    }
  }

  /// A magnitude alone measures only where a word bounds it: 上百件, 超千亿元.
  private func measuresBare(_ quantity: Quantity) -> Bool {
    if quantity.bound != .exact, quantity.bound != .atMost { return true }
    let start = quantity.range.lowerBound
    return glyphs.matches("达", at: start - 1) || glyphs.matches("达到", at: start - 2)
  }

  /// Whether another number with a unit stands shortly before in the same sentence: 收到5件，受理3.
  private func hasCounterBefore(_ quantity: Quantity) -> Bool {
    var index = quantity.range.lowerBound - 1
    while index > quantity.range.lowerBound - 16, !Glyph.endsSentence(glyphs[index]) {
      if Glyph.isDigit(glyphs[index]), words.units.unit(glyphs, at: index + 1)?.unit.kind == .count { return true }
      index -= 1
    }
    return false
  }
}
