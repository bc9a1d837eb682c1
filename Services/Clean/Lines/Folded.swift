internal import Text

/// A line as rules compare it: characters in narrow form, Latin letters in lower case, without blanks.
struct Folded {
  /// UTF-8 of the folded characters.
  private(set) var bytes: [UInt8] = []
  /// For each folded byte the offset in the line of the character it comes from; one more for the line's end.
  private(set) var origin: [Int] = []

  init(_ line: Span<UInt8>) {
    bytes.reserveCapacity(line.count)
    var offset = 0
    while offset < line.count {
      let (value, length) = line.scalar(at: offset)
      if !isBlank(value) { append(lowered(narrowed(value)), from: offset) }
      offset += length
    }
    origin.append(line.count)
  }

  private mutating func append(_ value: UInt32, from offset: Int) {
    let start = bytes.count
    switch value {
    case ..<0x80: bytes.append(UInt8(truncatingIfNeeded: value))
    case ..<0x800: bytes += [0xC0 | tail(value >> 6), 0x80 | tail(value)]
    case ..<0x10000: bytes += [0xE0 | tail(value >> 12), 0x80 | tail(value >> 6), 0x80 | tail(value)]
    default: bytes += [0xF0 | tail(value >> 18), 0x80 | tail(value >> 12), 0x80 | tail(value >> 6), 0x80 | tail(value)]
    }
    for _ in start..<bytes.count { origin.append(offset) }
  }

  private func tail(_ value: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: value & 0x3F) }
}

private func lowered(_ value: UInt32) -> UInt32 { 0x41...0x5A ~= value ? value + 0x20 : value }

/// A word as it is compared with folded lines.
func folded(_ word: String) -> String { String(decoding: Folded(Array(word.utf8).span).bytes, as: UTF8.self) }
