internal import Lexicon

/// Where a body starts that no mark separates from its heading, as in text whose line breaks are lost.
extension HeadingFinder {
  /// Where a body starts that no mark separates from its heading: `二、存在的不足2020年，……`
  mutating func bodyStart(in words: Range<Int>) -> Int? {
    var position = words.lowerBound
    while position < words.upperBound {
      if let noun = Vocabulary.shared.headingEnds.longestMatch(in: reading.bytes.span, at: position) {
        let end = position + noun.length
        if end < words.upperBound, Vocabulary.shared.bodyStarts.longestMatch(in: reading.bytes.span, at: end) != nil {
          return end
        }
      }
      position += reading.character(at: position).length
    }
    return nil
  }

  /// Where a body starts by one sign alone, in words that are too long for a heading: a noun that is a heading by itself
  /// (`主要职能`), or a word that hardly stands inside one (`坚持`) in the second half of a clause.
  mutating func sureBodyStart(from start: Int, to end: Int) -> Int? {
    if let noun = Vocabulary.shared.headingEnds.longestMatch(in: reading.bytes.span, at: start),
      start + noun.length < end, !joins(reading.character(at: start + noun.length).value)
    {
      return start + noun.length
    }
    var position = start
    var (clause, commas) = (0, 0)
    var open = OpenMarks()
    while position < end, commas < 2, position - start < 180 {
      let next = reading.character(at: position)
      let isBody = Vocabulary.shared.sureBodyStarts.longestMatch(in: reading.bytes.span, at: position) != nil
      if clause >= 6, isBody, !open.isInside(at: position) { return position }
      open.read(next.value, at: position)
      let isComma = next.value == 0x2C
      clause = isComma ? 0 : clause + 1
      commas += isComma ? 1 : 0
      position += next.length
    }
    return nil
  }

  /// Where a third clause starts without a mark in front of it, as a body does behind a heading of two clauses:
  /// `（二）提升服务效能，方便山区群众推动下沉服务。` One item alone shows nothing; most of a list do.
  mutating func thirdClause(from start: Int, to end: Int) -> Int? {
    var position = start
    var (clause, commas) = (0, 0)
    var open = OpenMarks()
    while position < end, clause < 24 {
      let next = reading.character(at: position)
      if next.value == 0x2C {
        commas += 1
        if commas > 1 || clause < 4 { return nil }
        clause = -1
      }
      if commas == 1, clause >= 6, end - position >= Self.shortestClause, !open.isInside(at: position),
        opensClause(at: position)
      {
        return position
      }
      open.read(next.value, at: position)
      clause += 1
      position += next.length
    }
    return nil
  }

  /// In bytes; `监督机制不断健全` holds a word that opens clauses, and then too few for one.
  private static let shortestClause = 18

  private mutating func opensClause(at position: Int) -> Bool {
    Vocabulary.shared.clauseStarts.longestMatch(in: reading.bytes.span, at: position) != nil
      && !leadsOn(reading.character(before: position))
  }

  /// Whether a character has the next word as its object or its verb: 和 与 及 、 的 并 以 不 更 再 在 于 中 为 来 而 要
  private func leadsOn(_ scalar: UInt32) -> Bool {
    [
      0x548C, 0x4E0E, 0x53CA, 0x3001, 0x7684, 0x5E76, 0x4EE5, 0x4E0D, 0x66F4, 0x518D, 0x5728, 0x4E8E, 0x4E2D,
      0x4E3A, 0x6765, 0x800C, 0x8981,
    ].contains(scalar)
  }

  /// Whether a character goes on with a noun: 和 与 及 、 的 （ ： ，
  private func joins(_ scalar: UInt32) -> Bool {
    [0x548C, 0x4E0E, 0x53CA, 0x3001, 0x7684, 0x28, 0x3A, 0x2C].contains(scalar)
  }
}
