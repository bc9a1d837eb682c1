internal import Record

/// Takes from the words around a number those that do not belong to its name.
struct Trimmer {
  let glyphs: Glyphs
  let words: ClauseWords
  /// The spans of dates, as characters, in order.
  let dates: [Range<Int>]
  /// The spans of named organs, in the same way.
  let organs: [Range<Int>]

  /// The words before a number without subject, time and adverbs.
  func before(_ range: Range<Int>) -> Phrase {
    let marker = glyphs[range.lowerBound] == 0x5360 ? range.lowerBound : afterMarker(range)
    let rest = trimmed(marker..<range.upperBound)
    guard marker > range.lowerBound,
      rest.isEmpty || isVerbs(marker..<beforeTails(marker..<range.upperBound))
    else { return withoutOrigin(rest) }
    return withoutOrigin(trimmed(range.lowerBound..<beforeMarker(range, marker)) + rest)
  }

  /// A phrase without what leads from 由 or 从 to an old value: 殡葬服务费|由平均, 加工量|从全国.
  private func withoutOrigin(_ phrase: Phrase) -> Phrase {
    guard let last = phrase.pieces.last,
      let mark = last.dropFirst().last(where: { glyphs[$0] == 0x7531 || glyphs[$0] == 0x4ECE }),
      words.origins.match(glyphs, at: mark + 1)?.length == last.upperBound - mark - 1
    else { return phrase }
    return Phrase(Array(phrase.pieces.dropLast()) + [last.lowerBound..<mark])
  }

  private func isVerbs(_ range: Range<Int>) -> Bool { !range.isEmpty && verbs(range) == range.upperBound }

  /// The place where the marker that ends at `end` begins.
  private func beforeMarker(_ range: Range<Int>, _ end: Int) -> Int {
    (range.lowerBound..<end).first { place in
      words.markers.match(glyphs, at: place).map { place + $0.length == end } ?? false
    } ?? range.lowerBound
  }

  private func trimmed(_ range: Range<Int>) -> Phrase {
    var start = range.lowerBound
    var end = range.upperBound
    start = afterLeads(start..<end)
    end = beforeTails(start..<end)
    start = afterLeads(start..<end)
    return withoutInner(start..<end)
  }

  /// The words after a number: the noun and what is said of it.
  func after(_ range: Range<Int>) -> Phrase {
    var start = range.lowerBound
    if glyphs[start] == 0x7684 { start += 1 }
    var end = range.upperBound
    if let stop = firstStop(start + 2..<max(start + 2, end)) { end = stop }
    return withoutInner(start..<withoutParticles(start..<end))
  }

  /// The first place where a name ends, outside of quotations: 企业|占.
  private func firstStop(_ range: Range<Int>) -> Int? {
    var isQuoted = false
    return range.first { place in
      let scalar: UInt32 = glyphs[place]
      if scalar == 0x201C || scalar == 0x300A { isQuoted = true }
      if scalar == 0x201D || scalar == 0x300B { isQuoted = false }
      return !isQuoted && words.stops.match(glyphs, at: place) != nil && !isBound(place)
    }
  }

  /// Whether a character is part of a word that only contains a stop: 对接, 纵向.
  private func isBound(_ place: Int) -> Bool {
    words.boundWords.match(glyphs, at: place) != nil || words.boundWords.match(glyphs, at: place - 1)?.length ?? 0 > 1
  }

  /// A noun whose name with its verb is too long, without a second predicate (…完成登记|并导入平台), or then without any
  /// (320家…配送单位|实现…).
  func shortened(_ noun: Phrase, by verb: Int) -> Phrase {
    guard noun.count + verb > 18 else { return noun }
    let single = cut(noun, at: words.conjunctions)
    return single.count + verb > 22 ? cut(single, at: words.predicates) : single
  }

  /// A phrase up to the first of some words behind its second character: 进出口总值|创新高.
  func cut(_ noun: Phrase, at ends: WordTrie) -> Phrase {
    guard let first = noun.pieces.first else { return noun }
    let place = first.dropFirst(2).first { ends.match(glyphs, at: $0) != nil }
    return place.map { Phrase(first.lowerBound..<$0) } ?? noun
  }

