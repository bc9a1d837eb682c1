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
      if frames[next].isChange || frames[next].measures || isOther(next, index) {
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

  /// 其中，麦类产量5万吨，增长2%；薯类产量1万吨，…: values of one measure, each with its change, are parts as long as they do
  /// not exceed the whole; a second 其中 opens a list within the list, up to the next ；.
  mutating func findListed(_ first: Int) {
    guard isFirstPart(first), let whole = frames[first].partOf, let total = frames[whole].quantity.value,
      var sum = frames[first].quantity.value, let measure = measure(first)
    else { return }
    var isNested = false
    for next in first + 1..<max(first + 1, min(frames.count, first + Self.reach)) {
      guard frames[next].sentence == frames[first].sentence else { return }
      let gap = frames[next - 1].quantity.range.upperBound..<frames[next].quantity.range.lowerBound
      if gap.contains(where: { glyphs[$0] == 0x3B }) { isNested = false }
      if isFirstPart(next) { isNested = true }
      if isNested || frames[next].isChange || frames[next].measures { continue }
      guard isSame(next, first), self.measure(next) == measure, let value = frames[next].quantity.value else { return }
      sum = sum + value
      guard !(total + step(whole) * ExactDecimal(2) < sum) else { return }
      setPart(next, whole)
    }
  }

  /// The measure that a name ends with.
  private func measure(_ index: Int) -> Int? {
    frames[index].name.pieces.last.flatMap { ClauseWords.shared.measures.match(glyphs, at: $0.upperBound)?.value }
  }

  /// 31户|62人, 案件5件，罚款|8万元: what is said of a part besides, in another unit.
  private func isOther(_ index: Int, _ first: Int) -> Bool {
    frames[index].quantity.kind != frames[first].quantity.kind
      || !isSame(index, first) && frames[index - 1].quantity.range.upperBound == frames[index].quantity.range.lowerBound
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
}
