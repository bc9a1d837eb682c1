internal import Record

/// Gives each quantity its name: the shortest words of the sentence that make the number readable in a table.
///
///     noun before  受理工单 7.89万件            the words before, without subject, time and adverbs
///     noun after   开展 62次 双随机抽查         the verb before and the noun after
///     verb alone   受理…申请63件，审结 56件     the verb with the object of the quantity before
///     list         从轻处罚案件472件、减轻处罚 153件   the verb of the first
///     nothing      3批次、 2100余人次           the name of the quantity before
///     change       …达到 5亿元，同比增长 8%     the name of the quantity before with the words of change
///     container    47个 部门的…事项1799项       the name of the quantity after, 的, and the noun
struct Naming {
  let glyphs: Glyphs
  let words: ClauseWords
  let trimmer: Trimmer

  func name(_ frames: inout [Frame]) {
    for index in frames.indices.dropFirst() { separatePair(index, &frames) }
    for index in frames.indices { name(index, &frames) }
    for index in frames.indices { distribute(index, &frames) }
    for index in frames.indices.reversed() { sharePredicate(index, &frames) }
    for index in frames.indices.reversed() { nameContainer(index, &frames) }
  }

  private func name(_ index: Int, _ frames: inout [Frame]) {
    if pair(index, &frames) { return }
    var frame = frames[index]
    let core = core(index, frames)
    let previous = previous(index, frames)
    if frame.precedes, !frame.measures || core.isEmpty {
      nameFromNoun(core, &frame, previous)
    } else if let start = core.first, glyphs[start] == 0x5360, let base = base(index, frames) {
      frame.isChange = true
      frame.name = base.name + core
      frame.rules.append("share")
    } else if frame.quantity.kind == .rank, isPlaceAlone(core), let base = base(index, frames) {
      frame.isChange = true
      frame.name = base.name + core
      frame.rules.append("rank")
    } else if let change = change(core) {
      frame.isChange = true
      frame.direction = change
      frame.name = (base(index, frames)?.name ?? Phrase()) + core
      frame.rules.append("change")
    } else if core.isEmpty, let words = clauseBefore(frame, previous) {
      frame.name = words
      frame.object = words
      frame.rules.append("clause")
    } else if core.isEmpty {
      frame.name = previous?.name ?? Phrase()
      frame.object = previous?.object ?? Phrase()
      frame.verb = previous?.verb ?? Phrase()
      frame.rules.append("nothing")
    } else {
      nameFromWords(core, &frame, previous)
    }
    frames[index] = frame
  }

  /// The quantity before in the same sentence; one in a bracket of its own is passed over.
  private func previous(_ index: Int, _ frames: [Frame]) -> Frame? {
    var place = index - 1
    while place >= max(0, index - 12), frames[place].sentence == frames[index].sentence {
      if frames[place].bracket == nil || frames[place].bracket == frames[index].bracket { return frames[place] }
      if let bracket = frames[index].bracket, frames[place].quantity.range.upperBound <= bracket {
        return frames[place]
      }
      place -= 1
    }
    return nil
  }

  /// The quantity that a change is one of: the last in the sentence that is no change itself.
  private func base(_ index: Int, _ frames: [Frame]) -> Frame? {
    var place = index - 1
    while place >= max(0, index - 6), frames[place].sentence == frames[index].sentence {
      if !frames[place].isChange { return frames[place] }
      place -= 1
    }
    return nil
  }

  /// The words before the number; after a number with its noun, from the first verb on.
  private func core(_ index: Int, _ frames: [Frame]) -> Phrase {
    let frame = frames[index]
    if frame.sharesClause, index > 0, frames[index - 1].precedes { return afterNoun(index, frames) }
    let core = trimmer.before(frame.precedes && !frame.measures ? trimmer.afterPreposition(frame.before) : frame.before)
    return withoutSubject(trimmer.withoutExamples(core, endsBeforeNumber: frame.precedes && !frame.measures), frame)
  }

