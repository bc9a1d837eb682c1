internal import Record

/// Words that several quantities share: nouns, verbs, objects.
extension Naming {
  /// 1万元以上|5万元以下罚款, 12个|750千伏和|330千伏工程: the noun behind the last is the noun of all.
  func shareNoun(_ index: Int, _ frames: inout [Frame]) {
    guard frames[index].after.isEmpty || isSize(frames[index].after), frames[index].from == nil,
      frames[index + 1].precedes || frames[index + 1].rules.last == "beside", !frames[index + 1].measures,
      isBeside(index, frames), !frames[index + 1].name.isEmpty
    else { return }
    let verb = frames[index].verb.isEmpty ? leadingVerbs(frames[index].before) : frames[index].verb
    frames[index].name = verb + frames[index + 1].name
    frames[index].rules.append("beside")
  }

  /// Whether nothing, or only 和 between numbers of one unit, stands between a quantity and the next.
  private func isBeside(_ index: Int, _ frames: [Frame]) -> Bool {
    let gap = frames[index].quantity.range.upperBound..<frames[index + 1].quantity.range.lowerBound
    if gap.isEmpty || isSize(gap) {
      return frames[index].quantity.kind != .percent
        && (frames[index + 1].quantity.kind != .count || frames[index + 1].quantity.bound == .atMost)
    }
    return gap.count == 1 && "和、至".unicodeScalars.contains(glyphs[gap.lowerBound] as Unicode.Scalar)
      && frames[index].quantity.unit == frames[index + 1].quantity.unit && frames[index].quantity.kind != .count
  }

  /// 投资额, 面积: the measure whose value the next number is.
  private func isSize(_ range: Range<Int>) -> Bool {
    words.measures.match(glyphs, at: range.upperBound)?.length == range.count
  }

  /// The words before a number where they are verbs alone.
  private func leadingVerbs(_ before: Range<Int>) -> Phrase {
    let phrase = trimmer.before(before)
    guard phrase.pieces.count == 1, let piece = phrase.pieces.first, trimmer.verbs(piece) == piece.upperBound else {
      return Phrase()
    }
    return phrase
  }

  /// 办理|从轻处罚案件…、减轻处罚: the first of two verbs governs the whole list.
  func leadingVerb(_ previous: Frame?) -> Phrase {
    guard let first = previous?.verb.pieces.first else { return Phrase() }
    if let verbs = previous?.verb.pieces, verbs.count > 1 { return Phrase(first) }
    guard let verb = words.verbs.match(glyphs, at: first.lowerBound), verb.length < first.count,
      trimmer.verbs(first) == first.upperBound
    else { return Phrase() }
    return Phrase(first.lowerBound..<first.lowerBound + verb.length)
  }

  /// 引起的|行政复议: an object that is shared goes without what is said of it.
  func withoutAttribute(_ object: Phrase) -> Phrase {
    guard let last = object.pieces.last, let place = last.last(where: { glyphs[$0] == 0x7684 }),
      last.upperBound - place > 3
    else { return object }
    return Phrase(place + 1..<last.upperBound)
  }

  /// The object of the last quantity before that has one and counts the same things, else of 在…中 before the clause.
  func sharedObject(_ index: Int, _ frames: [Frame]) -> Phrase? {
    let frame = frames[index]
    var place = index - 1
    while place >= max(0, index - 8), frames[place].sentence == frame.sentence {
      let isOutside =
        frames[place].bracket == nil || frames[place].bracket == frame.bracket
        || frames[place].quantity.range.upperBound <= frame.bracket ?? 0
      if isOutside, !frames[place].isChange, !frames[place].measures, !frames[place].object.isEmpty {
        return shares(frames[place], frame) || isPart(frame) ? frames[place].object : nil
      }
      place -= 1
    }
    guard place < 0 || frames[place].sentence != frame.sentence else { return nil }
    return rangeBefore(frame) ?? restatedObject(frame)
  }

  /// 开展法治讲座，全年累计|开展20余次: what the same verb governs in the clauses before, at most 60 characters back.
  private func restatedObject(_ frame: Frame) -> Phrase? {
    guard let verb = trimmer.before(frame.before).pieces.first else { return nil }
    let limit = max(frame.sentenceStart, frame.before.lowerBound - 60)
    guard limit + verb.count < frame.before.lowerBound,
      let place = (limit..<frame.before.lowerBound - verb.count).last(where: { isEqual(verb, $0..<$0 + verb.count) })
    else { return nil }
    let start = place + verb.count
    let end = (start..<frame.before.lowerBound).first { Glyph.endsClause(glyphs[$0]) } ?? frame.before.lowerBound
    return 2...20 ~= end - start ? Phrase(start..<end) : nil
  }

  /// 答复的申请中，予以公开82件: what is counted stands in the clause before, which ends with 中.
  func rangeBefore(_ frame: Frame) -> Phrase? {
    let end = frame.before.lowerBound - 1
    guard end > frame.sentenceStart + 2, glyphs[end] == 0x2C, glyphs[end - 1] == 0x4E2D else { return nil }
    let limit = max(frame.sentenceStart, end - 16)
    guard var start = (limit..<end).last(where: { Glyph.endsClause(glyphs[$0 - 1]) }) else { return nil }
    if let possessive = (start..<end - 2).last(where: { glyphs[$0] == 0x7684 }) { start = possessive + 1 }
    let phrase = trimmer.before(start..<end - 1)
    return phrase.count > 1 ? phrase : nil
  }

  /// Whether the things that two quantities count can be the same.
  func shares(_ previous: Frame, _ frame: Frame) -> Bool {
    previous.quantity.unit == frame.quantity.unit || previous.quantity.unit.isEmpty || frame.quantity.unit.isEmpty
  }

  /// The verb of the quantity before, where 、 or nothing stands between it and this quantity's words, or 其中 makes this a
  /// part of it: 上线事项347项，其中|高频应用222项.
  func sharedVerb(_ frame: Frame, _ previous: Frame?) -> Phrase? {
    guard let previous, !previous.verb.isEmpty, !previous.object.isEmpty, !previous.rules.contains("verb") else {
      return nil
    }
    let isPart = isPart(frame) && previous.quantity.unit == frame.quantity.unit
    return frame.sharesClause || isPart ? previous.verb : nil
  }

  private func isPart(_ frame: Frame) -> Bool { glyphs.matches("其中", at: frame.before.lowerBound) }
}
