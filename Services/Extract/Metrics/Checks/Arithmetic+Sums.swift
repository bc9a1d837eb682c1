internal import Record

/// Sums by numbers alone.
extension Arithmetic {
  /// Two or more quantities that follow and add up exactly.
  mutating func findSum(_ index: Int) {
    guard let total = frames[index].quantity.value, canAdd(index), ExactDecimal(3) < total else { return }
    var sum = ExactDecimal(0)
    var members: [Int] = []
    var next = index + 1
    while next < frames.count, next < index + 12, frames[next].sentence == frames[index].sentence, isSame(next, index),
      canAdd(next), let value = frames[next].quantity.value
    {
      if frames[next].quantity.unit.isEmpty != frames[index].quantity.unit.isEmpty, members.count > 3 { break }
      sum = sum + value
      members.append(next)
      if !(sum < total) { break }
      next += 1
    }
    guard members.count > 1, sum == total else { return checkBracket(index) }
    for member in members { setPart(member, index) }
    addSum(index, members, sum, .consistent)
  }

  /// All parts in a bracket behind a whole, that should add up and do not.
  mutating func checkBracket(_ index: Int) {
    let members = (index + 1..<min(frames.count, index + Self.reach)).prefix {
      frames[$0].partOf == index && frames[$0].bracket != nil
    }
    guard members.count > 1, let total = frames[index].quantity.value, frames[index].quantity.bound == .exact else {
      return
    }
    let values = members.compactMap { frames[$0].quantity.value }
    guard values.count == members.count, members.allSatisfy({ frames[$0].quantity.bound == .exact }) else { return }
    let sum = values.reduce(ExactDecimal(0), +)
    let slack = members.reduce(step(index)) { $0 + step($1) } * ExactDecimal(5, scale: 1)
    let gap = magnitude(sum - total)
    let isRounded = !(slack < gap) && step(index) != ExactDecimal(1)
    guard isRounded || total < sum || gap * ExactDecimal(50) < total else { return }
    addSum(index, Array(members), sum, isRounded ? .consistent : .inconsistent)
  }

  /// Parts of one list that exceed their whole: 5.5万亩，其中新建3.1万亩、改造提升2.6万亩. Outcomes exclude each other; people
  /// and things may be counted under two heads, and a list that exceeds by much is one of something else.
  mutating func checkExcess(_ whole: Int, _ parts: Range<Int>) {
    guard parts.count > 1, canAdd(whole), parts.allSatisfy({ canAdd($0) && frames[$0].partOf == whole }),
      parts.allSatisfy({ frames[$0].rules.contains("verb") }), let total = frames[whole].quantity.value
    else { return }
    let sum = parts.compactMap { frames[$0].quantity.value }.reduce(ExactDecimal(0), +)
    let isExact = step(whole) == ExactDecimal(1)
    let slack = isExact ? ExactDecimal(0) : parts.reduce(step(whole)) { $0 + step($1) } * ExactDecimal(5, scale: 1)
    guard slack < sum - total, (sum - total) * ExactDecimal(4) < total else { return }
    addSum(whole, Array(parts), sum, .inconsistent)
  }

  /// 甲类15件、乙类20件，合计35件: a whole that stands behind its parts.
  mutating func findTotal(_ index: Int) {
    guard let total = frames[index].quantity.value, canAdd(index), isTotal(frames[index].before) else { return }
    var sum = ExactDecimal(0)
    var place = index - 1
    while place >= max(0, index - 12), frames[place].sentence == frames[index].sentence, isSame(place, index),
      canAdd(place), let value = frames[place].quantity.value, sum < total
    {
      sum = sum + value
      if sum == total, place < index - 1 {
        for part in place..<index { setPart(part, index) }
        return addSum(index, Array(place..<index), sum, .consistent)
      }
      place -= 1
    }
  }

  func isTotal(_ before: Range<Int>) -> Bool {
    before.contains { glyphs.matches("合计", at: $0) || glyphs.matches("共计", at: $0) || glyphs.matches("总计", at: $0) }
  }

  mutating func addSum(_ whole: Int, _ parts: [Int], _ sum: ExactDecimal, _ verdict: Check.Verdict) {
    guard let stated = frames[whole].quantity.value else { return }
    checks.append(Check(.sum, [whole] + parts, computed: sum, stated: stated, verdict: verdict))
  }

  /// 剩余98项: with an earlier part it makes up the whole.
  mutating func findRemainder(_ index: Int) {
    guard let rest = frames[index].quantity.value, canAdd(index), isRemainder(frames[index].before) else { return }
    let near = max(0, index - Self.reach)
    let start = (near..<index).first { frames[$0].sentence == frames[index].sentence } ?? index
    for whole in start..<index where isSame(whole, index) && canAdd(whole) {
      for part in whole + 1..<max(whole + 1, index) where isSame(part, index) && canAdd(part) {
        guard !checks.suffix(Self.reach).contains(where: { $0.kind == .sum && $0.metrics[0] == whole }) else {
          continue
        }
        guard let total = frames[whole].quantity.value, let value = frames[part].quantity.value, value + rest == total
        else { continue }
        setPart(part, whole)
        setPart(index, whole)
        return addSum(whole, [part, index], total, .consistent)
      }
    }
  }

  func isRemainder(_ before: Range<Int>) -> Bool {
    before.contains { glyphs.matches("剩余", at: $0) || glyphs.matches("其余", at: $0) || glyphs.matches("余下", at: $0) }
  }

  func canAdd(_ index: Int) -> Bool {
    let frame = frames[index]
    guard frame.quantity.bound == .exact, !frame.isChange, frame.from == nil else { return false }
    switch frame.quantity.kind {
    case .count, .money, .area, .length, .mass, .other: return true
    default: return false
    }
  }
}