  /// The words between the noun of the quantity before and this number.
  private func afterNoun(_ index: Int, _ frames: [Frame]) -> Phrase {
    let range = frames[index].before
    let noun = frames[index - 1].after
    let rest = noun.upperBound..<range.upperBound
    if !rest.isEmpty, trimmer.before(rest).isEmpty { return Phrase() }
    if let end = containerEnd(range) {
      let isPossessed = glyphs[end] == 0x7684
      let words = trimmer.before(end..<range.upperBound)
      return isPossessed && !frames[index].precedes ? frames[index - 1].verb + words : words
    }
    guard let verb = trimmer.firstVerb(range) else { return trimmer.before(rest) }
    return trimmer.before(verb..<range.upperBound)
  }

  /// The end of the noun that opens a range, where it holds what is counted next: 区直部门, 方面.
  private func containerEnd(_ range: Range<Int>) -> Int? {
    for place in range.lowerBound..<min(range.upperBound, range.lowerBound + 7) {
      if let match = words.containers.match(glyphs, at: place), place + match.length < range.upperBound {
        return place + match.length
      }
    }
    return nil
  }

  /// A long subject is not the shortest name: 市委…、市政府…会议开展专题学习.
  private func withoutSubject(_ core: Phrase, _ frame: Frame) -> Phrase {
    guard core.count > 12, let first = core.pieces.first, trimmer.verbs(first) == first.lowerBound else { return core }
    let last = first.last { glyphs[$0] == 0x3001 } ?? first.lowerBound
    guard !isMeasure(core), let verb = trimmer.firstVerb(last..<first.upperBound), verb < first.upperBound - 2 else {
      return core
    }
    return verb - first.lowerBound > 9 ? Phrase([verb..<first.upperBound] + core.pieces.dropFirst()) : core
  }

  /// 甲、乙分别增长 1%、2%: as many values as things; each takes its own.
  private func distribute(_ index: Int, _ frames: inout [Frame]) {
    var last = index
    while last + 1 < frames.count, last - index < 8, frames[last + 1].sharesClause,
      frames[last + 1].quantity.kind == frames[index].quantity.kind,
      frames[last + 1].before.allSatisfy({ "、和,与及".unicodeScalars.contains(glyphs[$0] as Unicode.Scalar) })
    {
      last += 1
    }
    guard last > index, frames[index].name.pieces.count < 4, !frames[index].precedes || frames[index].measures else {
      return
    }
    if index > 0, frames[index].sharesClause, frames[index].before.count < 2 { return }
    let before = frames[index].before
    let mark = before.first { glyphs.matches("分别", at: $0) }
    let own = frames[index].name.pieces.filter { before.contains($0.lowerBound) }
    let subject = Phrase(own.filter { piece in mark.map { piece.lowerBound < $0 } ?? true })
    let predicate = Phrase(own.filter { piece in mark.map { piece.lowerBound >= $0 } ?? false })
    let items = items(subject)
    if items.count == last - index + 1 {
      for place in index...last {
        frames[place].name = Phrase(items[place - index]) + (mark == nil ? ending(subject) : predicate)
      }
    } else if mark != nil, subject.isEmpty {
      pairWithPrevious(index...last, predicate, &frames)
    }
    for place in index...last where frames[place].name.isEmpty == false { frames[place].rules.append("each") }
  }

  /// The things that a phrase lists with 、 and 和.
  private func items(_ phrase: Phrase) -> [Range<Int>] {
    guard phrase.pieces.count == 1, let range = phrase.pieces.first, let end = changeStart(range) else { return [] }
    var items: [Range<Int>] = []
    var start = range.lowerBound
    for place in range.lowerBound..<end where "、和与及".unicodeScalars.contains(glyphs[place] as Unicode.Scalar) {
      items.append(start..<place)
      start = place + 1
    }
    items.append(start..<end)
    return items
  }

  /// Where the words of change at the end of a phrase begin; its end where there are none.
  private func changeStart(_ range: Range<Int>) -> Int? {
    range.first { change(Phrase($0..<range.upperBound)) != nil } ?? range.upperBound
  }

  private func ending(_ phrase: Phrase) -> Phrase {
    guard let range = phrase.pieces.last, let start = changeStart(range) else { return Phrase() }
    return Phrase(start..<range.upperBound)
  }

