internal import Record

/// Rates and differences with the numbers that they are made of.
extension Arithmetic {
  /// The numerator and denominator of a rate, among the quantities shortly before it.
  mutating func findRatio(_ index: Int) {
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
  func candidates(before index: Int) -> [Int] {
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

  func isShare(_ frame: Frame) -> Bool { frame.rules.contains("share") }

  func isRate(_ frame: Frame) -> Bool {
    isShare(frame) || frame.before.contains { glyphs[$0] == 0x7387 || glyphs[$0] == 0x5360 || glyphs[$0] == 0x6BD4 }
  }

  func verdict(_ numerator: Int, _ denominator: Int, _ rate: ExactDecimal, _ step: ExactDecimal)
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

  /// The change stated behind an old and a new value.
  mutating func findDifference(_ index: Int) {
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

  func isDelta(_ index: Int, of value: Int) -> Bool {
    let kind = frames[value].quantity.kind
    if kind == .percent { return frames[index].quantity.kind == .percentPoints }
    if kind == .rank { return frames[index].quantity.kind == .count }
    return frames[index].quantity.kind == kind && frames[index].quantity.unit == frames[value].quantity.unit
  }
}
