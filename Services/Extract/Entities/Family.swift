internal import Record

/// A family of mentions, dates or organs: a folder with its rules, its tables and its corpora.
///
/// The scan asks every family at every character, from left to right, for the longest mention that starts there, takes the
/// longest answer, and goes on behind it: mentions do not nest. What a family keeps between two calls is only what
/// the text before has said (the last year named, the names defined).
protocol Family {
  /// The characters that a mention of this family may begin with; at others it is not asked.
  var starts: Starts { get }

  /// The longest mention of this family that starts at the character at `offset`.
  ///
  /// Looks at a bounded number of characters.
  mutating func mention(at offset: Int, in reading: Reading) -> Entity?

  /// Tells the family of a mention that the scan took, its own or another's.
  mutating func took(_ entity: Entity, in reading: Reading)
}

/// Kinds of characters that mentions begin with.
struct Starts: OptionSet {
  let rawValue: UInt8

  static let han = Starts(rawValue: 1)
  static let digit = Starts(rawValue: 2)
  static let quote = Starts(rawValue: 4)
  static let title = Starts(rawValue: 8)
  static let other = Starts(rawValue: 16)
  static let any: Starts = [.han, .digit, .quote, .title, .other]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The kind of one character.
  init(of character: Unicode.Scalar) {
    switch character {
    case "“", "‘", "\"": self = .quote
    case "《": self = .title
    default: self = character.isHan ? .han : character.isDigit ? .digit : .other
    }
  }
}

extension Family {
  mutating func took(_ entity: Entity, in reading: Reading) {}
}
