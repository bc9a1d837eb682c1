internal import Text

/// A few words that rules ask for again and again at places of a text; the first of the list that stands there counts.
///
/// One bit tells most places apart, by the words' first characters.
struct Words: Sendable, ExpressibleByArrayLiteral {
  private let words: [StaticString]
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

/// Where the next of some words stands, asked for from offsets that only grow: the text is searched once.
struct NextWord {
  private let words: Words
  /// At or behind the offset asked for last.
  private var next = -1

  init(_ words: Words) { self.words = words }

  /// The bytes from an offset to the next of the words; to the end of the text where none follows.
  mutating func distance(from offset: Int, in reading: Reading) -> Int {
    if next < offset {
      next = offset
      while next < reading.end, words.end(in: reading, at: next) == nil { next = reading.next(next) }
    }
    return next - offset
  }
}