  /// The end of a noun without the particles behind it: 乡镇|中有, 运营|的, 树木|等.
  func withoutParticles(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound + 1, let particle = words.particles.match(glyphs, at: end),
      end - particle.length > range.lowerBound, words.wholes.match(glyphs, at: end) == nil
    {
      end -= particle.length
    }
    return end
  }

  /// The place after the last 共 or 累计, if one stands there as a word of its own.
  private func afterMarker(_ range: Range<Int>) -> Int {
    var place = range.lowerBound
    var start = range.lowerBound
    while place < range.upperBound {
      if let kept = words.kept.match(glyphs, at: place) {
        place += kept.length
      } else if let marker = words.markers.match(glyphs, at: place), place + marker.length < range.upperBound {
        place += marker.length
        start = place
      } else {
        place += 1
      }
    }
    return start
  }

  /// Where a phrase begins without subject, time and adverbs before it.
  func afterLeads(_ range: Range<Int>) -> Int {
    var start = range.lowerBound
    while start < range.upperBound {
      if isSpace(glyphs[start]) {
        start += 1
      } else if let condition = conditionEnd(start..<range.upperBound) {
        start = condition
      } else if let label = labelEnd(start), label <= range.upperBound {
        start = label
      } else if let date = date(at: start) {
        start = min(date, range.upperBound)
      } else if let lead = words.leads.match(glyphs, at: start), start + lead.length <= range.upperBound,
        !splitsVerb(at: start, lead.length)
      {
        start += lead.length
      } else if let manner = words.manners.match(glyphs, at: start), start + manner.length < range.upperBound,
        words.verbs.match(glyphs, at: start + manner.length) != nil, !splitsVerb(at: start, manner.length)
      {
        start += manner.length
      } else {
        break
      }
    }
    return start
  }

  /// The end of what a value leaves out or how it is reckoned: 扣除…因素后|增长, 按常住人口计算|人均收入.
  private func conditionEnd(_ range: Range<Int>) -> Int? {
    guard words.conditions.match(glyphs, at: range.lowerBound) != nil,
      words.kept.match(glyphs, at: range.lowerBound) == nil,
      let place = range.dropFirst(3).last(where: { words.conditionEnds.match(glyphs, at: $0) != nil }),
      let end = words.conditionEnds.match(glyphs, at: place).map({ place + $0.length }), end < range.upperBound - 1
    else { return nil }
    return end
  }

  /// Whether a longer word begins here than a lead: 实现就业, 现行, 其他.
  private func splitsVerb(at place: Int, _ length: Int) -> Bool {
    let verb = words.verbs.match(glyphs, at: place)?.length ?? 0
    let kept = words.kept.match(glyphs, at: place)?.length ?? 0
    return max(verb, kept) > length
  }

  private func isSpace(_ scalar: UInt32) -> Bool {
    scalar == 0x20 || scalar == 0x09 || scalar == 0x3000 || scalar == 0xA0 || scalar == 0x3001 || scalar == 0x2014
      || scalar == 0x2D
  }

  /// The end of a label of the outline that runs on: （二）, 3、, 3., 四是, ①.
  private func labelEnd(_ place: Int) -> Int? {
    if (0x2460...0x2473).contains(glyphs[place] as UInt32) { return place + 1 }
    let isBracketed = glyphs[place] == 0x28
    var end = isBracketed ? place + 1 : place
    let start = end
    while end < start + 3, Sign.digitValue(Sign.of(glyphs[end])) != nil || Sign.of(glyphs[end]) == Sign.ten { end += 1 }
    guard end > start else { return nil }
    switch glyphs[end] as UInt32 {
    case 0x29: return end + 1
    case 0x3001: return isBracketed ? nil : end + 1
    case 0x662F: return isBracketed || Glyph.isDigit(glyphs[start]) ? nil : end + 1
    case 0x2E: return isBracketed || Glyph.isDigit(glyphs[end + 1]) ? nil : end + 1
    default: return nil
    }
  }

