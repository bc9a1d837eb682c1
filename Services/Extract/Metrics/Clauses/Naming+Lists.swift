internal import Record

/// Names that several quantities of a list share, or take one each.
extension Naming {
  /// 甲、乙分别增长 1%、2%: as many values as things; each takes its own.
  func distribute(_ index: Int, _ frames: inout [Frame]) {
    if frames[index].from != nil { return }
    var last = index
    while last + 1 < frames.count, last - index < 8, frames[last + 1].sharesClause,
      frames[last + 1].quantity.kind == frames[index].quantity.kind,
      ownChange(frames[last + 1]) != nil
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
        let thing = items[place - index]
        frames[place].name =
          Phrase([thing] + measure(thing, of: items))
          + ending(subject) + (mark == nil ? Phrase() : ownPredicate(frames[place]) ?? predicate)
      }
    } else if let mark, let (things, head) = examples(before.lowerBound..<mark), things.count == last - index + 1 {
      for place in index...last { frames[place].name = Phrase([things[place - index], head]) + predicate }
    } else if mark != nil, subject.isEmpty || isMeasureOfOthers(subject) {
      pairWithPrevious(index...last, subject + predicate, &frames)
    } else if mark == nil, frames[index].isChange, index > 1, isJoined(index - 1, frames) {
      pairWithPrevious(index...last, subject, &frames)
    }
    for place in index...last where !frames[place].name.isEmpty {
      if frames[place].direction == .none { frames[place].direction = frames[index].direction }
      frames[place].rules.append("each")
    }
  }

  /// 占比, 增速: what a list says of the things before it.
  private func isMeasureOfOthers(_ subject: Phrase) -> Bool {
    guard subject.pieces.count == 1, let words = subject.pieces.first else { return false }
    return glyphs.matches("占比", at: words.lowerBound) && words.count == 2
      || self.words.growths.match(glyphs, at: words.lowerBound)?.length == words.count
  }

  /// 分别增长3.3%和|下降4.4%: the words of change that a value of a list has of its own, none where only the list goes on; nil
  /// where other words stand there.
  private func ownChange(_ frame: Frame) -> Phrase? {
    let own = frame.before.drop { "、和,与及".unicodeScalars.contains(glyphs[$0] as Unicode.Scalar) }
    if own.isEmpty { return Phrase() }
    return changeStart(own) == own.lowerBound ? Phrase(own) : nil
  }

  private func ownPredicate(_ frame: Frame) -> Phrase? { ownChange(frame).flatMap { $0.isEmpty ? nil : $0 } }

  /// The things that 等 closes, and what they are: 石化、医药 and 产业增加值 of 石化、医药等产业增加值.
  private func examples(_ range: Range<Int>) -> (things: [Range<Int>], head: Range<Int>)? {
    guard let mark = trimmer.lastOthers(range), mark + 2 < range.upperBound else { return nil }
    let things = items(Phrase(trimmer.afterLeads(range.lowerBound..<mark)..<mark))
    return things.count > 1 ? (things, mark + 1..<range.upperBound) : nil
  }

  /// What the last thing of a list says of all behind their kind: 国家级、部级|创新平台.
  private func head(_ thing: Range<Int>, of items: [Range<Int>]) -> Range<Int>? {
    guard let last = items.last, thing != last, let kind = thing.last,
      "型级类性式".unicodeScalars.contains(glyphs[kind] as Unicode.Scalar),
      let place = last.first(where: { glyphs.scalars[$0] == glyphs.scalars[kind] }), place + 1 < last.upperBound
    else { return nil }
    return place + 1..<last.upperBound
  }

  /// What the last thing of a list says of all behind a word as short as theirs: 城、乡|居民收入, 第二、第三|产业.
  private func rest(_ thing: Range<Int>, of items: [Range<Int>]) -> Range<Int>? {
    guard let last = items.last, thing != last, last.count > thing.count + 1,
      thing.count == 1 || thing.count == 2 && glyphs[thing.lowerBound] == 0x7B2C && glyphs[last.lowerBound] == 0x7B2C,
      items.dropLast().allSatisfy({ $0.count == thing.count })
    else { return nil }
    return last.lowerBound + thing.count..<last.upperBound
  }

  /// The measure that the last thing of a list names for all: 原煤、原油产量.
  func measure(_ thing: Range<Int>, of items: [Range<Int>]) -> [Range<Int>] {
    if let head = head(thing, of: items) ?? rest(thing, of: items) { return [head] }
    guard let last = items.last, thing != last, !isMeasure(Phrase(thing)),
      words.measures.match(glyphs, at: thing.upperBound) == nil,
      let measure = words.measures.match(glyphs, at: last.upperBound), measure.length < last.count
    else { return [] }
    return [last.upperBound - measure.length..<last.upperBound]
  }

  /// The things that a phrase lists with 、 and 和.
  func items(_ phrase: Phrase) -> [Range<Int>] {
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
  func changeStart(_ range: Range<Int>) -> Int? {
    range.first {
      change(Phrase($0..<range.upperBound)) != nil && glyphs[$0 - 1] != 0x5360
    } ?? range.upperBound
  }

  /// A name without the words of change at its end: 总产值|比上年增长.
  func unchanged(_ name: Phrase) -> Phrase {
    guard let last = name.pieces.last, let start = changeStart(last) else { return name }
    let isChange = change(Phrase(start..<last.upperBound)).map { $0 != .none } ?? false
    guard isChange else { return name }
    if start == last.lowerBound, name.pieces.count > 1 { return Phrase(Array(name.pieces.dropLast())) }
    return start - last.lowerBound > 1 ? Phrase(name.pieces.dropLast() + [last.lowerBound..<start]) : name
  }

  func ending(_ phrase: Phrase) -> Phrase {
    guard let range = phrase.pieces.last, let start = changeStart(range) else { return Phrase() }
    return Phrase(start..<range.upperBound)
  }

  /// 甲5亿元、乙6亿元，分别增长1%、2%: the changes of the values before, in order.
  func pairWithPrevious(_ range: ClosedRange<Int>, _ predicate: Phrase, _ frames: inout [Frame]) {
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
  func sharePredicate(_ index: Int, _ frames: inout [Frame]) {
    guard index + 1 < frames.count, frames[index].precedes, frames[index + 1].precedes,
      frames[index].sentence == frames[index + 1].sentence,
      frames[index].quantity.unit == frames[index + 1].quantity.unit,
      predicate(frames[index].after) == nil,
      !frames[index].after.contains(where: { words.predicates.match(glyphs, at: $0) != nil }),
      frames[index + 1].sharesClause || standsAlone(frames[index]) && !hasWords(frames[index + 1].before),
      frames[index + 1].before.upperBound - frames[index].after.upperBound < 3
    else { return }
    let next = frames[index + 1].after
    guard let verb = predicate(next),
      frames[index].verb.isEmpty || trimmer.verbs(verb..<next.upperBound) == next.upperBound
    else { return }
    frames[index].name = frames[index].name + Phrase(verb..<next.upperBound)
    frames[index].rules.append("predicate")
  }

  private func standsAlone(_ frame: Frame) -> Bool { frame.verb.isEmpty && !frame.measures }

  private func hasWords(_ range: Range<Int>) -> Bool { range.contains { Glyph.isHan(glyphs[$0]) } }

  /// Where what is said of a noun begins: its first verb that no noun follows at once.
  func predicate(_ range: Range<Int>) -> Int? {
    guard range.count > 4 else { return nil }
    return trimmer.firstVerb(range.lowerBound + 2..<range.upperBound)
  }

  /// 47个部门的…事项: the first number counts the holders of what the second counts.
  func nameContainer(_ index: Int, _ frames: inout [Frame]) {
    guard index + 1 < frames.count, frames[index + 1].sharesClause, frames[index].precedes,
      frames[index].quantity.kind == .count, !frames[index].rules.contains("deed")
    else { return }
    if frames[index + 1].rules.contains("container") || bodyEnd(frames[index].after) != nil {
      return nameBody(index, &frames)
    }
    let noun = frames[index].after
    if isPlace(noun), isPlace(frames[index + 1].after) { return }
    var end = noun.upperBound
    if glyphs[end - 1] == 0x7684 { end -= 1 }
    if let container = words.containers.match(glyphs, at: noun.lowerBound),
      glyphs[noun.lowerBound + container.length] == 0x7684
    {
      end = min(end, noun.lowerBound + container.length)
    }
    guard
      let match = words.containers.match(glyphs, at: max(noun.lowerBound, end - 2))
        ?? words.containers.match(glyphs, at: noun.lowerBound),
      match.length > 0, end - noun.lowerBound < 9
    else { return }
    let possessive = glyphs[end] == 0x7684 ? end..<end + 1 : end..<end
    frames[index].name = frames[index + 1].name + Phrase([possessive, noun.lowerBound..<end])
    frames[index].rules.append("container")
  }

  /// 8个村、3个社区: one kind of place stands beside another, not within it.
  private func isPlace(_ noun: Range<Int>) -> Bool { words.places.match(glyphs, at: noun.upperBound) != nil }

  /// The end of a body whose verb follows it: 人民调解委员会|调解纠纷.
  func bodyEnd(_ range: Range<Int>) -> Int? {
    range.dropFirst(2).first { place in
      guard let body = words.bodies.match(glyphs, at: place), place - body.length >= range.lowerBound,
        let verb = words.verbs.match(glyphs, at: place)
      else { return false }
      return place + verb.length < range.upperBound
    }
  }

  /// 132个人民调解委员会调解…: the number counts the bodies, whatever they did.
  private func nameBody(_ index: Int, _ frames: inout [Frame]) {
    let noun = frames[index].after
    let body = noun.lowerBound..<(bodyEnd(noun) ?? noun.upperBound)
    frames[index].name = frames[index].verb + Phrase(body.lowerBound..<trimmer.withoutParticles(body))
    frames[index].rules.append("body")
  }
}
