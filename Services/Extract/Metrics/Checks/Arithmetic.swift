internal import Record

/// Relates quantities of one sentence by what the words and the numbers themselves make certain.
///
///     其中 / brackets   parts of the whole before
///     sum               consecutive quantities that add up to the one before them; 剩余 with what went before
///     ratio             a rate behind its numerator and its denominator
///     difference        a change behind an old and a new value
struct Arithmetic {
  let glyphs: Glyphs
  private(set) var frames: [Frame]
  private(set) var checks: [Check] = []
  /// No relation looks at more quantities than this, so that a sentence of thousands costs no more.
  private static let reach = 24

  init(_ glyphs: Glyphs, _ frames: [Frame]) {
    self.glyphs = glyphs
    self.frames = frames
  }

  mutating func run() {
    for index in frames.indices { findParts(index) }
    for index in frames.indices {
      findSum(index)
      findRemainder(index)
    }
    for index in frames.indices {
      findRatio(index)
      findDifference(index)
    }
    for index in frames.indices {
      guard let whole = frames[index].partOf, frames[whole].status == .planned else { continue }
      frames[index].status = .planned
    }
    checks.sort { $0.metrics.min() ?? 0 < $1.metrics.min() ?? 0 }
  }

  // MARK: Parts

  /// 其中 marks the first part; those after it that add up to the whole, or stand in the same bracket, are parts too.
  private mutating func findParts(_ index: Int) {
    if isWithinPrevious(index) { return setPart(index, index - 1) }
    guard isFirstPart(index), let whole = whole(of: index) else { return }
    setPart(index, whole)
    var sum = frames[index].quantity.value ?? ExactDecimal(0)
    var members = [index]
    var next = index + 1
    while next < min(frames.count, index + Self.reach), frames[next].sentence == frames[index].sentence,
      isSame(next, index)
    {
      guard frames[next].bracket == frames[index].bracket, let value = frames[next].quantity.value else { break }
      sum = sum + value
      members.append(next)
      if sum == frames[whole].quantity.value {
        for member in members { setPart(member, whole) }
        break
      }
      next += 1
    }
    next = index + 1
    while frames[index].bracket != nil, next < min(frames.count, index + Self.reach),
      frames[next].bracket == frames[index].bracket, isSame(next, index)
    {
      setPart(next, whole)
      next += 1
    }
  }

  /// 78件案件中，纠错16件: what is counted is among what was counted before.
  private func isWithinPrevious(_ index: Int) -> Bool {
    guard index > 0, frames[index - 1].sentence == frames[index].sentence, isSame(index - 1, index) else {
      return false
    }
    let after = frames[index - 1].after
    return after.count > 2 && glyphs[after.upperBound - 1] == 0x4E2D
      && frames[index].before.lowerBound - after.upperBound < 8
  }

  private mutating func setPart(_ index: Int, _ whole: Int) {
    if frames[index].partOf == nil { frames[index].partOf = whole }
  }

  private func isFirstPart(_ index: Int) -> Bool {
    let before = frames[index].before
    guard index > 0, !frames[index].measures, !frames[index].isChange else { return false }
    let start = max(frames[index - 1].quantity.range.upperBound, before.lowerBound - 2)
    return (start..<max(start, before.upperBound - 1)).contains { glyphs.matches("其中", at: $0) }
  }

  /// The whole of a part: the quantity before its bracket, else the nearest one of its unit or kind in the sentence.
  private func whole(of index: Int) -> Int? {
    let frame = frames[index]
    if let bracket = frame.bracket,
      let owner = (max(0, index - Self.reach)..<index).last(where: { frames[$0].quantity.range.upperBound <= bracket }),
      bracket - frames[owner].quantity.range.upperBound < 2
    {
      return owner
    }
    var place = index - 1
    var fallback: Int?
    while place >= max(0, index - 4), frames[place].sentence == frame.sentence {
      if isSame(place, index), !frames[place].isChange { return place }
      if fallback == nil, frames[place].quantity.kind == frame.quantity.kind { fallback = place }
      place -= 1
    }
    return fallback
  }

  // MARK: Sums

