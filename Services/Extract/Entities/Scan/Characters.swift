/// A set of characters that rules ask for at every place of a text.
///
/// One bit of a word tells nearly all other characters; a `Set` hashes each of them.
struct Characters: Sendable, ExpressibleByStringLiteral {
  private let values: [Unicode.Scalar]
  private let filter: UInt64

  init(stringLiteral characters: String) { self.init(characters) }

  init(_ characters: String) {
    values = Array(characters.unicodeScalars)
    filter = values.reduce(0) { $0 | 1 << UInt64($1.value & 63) }
  }

  func contains(_ character: Unicode.Scalar) -> Bool {
    filter &>> UInt64(character.value & 63) & 1 == 1 && values.contains(character)
  }
}