  /// 甲5亿元、乙6亿元，分别增长1%、2%: the changes of the values before, in order.
  private func pairWithPrevious(_ range: ClosedRange<Int>, _ predicate: Phrase, _ frames: inout [Frame]) {
    var bases: [Int] = []
    var place = range.lowerBound - 1
    while place >= max(0, range.lowerBound - 12), bases.count < range.count,
      frames[place].sentence == frames[range.lowerBound].sentence
    {
      if !frames[place].isChange { bases.insert(place, at: 0) }
      place -= 1
    }
    guard bases.count == range.count else { return }
    for (base, place) in zip(bases, range) {
      frames[place].name = frames[base].name + predicate
      frames[place].isChange = true
    }
  }

  /// 52个行政村、48个社区建立…制度: what is said of the last is said of all.
  private func sharePredicate(_ index: Int, _ frames: inout [Frame]) {
    guard index + 1 < frames.count, frames[index].precedes, frames[index + 1].precedes,
      frames[index].sentence == frames[index + 1].sentence,
      frames[index].quantity.unit == frames[index + 1].quantity.unit,
      frames[index + 1].before.allSatisfy({ !Glyph.isHan(glyphs[$0]) }) || frames[index + 1].sharesClause,
      frames[index + 1].before.upperBound - frames[index].after.upperBound < 3
    else { return }
    let next = frames[index + 1].after
    guard let verb = predicate(next) else { return }
    frames[index].name = frames[index].name + Phrase(verb..<next.upperBound)
    frames[index].rules.append("predicate")
  }

  /// Where what is said of a noun begins: its first verb that no noun follows at once.
  private func predicate(_ range: Range<Int>) -> Int? {
    guard range.count > 4 else { return nil }
    return trimmer.firstVerb(range.lowerBound + 2..<range.upperBound)
  }

  /// 居全国 with no measure of its own.
  private func isPlaceAlone(_ core: Phrase) -> Bool {
    guard let first = core.first else { return true }
    return "居位排列稳跃名".unicodeScalars.contains(glyphs[first] as Unicode.Scalar)
  }

  /// The clause before a number that has only 达到 before it in its own: 总值创新高，达到5379亿元.
  private func clauseBefore(_ frame: Frame, _ previous: Frame?) -> Phrase? {
    guard !frame.sharesClause, frame.before.count > 0, frame.bracket == nil else { return nil }
    let end = frame.before.lowerBound - 1
    let limit = max(frame.sentenceStart, previous?.quantity.range.upperBound ?? 0, end - 30)
    guard end > limit, glyphs[end] == 0x2C else { return nil }
    var start = end
    while start > limit, !Glyph.endsClause(glyphs[start - 1]) { start -= 1 }
    let phrase = trimmer.before(start..<end)
    return phrase.count > 1 && phrase.count < 20 ? phrase : nil
  }

  private func nameFromNoun(_ core: Phrase, _ frame: inout Frame, _ previous: Frame?) {
    let noun = trimmer.after(frame.after)
    var verb = core
    if core.isEmpty, frame.sharesClause, let previous, previous.precedes { verb = previous.verb }
    if verb.count > 10, let first = verb.pieces.first, trimmer.verbs(first) == first.lowerBound { verb = Phrase() }
    frame.verb = verb
    frame.object = Phrase(Array(noun.pieces.prefix(1)))
    frame.name = verb + noun
    frame.rules.append("noun")
  }

  private func nameFromWords(_ core: Phrase, _ frame: inout Frame, _ previous: Frame?) {
    let first = core.pieces[0]
    let end = trimmer.verbs(first)
    if let scope = scope(core), let previous {
      frame.scope = scope
      frame.name = previous.name
      frame.verb = previous.verb
      frame.object = previous.object
      frame.rules.append("scope")
    } else if core.pieces.count == 1, end == first.upperBound, !frame.measures, let previous, shares(previous, frame),
      !previous.object.isEmpty
    {
      frame.verb = core
      frame.object = previous.object
      frame.name = core + previous.object
      frame.rules.append("verb")
    } else {
      frame.verb = Phrase(first.lowerBound..<end)
      frame.object = Phrase([end..<first.upperBound] + core.pieces.dropFirst())
      if end == first.lowerBound, let verb = trimmer.firstVerb(first),
        trimmer.verbs(verb..<first.upperBound) < first.upperBound - 1
      {
        frame.object = Phrase([trimmer.verbs(verb..<first.upperBound)..<first.upperBound] + core.pieces.dropFirst())
      }
      frame.name = core
      if end == first.lowerBound, isListed(frame), let previous, !previous.verb.isEmpty, !isMeasure(core) {
        frame.verb = previous.verb
        frame.name = previous.verb + core
      }
      frame.rules.append("words")
    }
  }