  /// Two or more quantities that follow and add up exactly.
  private mutating func findSum(_ index: Int) {
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
  private mutating func checkBracket(_ index: Int) {
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

  private mutating func addSum(_ whole: Int, _ parts: [Int], _ sum: ExactDecimal, _ verdict: Check.Verdict) {
    guard let stated = frames[whole].quantity.value else { return }
    checks.append(Check(.sum, [whole] + parts, computed: sum, stated: stated, verdict: verdict))
  }

  /// 剩余98项: with an earlier part it makes up the whole.
  private mutating func findRemainder(_ index: Int) {
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

  private func isRemainder(_ before: Range<Int>) -> Bool {
    before.contains { glyphs.matches("剩余", at: $0) || glyphs.matches("其余", at: $0) || glyphs.matches("余下", at: $0) }
  }

  private func canAdd(_ index: Int) -> Bool {
    let frame = frames[index]
    guard frame.quantity.bound == .exact, !frame.isChange, frame.from == nil else { return false }
    switch frame.quantity.kind {
    case .count, .money, .area, .length, .mass, .other: return true
    default: return false
    }
  }

  // MARK: Ratios

  /// The numerator and denominator of a rate, among the quantities shortly before it.
  private mutating func findRatio(_ index: Int) {
    let frame = frames[index]
    guard frame.quantity.kind == .percent, frame.quantity.bound == .exact, !frame.isChange || isShare(frame),
      frame.from == nil, let rate = frame.quantity.value, isRate(frame)
    else { return }
    let nearest = candidates(before: index)
    for numerator in nearest.prefix(2) {
      for denominator in nearest where denominator < numerator && isSame(numerator, denominator) {
        guard let verdict = verdict(numerator, denominator, rate, step(index)), verdict.0 != .inconsistent else {
          continue
        }
        checks.append(
          Check(.ratio, [numerator, denominator, index], computed: verdict.1, stated: rate, verdict: verdict.0))
        if frames[numerator].partOf == nil { frames[numerator].partOf = denominator }
        return
      }
    }
  }

  /// The counts before a rate in its sentence and the one before, nearest first.
  private func candidates(before index: Int) -> [Int] {
    var found: [Int] = []
    var place = index - 1
    while place >= max(0, index - 6), frames[place].sentence >= frames[index].sentence - 1 {
      if canAdd(place), frames[place].status == frames[index].status || frames[index].status == .actual {
        found.append(place)
      }
      place -= 1
    }
    return found
  }

  private func isShare(_ frame: Frame) -> Bool { frame.rules.contains("share") }

  private func isRate(_ frame: Frame) -> Bool {
    isShare(frame) || frame.before.contains { glyphs[$0] == 0x7387 || glyphs[$0] == 0x5360 || glyphs[$0] == 0x6BD4 }
  }

  private func verdict(_ numerator: Int, _ denominator: Int, _ rate: ExactDecimal, _ step: ExactDecimal)
    -> (Check.Verdict, ExactDecimal)?
  {
    guard let part = frames[numerator].quantity.value, let whole = frames[denominator].quantity.value,
      ExactDecimal(0) < part, part < whole || part == whole && rate == ExactDecimal(100)
    else { return nil }
    let exact = (part * ExactDecimal(100)).divided(by: whole, places: 8, rounded: 8)
    let stated = exact.divided(by: ExactDecimal(1), places: 4, rounded: 4)
    return (Self.verdict(exact, rate, step, slack: ExactDecimal(0)), stated)
  }

  /// Rounding explains half a step of the stated number, cutting digits a whole one.
  static func verdict(_ exact: ExactDecimal, _ stated: ExactDecimal, _ step: ExactDecimal, slack: ExactDecimal)
    -> Check.Verdict
  {
    let gap = exact - stated
    let size = gap < ExactDecimal(0) ? -gap : gap
    if !(step * ExactDecimal(5, scale: 1) + slack < size) { return .consistent }
    return ExactDecimal(0) < gap && gap < step ? .truncated : .inconsistent
  }

  // MARK: Differences

  /// The change stated behind an old and a new value.
  private mutating func findDifference(_ index: Int) {
    guard let from = frames[index].from, let new = frames[index].quantity.value, let old = frames[from].quantity.value
    else { return }
    var next = index + 1
    while next < min(frames.count, index + 3), frames[next].sentence == frames[index].sentence {
      if frames[next].isChange, isDelta(next, of: index), let delta = frames[next].quantity.value {
        let exact = magnitude(new - old)
        let slack = (step(from) + step(index)) * ExactDecimal(5, scale: 1)
        let isExact = exact == delta
        let verdict = Self.verdict(exact, delta, step(next), slack: isExact ? ExactDecimal(0) : slack)
        checks.append(Check(.difference, [from, index, next], computed: exact, stated: delta, verdict: verdict))
        return
      }
      next += 1
    }
  }

  private func isDelta(_ index: Int, of value: Int) -> Bool {
    let kind = frames[value].quantity.kind
    if kind == .percent { return frames[index].quantity.kind == .percentPoints }
    return frames[index].quantity.kind == kind && frames[index].quantity.unit == frames[value].quantity.unit
  }

  // MARK: Values

  /// Whether two quantities count the same kind of thing.
  private func isSame(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (frames[left].quantity, frames[right].quantity)
    guard a.kind == b.kind else { return false }
    if a.unit == b.unit || a.unit.isEmpty || b.unit.isEmpty { return true }
    return Self.unitClass(a.unit) != nil && Self.unitClass(a.unit) == Self.unitClass(b.unit)
  }

  /// Units that count the same things: 人 and 名, 件 and 起.
  private static func unitClass(_ unit: String) -> Int? {
    switch unit {
    case "人", "名", "位": 1
    case "件", "起", "宗": 2
    case "家", "户": 3
    default: nil
    }
  }

  private func magnitude(_ value: ExactDecimal) -> ExactDecimal { value < ExactDecimal(0) ? -value : value }

  /// The value of the last digit written: 0.01 of 95.85%, 100 of 7.89万.
  private func step(_ index: Int) -> ExactDecimal {
    var decimals = 0
    var isFraction = false
    var exponent = 0
    for place in frames[index].quantity.core {
      let scalar: UInt32 = glyphs[place]
      if Glyph.isDigit(scalar) {
        if isFraction { decimals += 1 }
      } else if scalar == 0x2E || scalar == 0xB7 {
        isFraction = true
      } else if Sign.isMagnitude(Sign.of(scalar)) {
        exponent += Sign.exponent(Sign.of(scalar))
      } else if decimals + exponent > 0 {
        break
      }
    }
    return ExactDecimal(1, scale: decimals - exponent)
  }
}
