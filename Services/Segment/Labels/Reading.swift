internal import Text

/// A text under a reader: characters in narrow form, and how many were looked at.
struct Reading {
  let bytes: [UInt8]
  /// How many characters were looked at; a test holds its ratio to the text's length.
  private(set) var looks = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The character at a byte offset in its narrow form, and its length; a newline at the end of the text.
  mutating func character(at offset: Int) -> (value: UInt32, length: Int) {
    looks += 1
    guard offset < bytes.count else { return (Characters.newline, 0) }
    let first = bytes[offset]
    if first < 0x80 { return (UInt32(first), 1) }
    let scalar = bytes.span.scalar(at: offset)
    return (narrowed(scalar.value), scalar.length)
  }

  /// The character right before a byte offset, in its narrow form; a newline at the start of the text.
  mutating func character(before offset: Int) -> UInt32 {
    looks += 1
    guard let scalar = bytes.span.scalar(before: offset) else { return Characters.newline }
    return narrowed(scalar.value)
  }

  /// The offset of the character right before a byte offset.
  func offset(before offset: Int) -> Int { offset - (bytes.span.scalar(before: offset)?.length ?? 1) }

  /// The first byte from `offset` on that is no blank.
  mutating func skippingBlanks(from offset: Int) -> Int {
    var position = offset
    while position < bytes.count {
      let character = character(at: position)
      guard Characters.isBlank(character.value) else { break }
      position += character.length
    }
    return position
  }
}
