internal import Record

/// Old and new values, and words of change.
extension Naming {
  /// Takes the words of change off the noun of an old value: 24家事业单位|整合为.
  func separatePair(_ index: Int, _ frames: inout [Frame]) {
    let place = pairEnd(frames[index].before)
    guard frames[index].sharesClause, let word = words.changes.pairs.match(glyphs, at: place) else { return }
    let after = frames[index - 1].after
    let rest = after.lowerBound..<max(after.lowerBound, min(after.upperBound, place - word.length))
    frames[index - 1].after = trimmer.after(rest).isEmpty ? after.lowerBound..<after.lowerBound : rest
  }

  /// Takes the words of change off a span of time: 3年|增长58.6%.
  func separateSpan(_ index: Int, _ frames: inout [Frame]) {
    let after = frames[index - 1].after
    guard frames[index - 1].quantity.kind == .duration, frames[index].sharesClause, !after.isEmpty,
      change(Phrase(after)) != nil
    else { return }
    frames[index - 1].after = after.lowerBound..<after.lowerBound
  }

  /// Takes from money what was done with it: 投资3亿元|实施管网改造, 投入5万元|在村口栽树.
  func separateOutlay(_ index: Int, _ frames: inout [Frame]) {
    let after = frames[index].after
    guard frames[index].quantity.kind == .money, !after.isEmpty, !frames[index].before.isEmpty,
      words.intransitives.match(glyphs, at: after.lowerBound) == nil
    else { return }
    let isPlaced = glyphs[after.lowerBound] == 0x5728 && words.kept.match(glyphs, at: after.lowerBound) == nil
    let isOutlay = isPlaced || trimmer.verbs(after) > after.lowerBound
    guard isOutlay, !trimmer.before(frames[index].before).isEmpty else { return }
    frames[index].after = after.lowerBound..<after.lowerBound
  }

  /// Takes from things that are counted what they did, where the next number measures it (12个项目|完成投资5亿元, 9个园区|开工率95%)
  /// or says of how many of them it holds (47项工程|新开工6项).
  func separateDeed(_ index: Int, _ frames: inout [Frame]) {
    let (frame, next) = (frames[index], frames[index + 1])
    let after = frame.after
    guard frame.quantity.kind == .count, next.sharesClause, next.bracket == frame.bracket, after.count > 3,
      glyphs[after.lowerBound] != 0x7684, bodyEnd(after) == nil, changeStart(after) == after.upperBound,
      let deed = deed(after)
    else { return }
    guard next.quantity.kind == .count ? isShare(deed, of: frame, next) : measures(next, frame) else { return }
    frames[index].after = after.lowerBound..<withoutAdverbs(after.lowerBound..<deed)
    frames[index].rules.append("deed")
  }

  /// Whether a number behind what some things did says how many of them did so: 47项工程新开工|6项.
  private func isShare(_ deed: Int, of frame: Frame, _ next: Frame) -> Bool {
    next.quantity.unit == frame.quantity.unit && frame.after.upperBound == next.quantity.range.lowerBound
      && trimmer.verbs(deed..<frame.after.upperBound) == frame.after.upperBound
  }

  /// Whether a number is the measure of what the things before did: no rank, and no other thing behind 、.
  private func measures(_ next: Frame, _ frame: Frame) -> Bool {
    next.quantity.kind != .rank && !next.before.contains { glyphs[$0] == 0x3001 && $0 >= frame.after.upperBound }
  }

  /// Where a verb begins that says what the things before it did: none that only tells of which kind they are (建设项目, 未就业).
  private func deed(_ range: Range<Int>) -> Int? {
    var place = range.lowerBound + 2
    while place < range.upperBound - 1 {
      let end = trimmer.verbs(place..<range.upperBound)
      guard end > place else {
        place += 1
        continue
      }
      let isKind =
        words.things.match(glyphs, at: end) != nil
        || "未已不在所拟待".unicodeScalars.contains(glyphs[place - 1] as Unicode.Scalar)
      if !isKind { return place }
      place = end
    }
    return nil
  }

  /// The end of a noun without the 累计, 按期 or 新 before the verb that follows.
  private func withoutAdverbs(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while let word = words.tails.match(glyphs, at: end), end - word.length > range.lowerBound + 1 { end -= word.length }
    return end > range.lowerBound + 2 && glyphs[end - 1] == 0x65B0 ? end - 1 : end
  }

  /// Where the words of change before a new value end: before 2015年的.
  func pairEnd(_ before: Range<Int>) -> Int {
    var end = before.upperBound
    if end > before.lowerBound, glyphs[end - 1] == 0x7684 { end -= 1 }
    if let start = trimmer.dateStart(endingAt: end), start >= before.lowerBound { return start }
    return before.upperBound
  }

