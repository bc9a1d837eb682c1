extension Span<UInt8> {
  /// The character that starts at a byte offset, with its length in bytes (1…4).
  ///
  /// The bytes are valid UTF-8 and `offset` stands at the start of a character.
  @inlinable
  @inline(__always)
  package func scalar(at offset: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(self[offset])
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | tail(offset + 1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | tail(offset + 1) << 6 | tail(offset + 2), 3) }
    return ((first & 0x07) << 18 | tail(offset + 1) << 12 | tail(offset + 2) << 6 | tail(offset + 3), 4)
  }

  @inlinable
  @inline(__always)
  package func tail(_ offset: Int) -> UInt32 { UInt32(self[offset]) & 0x3F }

  /// The character that ends right before a byte offset, with its length in bytes; nil at the start of the text.
  @inlinable
  package func scalar(before offset: Int) -> (value: UInt32, length: Int)? {
    guard offset > 0 else { return nil }
    var start = offset - 1
    while start > 0, self[start].isContinuation { start -= 1 }
    return scalar(at: start)
  }
}

/// The narrow form of a full-width character (U+FF01…U+FF5E, U+3000), as rules compare characters; any other
/// character is itself. The text itself keeps its width.
@inlinable
package func narrowed(_ scalar: UInt32) -> UInt32 {
  switch scalar {
  case 0xFF01...0xFF5E: scalar - 0xFEE0
  case 0x3000, 0xA0: 0x20
  default: scalar
  }
}

/// The value of a simple Chinese digit, 〇 零 一 … 九; nil for any other character.
@inlinable
package func hanDigit(_ scalar: UInt32) -> Int? {
  switch scalar {
  case 0x3007, 0x96F6: 0
  case 0x4E00: 1
  case 0x4E8C: 2
  case 0x4E09: 3
  case 0x56DB: 4
  case 0x4E94: 5
  case 0x516D: 6
  case 0x4E03: 7
  case 0x516B: 8
  case 0x4E5D: 9
  default: nil
  }
}
