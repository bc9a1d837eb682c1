internal import Record

/// Parts of a whole by words, and sums by numbers.
extension Arithmetic {
  /// 其中 marks the first part; those after it that add up to the whole, or stand in the same bracket, are parts too.
  mutating func findParts(_ index: Int) {
    if isWithinPrevious(index) { return setPart(index, index - 1) }
    guard isFirstPart(index), let whole = whole(of: index) else { return }
    setPart(index, whole)
    var sum = frames[index].quantity.value ?? ExactDecimal(0)
    var members = [index]
    var next = index + 1
    while next < min(frames.count, index + Self.reach), frames[next].sentence == frames[index].sentence {
      if frames[next].isChange || frames[next].measures {
        next += 1
        continue
      }
      guard isSame(next, index) else { break }
      guard frames[next].bracket == frames[index].bracket, let value = frames[next].quantity.value else { break }
      sum = sum + value
      members.append(next)
      if sum == frames[whole].quantity.value {
        for member in members { setPart(member, whole) }
        if members != Array(whole + 1...whole + members.count) { addSum(whole, members, sum, .consistent) }
        break
      }
      next += 1
    }
    next = index + 1
    while next < min(frames.count, index + Self.reach), isSibling(next, index) {
      setPart(next, whole)
      next += 1
    }
    if frames[index].bracket == nil { checkExcess(whole, index..<next) }
  }

  /// Whether a quantity goes on with the list that 其中 opened: in its bracket, or behind 、, or with the same form of words.
  func isSibling(_ index: Int, _ first: Int) -> Bool {
    guard frames[index].bracket == frames[first].bracket, frames[index].sentence == frames[first].sentence,
      isSame(index, first), !frames[index].isChange, !frames[index].measures, frames[index].from == nil
    else { return false }
    if frames[first].bracket != nil { return true }
    let gap = frames[index - 1].quantity.range.upperBound..<frames[index].quantity.range.lowerBound
    guard gap.allSatisfy({ glyphs[$0] != 0x3B }) else { return false }
    if gap.contains(where: { glyphs[$0] == 0x2C }) {
      return [index, first].allSatisfy { frames[$0].rules.contains("verb") }
    }
    return gap.contains { glyphs[$0] == 0x3001 }
  }

  /// 78件案件中，纠错16件: what is counted is among what was counted before.
  func isWithinPrevious(_ index: Int) -> Bool {
    guard index > 0, frames[index - 1].sentence == frames[index].sentence, isSame(index - 1, index) else {
      return false
    }
    let after = frames[index - 1].after
    return after.count > 2 && glyphs[after.upperBound - 1] == 0x4E2D
      && frames[index].before.lowerBound - after.upperBound < 8
  }

  mutating func setPart(_ index: Int, _ whole: Int) {
    if frames[index].partOf == nil { frames[index].partOf = whole }
  }

  func isFirstPart(_ index: Int) -> Bool {
    let before = frames[index].before
    guard index > 0, canBePart(index) else { return false }
    let start = max(frames[index - 1].quantity.range.upperBound, before.lowerBound - 3)
    return (start..<max(start, before.upperBound - 1)).contains { glyphs.matches("其中", at: $0) }
  }

  /// Whether a quantity counts things that can be among others: no rate, age or span of time, and not what only stands
  /// before the thing whose share follows (其中5项指标超标断面占73%).
  func canBePart(_ index: Int) -> Bool {
    let frame = frames[index]
    guard !frame.measures, !frame.isChange, frame.quantity.kind != .age, frame.quantity.kind != .duration else {
      return false
    }
    return !frame.after.dropFirst(2).contains { glyphs[$0] == 0x5360 }
  }

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
  private func mayHold(_ whole: Int, _ part: Int) -> Bool {
    let (a, b) = (frames[whole].quantity, frames[part].quantity)
    return a.kind == b.kind && (a.kind != .count || a.unit == "个" || b.unit == "个")
  }

  /// What a part and those that 、 joins to it make up together.
  private func listSum(from index: Int) -> ExactDecimal? {
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
  private func isExceeded(_ whole: Int, by sum: ExactDecimal?) -> Bool {
    guard let sum, let total = frames[whole].quantity.value, frames[whole].quantity.bound == .exact else {
      return false
    }
    return total < sum && hasWhole(before: whole, of: sum)
  }

  /// Whether another number before in the sentence holds a sum.
  private func hasWhole(before index: Int, of sum: ExactDecimal) -> Bool {
    (max(0, index - 6)..<index).contains { place in
      frames[place].sentence == frames[index].sentence && isSame(place, index) && !frames[place].isChange
        && frames[place].quantity.value.map { !($0 < sum) } ?? false
    }
  }

  /// 财政赤字2.38万亿元，比上年增加2000亿元。其中，…: where 其中 opens a sentence, the whole stands in the one before.
  private func wholeBefore(_ index: Int) -> Int? {
    let frame = frames[index]
    guard glyphs.matches("其中", at: frame.sentenceStart), frame.before.lowerBound - frame.sentenceStart < 4 else {
      return nil
    }
    return (max(0, index - 6)..<index).last { place in
      frames[place].sentence == frame.sentence - 1 && frames[place].quantity.unit == frame.quantity.unit
        && canBePart(place) && frames[place].quantity.kind == frame.quantity.kind
    }
  }

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

  private func isTotal(_ before: Range<Int>) -> Bool {
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
