internal import Text

/// A line as rules compare it: characters in narrow form, Latin letters in lower case, without blanks.
struct Folded {
  /// UTF-8 of the folded characters.
  private(set) var bytes: [UInt8] = []
  /// For each folded byte the offset in the line of the character it comes from; one more for the line's end.
  private(set) var origin: [Int] = []

  init(_ line: Span<UInt8>) {
    bytes.reserveCapacity(line.count)
    origin.reserveCapacity(line.count + 1)
    var offset = 0
    while offset < line.count {
      let (value, length) = line.scalar(at: offset)
      let narrow = narrowed(value)
      if narrow < 0x80 {
        if !isBlank(value) { append(lowered(UInt8(truncatingIfNeeded: narrow)), from: offset) }
      } else if !isBlank(value) {
        for byte in offset..<offset + length { append(line[byte], from: offset) }
      }
      offset += length
    }
    origin.append(line.count)
  }

  private mutating func append(_ byte: UInt8, from offset: Int) {
    bytes.append(byte)
    origin.append(offset)
  }
}

/// A word as it is compared with folded lines.
func folded(_ word: String) -> String { String(decoding: Folded(Array(word.utf8).span).bytes, as: UTF8.self) }
