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
    guard let scalar = Unicode.Scalar(value) else { return }
    for byte in UTF8.encode(scalar).map(Array.init) ?? [] {
      bytes.append(byte)
      origin.append(offset)
    }
  }
}

private func lowered(_ value: UInt32) -> UInt32 { 0x41...0x5A ~= value ? value + 0x20 : value }

/// A word as it is compared with folded lines.
func folded(_ word: String) -> String { String(decoding: Folded(Array(word.utf8).span).bytes, as: UTF8.self) }
