/// Dates, organs and verbs at a place.
extension Trimmer {
  /// The end of the date that starts at a place.
  func date(at place: Int) -> Int? { date(whose: { $0.lowerBound }, isAt: place)?.upperBound }

  /// The start of the date that ends at a place.
  func dateStart(endingAt place: Int) -> Int? { date(whose: { $0.upperBound }, isAt: place)?.lowerBound }

  /// Whether a named organ that starts at or behind `start` ends at a place.
  func organEnd(_ place: Int, from start: Int) -> Bool {
    Self.span(in: organs, whose: { $0.upperBound }, isAt: place).map { $0.lowerBound >= start } ?? false
  }

  func date(whose bound: (Range<Int>) -> Int, isAt place: Int) -> Range<Int>? {
    Self.span(in: dates, whose: bound, isAt: place)
  }

  /// The span that has one of its bounds at a place; the spans are in order and apart.
  static func span(in spans: [Range<Int>], whose bound: (Range<Int>) -> Int, isAt place: Int) -> Range<Int>? {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if bound(spans[middle]) < place { low = middle + 1 } else { high = middle }
    }
    return low < spans.count && bound(spans[low]) == place ? spans[low] : nil
  }

  /// How far verbs go from a place on, read greedily; the last is none where one character makes it a noun: 发放|督办单.
  func verbs(_ range: Range<Int>) -> Int {
    var place = range.lowerBound
    var last = place
    while place < range.upperBound, let verb = words.verbs.match(glyphs, at: place),
      place + verb.length <= range.upperBound
    {
      last = place
      place += verb.length
    }
    let isNoun =
      place == range.upperBound - 1 && "函单书表卡证牌票令员金".unicodeScalars.contains(glyphs[place] as Unicode.Scalar)
    return isNoun ? last : place
  }

  /// How far verbs go that govern the noun behind them: 使用|就业专项资金, where the last only tells of which kind it is.
  func governingVerbs(_ range: Range<Int>) -> Int {
    let end = verbs(range)
    let last = (range.lowerBound..<end).last { place in
      place > range.lowerBound && words.intransitives.match(glyphs, at: place)?.length == end - place
    }
    return end < range.upperBound ? last ?? end : end
  }

  /// How far verbs go that 或 and 和 join: 撤销或者变更.
  func joinedVerbs(_ range: Range<Int>) -> Int {
    var place = verbs(range)
    while place > range.lowerBound, place < range.upperBound {
      let joiner = glyphs.matches("或者", at: place) ? 2 : 1
      guard "或和并及、".unicodeScalars.contains(glyphs[place] as Unicode.Scalar), place + joiner < range.upperBound
      else { break }
      let next = verbs(place + joiner..<range.upperBound)
      guard next > place + joiner else { break }
      place = next
    }
    return place
  }

  /// The first place in a range where a verb begins that is no part of a noun: 生产总值.
  func firstVerb(_ range: Range<Int>) -> Int? {
    range.first { place in
      guard let verb = words.verbs.match(glyphs, at: place),
        words.kept.match(glyphs, at: place)?.length ?? 0 <= verb.length
      else { return false }
      return place + verb.length <= range.upperBound
    }
  }
}
