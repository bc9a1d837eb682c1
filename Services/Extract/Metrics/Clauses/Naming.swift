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
    for index in frames.indices.dropLast() { separateDeed(index, &frames) }
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
    if frame.precedes, !frame.measures || core.isEmpty || governsNoun(core, frame) {
      nameFromNoun(core, &frame, previous)
    } else if let start = core.first, glyphs[start] == 0x5360, let base = base(index, frames) {
      frame.isChange = true
      frame.name = unchanged(base.name) + core
      frame.rules.append("share")
    } else if frame.quantity.kind == .rank, isPlaceAlone(core), let base = base(index, frames) {
      frame.isChange = true
      frame.name = base.name + (core.isEmpty ? field(frame) : core)
      frame.rules.append("rank")
    } else if let subject = statedGrowth(core, index, frames) {
      frame.isChange = true
      frame.name = subject + core
      frame.rules.append("growth")
    } else if let change = change(core) {
      frame.isChange = true
      frame.direction = change
      let base = base(index, frames)?.name ?? Phrase()
      frame.name = (isGap(core) ? base : unchanged(base)) + core
      frame.rules.append("change")
    } else if let thing = measured(core, index, frames) {
      frame.name = thing + core
      frame.object = frame.name
      frame.rules.append("measure")
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

  /// 新增企业20家，|总量突破300家: the thing of the last quantity, for a measure that needs one.
  private func measured(_ core: Phrase, _ index: Int, _ frames: [Frame]) -> Phrase? {
    guard core.pieces.count == 1, let words = core.pieces.first, !frames[index].sharesClause,
      self.words.bareMeasures.match(glyphs, at: words.lowerBound)?.length == words.count,
      let thing = base(index, frames).map({ unchanged($0.object) }), !thing.isEmpty, !isMeasure(thing)
    else { return nil }
    return thing
  }

  /// 覆盖80%的|城市: a verb before a share whose noun follows.
  private func governsNoun(_ core: Phrase, _ frame: Frame) -> Bool {
    guard core.pieces.count == 1, let words = core.pieces.first else { return false }
    return glyphs[frame.after.lowerBound] == 0x7684 && trimmer.verbs(words) == words.upperBound && !isMeasure(core)
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

  /// The quantity that a change is one of: the last in the sentence that is no change itself, nor the span of one
  /// (两年平均增长).
  func base(_ index: Int, _ frames: [Frame]) -> Frame? {
    var place = index - 1
    while place >= max(0, index - 6), frames[place].sentence == frames[index].sentence {
      if !frames[place].isChange, !isSpanOfChange(frames[place]) { return frames[place] }
      place -= 1
    }
    return nil
  }

  private func isSpanOfChange(_ frame: Frame) -> Bool {
    frame.quantity.kind == .duration && frame.rules.last == "nothing"
  }

  /// The name of the quantity before for one that has no words of its own; another kind of quantity is no change, nor is a
  /// value with words before it: 厚度提升3.5%、达到20.6厘米; 里程增加30公里、突破200公里.
  private func inherited(_ previous: Frame?, _ frame: Frame) -> Phrase {
    guard let previous else { return Phrase() }
    let isSame = previous.quantity.kind == frame.quantity.kind && frame.before.count < 2
    return isSame ? previous.name : unchanged(previous.name)
  }

  /// 全市|第三: among whom a rank is one, where no other words stand before it.
  private func field(_ frame: Frame) -> Phrase {
    let field = frame.before.drop { "、和,与及均".unicodeScalars.contains(glyphs[$0] as Unicode.Scalar) }
    return field.count < 5 ? Phrase(field) : Phrase()
  }

  /// 居全国 with no measure of its own.
  private func isPlaceAlone(_ core: Phrase) -> Bool {
    guard let first = core.first else { return true }
    return "居位排列稳跃名保".unicodeScalars.contains(glyphs[first] as Unicode.Scalar)
  }

  private func nameFromNoun(_ core: Phrase, _ frame: inout Frame, _ previous: Frame?) {
    var verb = core
    if core.isEmpty, frame.sharesClause, let previous, previous.precedes { verb = previous.verb }
    if verb.count > 10, let first = verb.pieces.first, trimmer.verbs(first) == first.lowerBound { verb = Phrase() }
    let isAttribute = frame.quantity.kind == .money && glyphs[frame.after.lowerBound] == 0x7684
    let noun = trimmer.shortened(trimmer.after(frame.after), by: isAttribute ? 22 : verb.count)
    frame.verb = verb
    frame.object = Phrase(Array(noun.pieces.prefix(1)))
    frame.name = verb + (core.isEmpty ? partedNoun(frame, previous) : Phrase()) + noun
    frame.rules.append("noun")
  }

  /// 9条道路开工建设，其中4条|实现通车: a part of which only is said what became of it is one of the things before.
  private func partedNoun(_ frame: Frame, _ previous: Frame?) -> Phrase {
    guard let previous, previous.precedes, previous.quantity.unit == frame.quantity.unit,
      glyphs.matches("其中", at: frame.before.lowerBound), let noun = previous.object.pieces.first,
      words.predicates.match(glyphs, at: frame.after.lowerBound) != nil
        || trimmer.verbs(frame.after) == frame.after.upperBound
    else { return Phrase() }
    return Phrase(noun.lowerBound..<(predicate(noun) ?? noun.upperBound))
  }

  private func nameFromWords(
    _ core: Phrase, _ frame: inout Frame, _ previous: Frame?, _ sharedObject: @autoclosure () -> Phrase?
  ) {
    let first = core.pieces[0]
    let end = trimmer.governingVerbs(first)
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
      if end == first.lowerBound, !isMeasure(core), words.attendances.match(glyphs, at: first.upperBound) == nil,
        let verb = sharedVerb(frame, previous)
      {
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
