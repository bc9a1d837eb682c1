internal import Record

/// What a part is a part of.
extension Arithmetic {
  /// The whole of a part: the quantity before its bracket, else the nearest one of its unit or kind in the sentence.
  func whole(of index: Int) -> Int? {
    let frame = frames[index]
    if let bracket = frame.bracket,
      let owner = (max(0, index - Self.reach)..<index).last(where: { frames[$0].quantity.range.upperBound <= bracket }),
      bracket - frames[owner].quantity.range.upperBound < 2
    {
      return owner
    }
    var place = index - 1
    var fallback: Int?
    let sum = listSum(from: index)
    while place >= max(0, index - 6), frames[place].sentence == frame.sentence {
      if isSame(place, index), !frames[place].isChange, !isExceeded(place, by: sum) { return place }
      if fallback == nil, mayHold(place, index) { fallback = place }
      place -= 1
    }
    return fallback ?? wholeBefore(index)
  }

  /// Whether a number of another unit can be the whole: 个 counts anything (1000个项目，其中水库7座).
  func mayHold(_ whole: Int, _ part: Int) -> Bool {
    let (a, b) = (frames[whole].quantity, frames[part].quantity)
    return a.kind == b.kind && (a.kind != .count || a.unit == "个" || b.unit == "个")
  }

  /// What a part and those that 、 joins to it make up together.
  func listSum(from index: Int) -> ExactDecimal? {
    guard var sum = frames[index].quantity.value else { return nil }
    var next = index + 1
    while next < min(frames.count, index + Self.reach), frames[next].sharesClause, isSame(next, index),
      frames[next].bracket == frames[index].bracket, let value = frames[next].quantity.value,
      glyphs[frames[next - 1].quantity.range.upperBound] == 0x3001
    {
      sum = sum + value
      next += 1
    }
    return sum
  }

  /// 移送23件，其中食品类612件: parts that exceed a number by far are not its parts.
  func isExceeded(_ whole: Int, by sum: ExactDecimal?) -> Bool {
    guard let sum, let total = frames[whole].quantity.value, frames[whole].quantity.bound == .exact else {
      return false
    }
    return total < sum && hasWhole(before: whole, of: sum)
  }

  private func isLess(_ left: Int, _ right: Int) -> Bool {
    guard let a = frames[left].quantity.value, let b = frames[right].quantity.value else { return false }
    return a < b
  }

  /// Whether another number before in the sentence holds a sum.
  func hasWhole(before index: Int, of sum: ExactDecimal) -> Bool {
    (max(0, index - 6)..<index).contains { place in
      frames[place].sentence == frames[index].sentence && isSame(place, index) && !frames[place].isChange
        && frames[place].quantity.value.map { !($0 < sum) } ?? false
    }
  }

  /// 财政赤字2.38万亿元，比上年增加2000亿元。其中，…: where 其中 opens a sentence, the whole stands in the one before.
  func wholeBefore(_ index: Int) -> Int? {
    let frame = frames[index]
    guard glyphs.matches("其中", at: frame.sentenceStart), frame.before.lowerBound - frame.sentenceStart < 4 else {
      return nil
    }
    return (max(0, index - 6)..<index).last { place in
      frames[place].sentence == frame.sentence - 1 && frames[place].quantity.unit == frame.quantity.unit
        && canBePart(place) && frames[place].quantity.kind == frame.quantity.kind && !isLess(place, index)
    }
  }
}