  private func beforeTails(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound {
      if isSpace(glyphs[end - 1]) {
        end -= 1
      } else if let start = dateStart(endingAt: end), start >= range.lowerBound, start > range.lowerBound {
        end = start
      } else if let tail = words.tails.match(glyphs, at: end), end - tail.length >= range.lowerBound,
        !isAverage(end - tail.length), words.tailNouns.match(glyphs, at: end)?.length ?? 0 <= tail.length
      {
        end -= tail.length
      } else if let start = phaseStart(endingAt: end), start > range.lowerBound {
        end = start
      } else {
        break
      }
    }
    return end
  }

  /// 1-4月份: a dash between numbers.
  private func isHyphen(_ place: Int) -> Bool { glyphs[place] == 0x2D && Glyph.isDigit(glyphs[place + 1]) }

  /// 是|“十二五”期末: the start of a plan whose end or years a value is compared with.
  private func phaseStart(endingAt end: Int) -> Int? {
    guard let phase = words.phases.match(glyphs, at: end), glyphs[end - phase.length - 1] == 0x201D else { return nil }
    let start = (end - phase.length - 7..<end - phase.length).last { glyphs[$0] == 0x201C }
    return start.flatMap { glyphs[$0 - 1] == 0x662F ? $0 : nil }
  }

  /// 平均达到: 均 belongs to the word before.
  private func isAverage(_ place: Int) -> Bool {
    glyphs[place] == 0x5747 && "平人户年日月村".unicodeScalars.contains(glyphs[place - 1] as Unicode.Scalar)
  }

  private func withoutInner(_ range: Range<Int>) -> Phrase {
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    var place = start
    while place < range.upperBound {
      if let word = words.inner.match(glyphs, at: place), place + word.length <= range.upperBound, !isAverage(place) {
        pieces.append(start..<place)
        place += word.length
        start = place
      } else if place > start, let end = conditionEnd(place..<range.upperBound), glyphs[place + 1] == 0x9664 {
        pieces.append(start..<place)
        place = end
        start = place
      } else if isSpace(glyphs[place]), glyphs[place] != 0x3001, !isHyphen(place) {
        pieces.append(start..<place)
        place += 1
        start = place
      } else {
        place += 1
      }
    }
    if start < range.upperBound { pieces.append(start..<range.upperBound) }
    return Phrase(pieces)
  }

  /// The words before a number that stands before its noun, from the last preposition on: 对全区 564名.
  func afterPreposition(_ range: Range<Int>) -> Range<Int> {
    var place = range.lowerBound
    var start = range.lowerBound
    while place < range.upperBound {
      if let bound = words.boundWords.match(glyphs, at: place) {
        place += bound.length
      } else if let word = words.prepositions.match(glyphs, at: place) {
        place += word.length
        if place <= range.upperBound { start = place }
      } else {
        place += 1
      }
    }
    return start..<range.upperBound
  }

  /// A phrase without the examples before 等: 形成《…》等理论成果 is 形成理论成果.
  func withoutExamples(_ phrase: Phrase, endsBeforeNumber: Bool) -> Phrase {
    guard let first = phrase.pieces.first, let last = phrase.pieces.last,
      let mark = lastOthers(first.lowerBound..<last.upperBound), phrase.pieces.contains(where: { $0.contains(mark) })
    else { return phrase }
    let length = last.upperBound - mark - 1
    guard endsBeforeNumber ? length < 3 : length > 2 else { return phrase }
    let verb = verbs(first)
    let rest = phrase.pieces.map { max($0.lowerBound, mark + 1)..<max($0.upperBound, mark + 1) }
    return Phrase([first.lowerBound..<min(verb, mark)] + rest)
  }

  /// The last 等 that closes a list.
  func lastOthers(_ range: Range<Int>) -> Int? {
    range.last { place in
      words.others.match(glyphs, at: place) != nil && words.notOthers.match(glyphs, at: place) == nil
        && words.notOthers.match(glyphs, at: place - 1) == nil
    }
  }
}
