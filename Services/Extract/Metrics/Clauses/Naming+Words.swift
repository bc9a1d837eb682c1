internal import Record

/// The words of a clause that a name is made of.
extension Naming {
  /// The words before the number; after a number with its noun, from the first verb on.
  func core(_ index: Int, _ frames: [Frame]) -> Phrase {
    let frame = frames[index]
    if frame.sharesClause, index > 0, frames[index - 1].precedes { return afterNoun(index, frames) }
    let core = trimmer.before(frame.precedes && !frame.measures ? trimmer.afterPreposition(frame.before) : frame.before)
    return withoutSubject(trimmer.withoutExamples(core, endsBeforeNumber: frame.precedes && !frame.measures), frame)
  }

  /// The words between the noun of the quantity before and this number.
  func afterNoun(_ index: Int, _ frames: [Frame]) -> Phrase {
    let frame = frames[index]
    let range = frame.before
    let noun = frames[index - 1].after
    let rest = noun.upperBound..<range.upperBound
    if !rest.isEmpty, trimmer.before(rest).isEmpty { return Phrase() }
    if frames[index - 1].rules.contains("deed") {
      return frame.measures ? rate(rest, of: frames[index - 1]) : trimmer.before(rest)
    }
    if var end = containerEnd(range) {
      if let words = words.ranges.match(glyphs, at: end) { end += words.length }
      let isPossessed = glyphs[end] == 0x7684
      let words = trimmer.before(end..<range.upperBound)
      return isPossessed && !frame.precedes ? frames[index - 1].verb + words : words
    }
    if let end = bodyEnd(range) { return trimmer.before(end..<range.upperBound) }
    guard let verb = trimmer.firstVerb(range) else { return trimmer.before(rest) }
    return trimmer.before(verb..<range.upperBound)
  }

  /// The words of a rate with the things that it is of: 省级园区|开工率, with what holds them where no verb does.
  private func rate(_ words: Range<Int>, of things: Frame) -> Phrase {
    let isHolder = things.verb.pieces.first.map { trimmer.verbs($0) == $0.lowerBound } ?? false
    return (isHolder ? things.verb : Phrase()) + Phrase(things.after) + trimmer.before(words)
  }

  /// The end of the noun that opens a range, where it holds what is counted next: 区直部门, 方面.
  func containerEnd(_ range: Range<Int>) -> Int? {
    for place in range.lowerBound..<min(range.upperBound, range.lowerBound + 7) {
      if let match = words.containers.match(glyphs, at: place), place + match.length < range.upperBound {
        return place + match.length
      }
    }
    return nil
  }

  /// A long subject is not the shortest name: 市委…、市政府…会议开展专题学习.
  func withoutSubject(_ core: Phrase, _ frame: Frame) -> Phrase {
    guard let first = core.pieces.first, trimmer.verbs(first) == first.lowerBound else { return core }
    if let end = subjectEnd(first), !isMeasure(core) {
      return Phrase([end..<first.upperBound] + core.pieces.dropFirst())
    }
    guard core.count > 12 else { return core }
    let last = first.last { glyphs[$0] == 0x3001 } ?? first.lowerBound
    guard !isMeasure(core), !isMeasure(unchanged(core)), let verb = trimmer.firstVerb(last..<first.upperBound),
      verb < first.upperBound - 2, trimmer.verbs(verb..<first.upperBound) > verb
    else { return core }
    return verb - first.lowerBound > 9 ? Phrase([verb..<first.upperBound] + core.pieces.dropFirst()) : core
  }

  /// The end of the body that opens a phrase where its verb and an object follow: 各级复议机关|受理申请, not
  /// 跨部门|联合抽查.
  func subjectEnd(_ range: Range<Int>) -> Int? {
    guard !"跨单多".unicodeScalars.contains(glyphs[range.lowerBound] as Unicode.Scalar) else { return nil }
    return range.dropFirst(2).first { place in
      guard words.subjects.match(glyphs, at: place) != nil || trimmer.organEnd(place, from: range.lowerBound) else {
        return false
      }
      return trimmer.verbs(place..<range.upperBound) > place && range.upperBound - place > 2
    }
  }

  /// The clause before a number that has only 达到 before it in its own: 总值创新高，达到5379亿元.
  func clauseBefore(_ frame: Frame, _ previous: Frame?) -> Phrase? {
    guard !frame.sharesClause, frame.before.count > 0, frame.bracket == nil else { return nil }
    let end = frame.before.lowerBound - 1
    let limit = max(frame.sentenceStart, previous?.quantity.range.upperBound ?? 0, end - 30)
    if words.milestones.match(glyphs, at: limit)?.length == end - limit { return nil }
    guard end > limit, glyphs[end] == 0x2C else { return nil }
    var start = end
    while start > limit, !Glyph.endsClause(glyphs[start - 1]) { start -= 1 }
    let phrase = trimmer.cut(trimmer.before(start..<end), at: words.predicates)
    guard phrase.count > 1, phrase.count < 26 else { return nil }
    let name = unchanged(phrase)
    let isManner = name.first.map { words.manners.match(glyphs, at: $0)?.length == name.count } ?? true
    return isManner ? nil : name
  }
}
