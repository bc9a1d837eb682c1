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
    for index in frames.indices.dropFirst() {
      separatePair(index, &frames)
      separateSpan(index, &frames)
    }
    for index in frames.indices { separateOutlay(index, &frames) }
    for index in frames.indices { name(index, &frames) }
    for index in frames.indices { distribute(index, &frames) }
    for index in frames.indices.reversed() { sharePredicate(index, &frames) }
    for index in frames.indices.reversed() { nameContainer(index, &frames) }
    for index in frames.indices.dropLast().reversed() { shareNoun(index, &frames) }
    for index in frames.indices { frames[index].name = tidy(frames[index].name) }
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
      frame.name = unchanged(base.name) + core
      frame.rules.append("share")
    } else if frame.quantity.kind == .rank, isPlaceAlone(core), let base = base(index, frames) {
      frame.isChange = true
      frame.name = base.name + core
      frame.rules.append("rank")
    } else if let change = change(core) {
      frame.isChange = true
      frame.direction = change
      let base = base(index, frames)?.name ?? Phrase()
      frame.name = (isGap(core) ? base : unchanged(base)) + core
      frame.rules.append("change")
    } else if core.isEmpty, let words = clauseBefore(frame, previous) {
      frame.name = words
      frame.object = words
      frame.rules.append("clause")
    } else if core.isEmpty {
      frame.name = inherited(previous, frame)
      frame.object = previous?.object ?? Phrase()
      frame.verb = previous?.verb ?? Phrase()
      frame.rules.append("nothing")
    } else {
      nameFromWords(core, &frame, previous, sharedObject(index, frames))
    }
    frames[index] = frame
  }

  /// 快于, 高于: how far from another value, which may be a growth itself.
  private func isGap(_ core: Phrase) -> Bool { core.first.map { glyphs[$0 + 1] == 0x4E8E } ?? false }

  /// The quantity before in the same sentence; one in a bracket of its own is passed over.
  func previous(_ index: Int, _ frames: [Frame]) -> Frame? {
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
  func base(_ index: Int, _ frames: [Frame]) -> Frame? {
    var place = index - 1
    while place >= max(0, index - 6), frames[place].sentence == frames[index].sentence {
      if !frames[place].isChange { return frames[place] }
      place -= 1
    }
    return nil
  }

  /// The name of the quantity before for one that has no words of its own; another kind of quantity is no change:
  /// 厚度提升3.5%、达到20.6厘米.
  private func inherited(_ previous: Frame?, _ frame: Frame) -> Phrase {
    guard let previous else { return Phrase() }
    return previous.quantity.kind == frame.quantity.kind ? previous.name : unchanged(previous.name)
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
    if var end = containerEnd(range) {
      if let words = words.ranges.match(glyphs, at: end) { end += words.length }
      let isPossessed = glyphs[end] == 0x7684
      let words = trimmer.before(end..<range.upperBound)
      return isPossessed && !frames[index].precedes ? frames[index - 1].verb + words : words
    }
    if let end = bodyEnd(range) { return trimmer.before(end..<range.upperBound) }
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
    guard let first = core.pieces.first, trimmer.verbs(first) == first.lowerBound else { return core }
    if let end = subjectEnd(first), !isMeasure(core) {
      return Phrase([end..<first.upperBound] + core.pieces.dropFirst())
    }
    guard core.count > 12 else { return core }
    let last = first.last { glyphs[$0] == 0x3001 } ?? first.lowerBound
    guard !isMeasure(core), let verb = trimmer.firstVerb(last..<first.upperBound), verb < first.upperBound - 2 else {
      return core
    }
    return verb - first.lowerBound > 9 ? Phrase([verb..<first.upperBound] + core.pieces.dropFirst()) : core
  }

  /// The end of the body that opens a phrase where its verb and an object follow: 各级复议机关|受理申请, not
  /// 跨部门|联合抽查.
  private func subjectEnd(_ range: Range<Int>) -> Int? {
    guard !"跨单多".unicodeScalars.contains(glyphs[range.lowerBound] as Unicode.Scalar) else { return nil }
    return range.dropFirst(2).first { place in
      guard words.subjects.match(glyphs, at: place) != nil || trimmer.organEnd(place, from: range.lowerBound) else {
        return false
      }
      return trimmer.verbs(place..<range.upperBound) > place && range.upperBound - place > 2
    }
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
    return phrase.count > 1 && phrase.count < 26 ? unchanged(phrase) : nil
  }

  private func nameFromNoun(_ core: Phrase, _ frame: inout Frame, _ previous: Frame?) {
    var verb = core
    if core.isEmpty, frame.sharesClause, let previous, previous.precedes { verb = previous.verb }
    if verb.count > 10, let first = verb.pieces.first, trimmer.verbs(first) == first.lowerBound { verb = Phrase() }
    let isAttribute = frame.quantity.kind == .money && glyphs[frame.after.lowerBound] == 0x7684
    let noun = trimmer.shortened(trimmer.after(frame.after), by: isAttribute ? 22 : verb.count)
    frame.verb = verb
    frame.object = Phrase(Array(noun.pieces.prefix(1)))
    frame.name = verb + noun
    frame.rules.append("noun")
  }

  private func nameFromWords(
    _ core: Phrase, _ frame: inout Frame, _ previous: Frame?, _ sharedObject: @autoclosure () -> Phrase?
  ) {
    let first = core.pieces[0]
    let end = trimmer.verbs(first)
    if let scope = scope(core), let previous {
      frame.scope = scope
      frame.name = previous.name
      frame.verb = previous.verb
      frame.object = previous.object
      frame.rules.append("scope")
    } else if isElliptic(core, frame), let object = sharedObject() {
      frame.verb = frame.sharesClause ? leadingVerb(previous) + core : core
      frame.object = withoutAttribute(object)
      frame.name = frame.verb + frame.object
      frame.rules.append("verb")
    } else {
      frame.verb = Phrase(first.lowerBound..<end)
      frame.object = Phrase([end..<first.upperBound] + core.pieces.dropFirst())
      if end == first.lowerBound, let verb = trimmer.firstVerb(first),
        trimmer.verbs(verb..<first.upperBound) < first.upperBound - 1
      {
        let attributeEnd = first.last { glyphs[$0] == 0x7684 }.map { $0 + 1 } ?? verb
        let end = attributeEnd > verb ? attributeEnd : trimmer.verbs(verb..<first.upperBound)
        frame.object = Phrase([end..<first.upperBound] + core.pieces.dropFirst())
      }
      frame.name = core
      frame.direction = growth(core)
      if end == first.lowerBound, !isMeasure(core), let verb = sharedVerb(frame, previous) {
        frame.verb = verb
        frame.name = verb + core
      }
      frame.rules.append("words")
    }
  }

  /// Whether a phrase is a verb without the object that it needs.
  func isElliptic(_ core: Phrase, _ frame: Frame) -> Bool {
    guard core.pieces.count == 1, let words = core.pieces.first, !frame.measures else { return false }
    if self.words.intransitives.match(glyphs, at: words.lowerBound)?.length == words.count { return false }
    return trimmer.joinedVerbs(words) == words.upperBound
  }

  /// 办理|从轻处罚案件…、减轻处罚: the first of two verbs governs the whole list.
  private func leadingVerb(_ previous: Frame?) -> Phrase {
    guard let first = previous?.verb.pieces.first else { return Phrase() }
    if let verbs = previous?.verb.pieces, verbs.count > 1 { return Phrase(first) }
    guard let verb = words.verbs.match(glyphs, at: first.lowerBound), verb.length < first.count,
      trimmer.verbs(first) == first.upperBound
    else { return Phrase() }
    return Phrase(first.lowerBound..<first.lowerBound + verb.length)
  }

  /// 引起的|行政复议: an object that is shared goes without what is said of it.
  private func withoutAttribute(_ object: Phrase) -> Phrase {
    guard let last = object.pieces.last, let place = last.last(where: { glyphs[$0] == 0x7684 }),
      last.upperBound - place > 3
    else { return object }
    return Phrase(place + 1..<last.upperBound)
  }

  /// The object of the last quantity before that has one and counts the same things, else of 在…中 before the clause.
  private func sharedObject(_ index: Int, _ frames: [Frame]) -> Phrase? {
    let frame = frames[index]
    var place = index - 1
    while place >= max(0, index - 8), frames[place].sentence == frame.sentence {
      let isOutside =
        frames[place].bracket == nil || frames[place].bracket == frame.bracket
        || frames[place].quantity.range.upperBound <= frame.bracket ?? 0
      if isOutside, !frames[place].isChange, !frames[place].measures, !frames[place].object.isEmpty {
        return shares(frames[place], frame) ? frames[place].object : nil
      }
      place -= 1
    }
    return place < 0 || frames[place].sentence != frame.sentence ? rangeBefore(frame) : nil
  }

  /// 答复的申请中，予以公开82件: what is counted stands in the clause before, which ends with 中.
  private func rangeBefore(_ frame: Frame) -> Phrase? {
    let end = frame.before.lowerBound - 1
    guard end > frame.sentenceStart + 2, glyphs[end] == 0x2C, glyphs[end - 1] == 0x4E2D else { return nil }
    let limit = max(frame.sentenceStart, end - 16)
    guard var start = (limit..<end).last(where: { Glyph.endsClause(glyphs[$0 - 1]) }) else { return nil }
    if let possessive = (start..<end - 2).last(where: { glyphs[$0] == 0x7684 }) { start = possessive + 1 }
    let phrase = trimmer.before(start..<end - 1)
    return phrase.count > 1 ? phrase : nil
  }

  /// Whether the things that two quantities count can be the same.
  private func shares(_ previous: Frame, _ frame: Frame) -> Bool {
    previous.quantity.unit == frame.quantity.unit || previous.quantity.unit.isEmpty || frame.quantity.unit.isEmpty
  }

  /// The verb of the quantity before, where 、 or nothing stands between it and this quantity's words, or 其中 makes this a
  /// part of it: 上线事项347项，其中|高频应用222项.
  private func sharedVerb(_ frame: Frame, _ previous: Frame?) -> Phrase? {
    guard let previous, !previous.verb.isEmpty else { return nil }
    let isPart = glyphs.matches("其中", at: frame.before.lowerBound) && previous.quantity.unit == frame.quantity.unit
    return frame.sharesClause || isPart ? previous.verb : nil
  }

  /// Whether a phrase is a measure by itself: 受理率, 参与人数, 金额.
  func isMeasure(_ phrase: Phrase) -> Bool {
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

}