  /// An old and a new value: 从89.05%提升至93.66%, 24家事业单位整合为6家.
  func pair(_ index: Int, _ frames: inout [Frame]) -> Bool {
    if frames[index].from != nil { return true }
    guard index > 0, frames[index].sharesClause, frames[index - 1].from == nil,
      frames[index].quantity.kind == frames[index - 1].quantity.kind,
      frames[index].before.count < 24, !startsAnew(index, frames),
      let word = words.changes.pairs.match(glyphs, at: pairEnd(frames[index].before))
    else { return false }
    let isDouble = isDoublePair(index, frames)
    link(index, to: isDouble ? index - 2 : index - 1, words.changes.direction(word.value), &frames)
    if isDouble { link(index + 1, to: index - 1, words.changes.direction(word.value), &frames) }
    return true
  }

  /// 检查量下降42.9%、|占比提升至70.6%: behind 、 stands another thing, unless 由 or 从 announced an old value.
  private func startsAnew(_ index: Int, _ frames: [Frame]) -> Bool {
    glyphs[frames[index].before.lowerBound] == 0x3001
      && !frames[index - 1].before.contains { glyphs[$0] == 0x7531 || glyphs[$0] == 0x4ECE }
  }

  /// 地区生产总值增长5.8%，|增速居全国第2位: the growth that was just stated is what the next words measure.
  func statedGrowth(_ core: Phrase, _ index: Int, _ frames: [Frame]) -> Phrase? {
    guard let first = core.first, !frames[index].sharesClause, words.growths.match(glyphs, at: first) != nil,
      let base = base(index, frames),
      base.direction != .none || frames[index - 1].isChange && frames[index - 1].direction != .none
    else { return nil }
    return unchanged(base.name)
  }

  /// 从甲和乙分别提高到丙和丁, 由120户310人减至20户41人: the first new value belongs to the first old one.
  private func isDoublePair(_ index: Int, _ frames: [Frame]) -> Bool {
    guard index > 1, index + 1 < frames.count else { return false }
    if areCounts(index - 2, frames), areCounts(index, frames) {
      return [index, index + 1].allSatisfy { frames[$0].quantity.unit == frames[$0 - 2].quantity.unit }
    }
    guard frames[index].before.contains(where: { glyphs.matches("分别", at: $0) }) else { return false }
    let kind = frames[index].quantity.kind
    return [index - 1, index + 1].allSatisfy { isJoined($0, frames) } && frames[index - 2].quantity.kind == kind
      && frames[index + 1].quantity.kind == kind
  }

  /// 120户|310人: whether two counts of one thing stand side by side.
  private func areCounts(_ index: Int, _ frames: [Frame]) -> Bool {
    frames[index].quantity.range.upperBound == frames[index + 1].quantity.range.lowerBound
      && frames[index].quantity.unit != frames[index + 1].quantity.unit
  }

  /// Whether only 和 or 、 stands between a quantity and the one before.
  func isJoined(_ index: Int, _ frames: [Frame]) -> Bool {
    frames[index].sharesClause && frames[index].before.count == 1
      && "、和与及".unicodeScalars.contains(glyphs[frames[index].before.lowerBound] as Unicode.Scalar)
  }

  private func link(_ index: Int, to old: Int, _ direction: Changes.Direction, _ frames: inout [Frame]) {
    frames[index].from = old
    frames[index].name = frames[old].name
    frames[index].verb = frames[old].verb
    frames[index].object = frames[old].object
    frames[index].direction = direction
    frames[index].rules.append("pair")
    frames[old].status = .prior
  }

  /// Whether a phrase is made of words of change alone, and which way it goes.
  func change(_ phrase: Phrase) -> Changes.Direction? {
    var direction: Changes.Direction?
    for piece in phrase.pieces {
      var place = piece.lowerBound
      while place < piece.upperBound {
        let isCompared = glyphs[place] == 0x4E0E || glyphs[place] == 0x540C
        if isCompared, let end = trimmer.date(at: place + 1) {
          place = end
          continue
        }
        if let end = trimmer.date(at: place) ?? quotedEnd(place), place > piece.lowerBound {
          place = end
          continue
        }
        guard let word = words.changes.before.match(glyphs, at: place) else { return nil }
        let next = words.changes.direction(word.value)
        if next != .none || direction == nil { direction = next }
        place += word.length
      }
    }
    return direction
  }

  /// Which way a value goes by the words of change at the end of its name: 财政支出|比去年增加.
  func growth(_ name: Phrase) -> Changes.Direction {
    guard let last = name.pieces.last, let start = changeStart(last) else { return .none }
    return change(Phrase(start..<last.upperBound)) ?? .none
  }

  /// The end of a quotation that starts at a place: 较“十三五”末.
  func quotedEnd(_ place: Int) -> Int? {
    guard glyphs[place] == 0x201C else { return nil }
    return (place..<place + 8).first { glyphs[$0] == 0x201D }.map { $0 + 1 }
  }
}
