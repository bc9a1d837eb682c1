internal import Text

/// A few words that rules ask for again and again at places of a text; the first of the list that stands there counts.
struct Words: Sendable, ExpressibleByArrayLiteral, Landmark {
  private let words: [StaticString]
  /// A bit for each character that one of the words begins with: most places are turned away by it.
  private let filter: UInt64

  init(arrayLiteral words: StaticString...) { self.init(words) }

  init(_ words: [StaticString]) {
    self.words = words
    filter = words.reduce(0) { $0 | 1 << UInt64("\($1)".unicodeScalars.first.map { $0.value & 63 } ?? 0) }
  }

  static func + (first: Words, second: Words) -> Words { Words(first.words + second.words) }

  /// The offset behind the word, where one stands at an offset.
  func end(in reading: Reading, at offset: Int) -> Int? {
    guard offset < reading.end, filter &>> UInt64(reading.bytes.span.scalar(at: offset).value & 63) & 1 == 1 else {
      return nil
    }
    for word in words {
      if let end = reading.end(of: word, at: offset) { return end }
    }
    return nil
  }
}

/// What a rule looks ahead for.
protocol Landmark {
  func stands(at offset: Int, in reading: Reading) -> Bool
}

extension Words {
  func stands(at offset: Int, in reading: Reading) -> Bool { end(in: reading, at: offset) != nil }
}

extension Characters: Landmark {
  func stands(at offset: Int, in reading: Reading) -> Bool { contains(reading.character(at: offset)) }
}

/// Where the next of some landmarks stands, asked for from offsets that only grow: the text is searched once.
struct Next<Mark: Landmark> {
  private let mark: Mark
  /// At or behind the offset asked for last.
  private var next = -1

  init(_ mark: Mark) { self.mark = mark }

  /// The bytes from an offset to the next one; to the end of the text where none follows.
  mutating func distance(from offset: Int, in reading: Reading) -> Int {
    if next < offset { search(from: offset, in: reading) }
    return next - offset
  }

  @inline(never)
  private mutating func search(from offset: Int, in reading: Reading) {
    next = offset
    while next < reading.end, !mark.stands(at: next, in: reading) { next = reading.next(next) }
  }
}