  /// Whether a verb alone takes the object of the quantity before: the things counted must be the same.
  private func shares(_ previous: Frame, _ frame: Frame) -> Bool {
    previous.quantity.unit == frame.quantity.unit || previous.quantity.unit.isEmpty || frame.quantity.unit.isEmpty
  }

  /// Whether 、 or nothing stands between this quantity's words and the quantity before.
  private func isListed(_ frame: Frame) -> Bool { frame.sharesClause }

  /// Whether a phrase is a measure by itself: 受理率, 参与人数, 金额.
  private func isMeasure(_ phrase: Phrase) -> Bool {
    guard let last = phrase.pieces.last else { return false }
    return "率数额量值度比重积长速价费分产入".unicodeScalars.contains(glyphs[last.upperBound - 1] as Unicode.Scalar)
  }

  /// The words as a scope: 市本级, 各县(市、区).
  private func scope(_ phrase: Phrase) -> Range<Int>? {
    guard phrase.pieces.count == 1, let range = phrase.pieces.first,
      let match = words.scopes.match(glyphs, at: range.lowerBound), match.length == range.count
    else { return nil }
    return range
  }

  /// Whether a phrase is made of words of change alone, and which way it goes.
  private func change(_ phrase: Phrase) -> Changes.Direction? {
    var direction: Changes.Direction?
    for piece in phrase.pieces {
      var place = piece.lowerBound
      while place < piece.upperBound {
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

  /// The end of a quotation that starts at a place: 较“十三五”末.
  private func quotedEnd(_ place: Int) -> Int? {
    guard glyphs[place] == 0x201C else { return nil }
    return (place..<place + 8).first { glyphs[$0] == 0x201D }.map { $0 + 1 }
  }

  /// 47个部门的…事项: the first number counts the holders of what the second counts.
  private func nameContainer(_ index: Int, _ frames: inout [Frame]) {
    guard index + 1 < frames.count, frames[index + 1].sharesClause, frames[index].precedes,
      frames[index].quantity.kind == .count
    else { return }
    let noun = frames[index].after
    var end = noun.upperBound
    if glyphs[end - 1] == 0x7684 { end -= 1 }
    guard
      let match = words.containers.match(glyphs, at: max(noun.lowerBound, end - 2))
        ?? words.containers.match(glyphs, at: noun.lowerBound),
      match.length > 0, end - noun.lowerBound < 9
    else { return }
    frames[index].name = frames[index + 1].name + Phrase(noun.lowerBound..<end)
    frames[index].rules.append("container")
  }

  /// Takes the words of change off the noun of an old value: 24家事业单位|整合为.
  private func separatePair(_ index: Int, _ frames: inout [Frame]) {
    let place = pairEnd(frames[index].before)
    guard frames[index].sharesClause, let word = words.changes.pairs.match(glyphs, at: place) else { return }
    let after = frames[index - 1].after
    let end = min(after.upperBound, place - word.length)
    frames[index - 1].after = after.lowerBound..<max(after.lowerBound, end)
  }

  /// Where the words of change before a new value end: before 2015年的.
  private func pairEnd(_ before: Range<Int>) -> Int {
    var end = before.upperBound
    if end > before.lowerBound, glyphs[end - 1] == 0x7684 { end -= 1 }
    if let start = trimmer.dateStart(endingAt: end), start >= before.lowerBound { return start }
    return before.upperBound
  }

  /// An old and a new value: 从89.05%提升至93.66%, 24家事业单位整合为6家.
  private func pair(_ index: Int, _ frames: inout [Frame]) -> Bool {
    guard index > 0, frames[index].sharesClause, frames[index - 1].from == nil,
      frames[index].quantity.kind == frames[index - 1].quantity.kind,
      frames[index].before.count < 24,
      let word = words.changes.pairs.match(glyphs, at: pairEnd(frames[index].before))
    else { return false }
    frames[index].from = index - 1
    frames[index].name = frames[index - 1].name
    frames[index].verb = frames[index - 1].verb
    frames[index].object = frames[index - 1].object
    frames[index].direction = words.changes.direction(word.value)
    frames[index].rules.append("pair")
    frames[index - 1].status = .prior
    return true
  }
}
