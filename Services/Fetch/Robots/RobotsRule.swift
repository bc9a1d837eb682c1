/// One pattern of a robots.txt: `*` stands for any bytes, `$` at its end for the end of the path.
struct RobotsRule: Sendable {
  let allows: Bool
  /// Of the pattern, in bytes.
  let length: Int
  private let pieces: [[UInt8]]
  private let isAnchored: Bool

  /// Nil for an empty pattern, which fits nothing.
  init?(_ pattern: [UInt8], allows: Bool) {
    guard !pattern.isEmpty else { return nil }
    self.allows = allows
    isAnchored = pattern.last == UInt8(ascii: "$")
    let pattern = Self.normalized(isAnchored ? pattern.dropLast() : pattern)
    length = pattern.count + (isAnchored ? 1 : 0)
    pieces = pattern.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
  }

  /// Whether the pattern fits a path from its start.
  ///
  /// - Complexity: the length of the path times that of the pattern, at worst.
  func fits(_ path: [UInt8]) -> Bool {
    guard path.starts(with: pieces[0]) else { return false }
    var position = pieces[0].count
    for piece in pieces.dropFirst().dropLast(isAnchored ? 1 : 0) {
      guard let found = Self.find(piece, in: path, from: position) else { return false }
      position = found + piece.count
    }
    guard isAnchored else { return true }
    guard pieces.count > 1 else { return path.count == position }
    return path.count - pieces[pieces.count - 1].count >= position
      && path.suffix(pieces[pieces.count - 1].count).elementsEqual(pieces[pieces.count - 1])
  }

  private static func find(_ piece: [UInt8], in path: [UInt8], from start: Int) -> Int? {
    guard !piece.isEmpty else { return start }
    guard start + piece.count <= path.count else { return nil }
    return (start...path.count - piece.count).first { path[$0...].starts(with: piece) }
  }

  /// The bytes with one spelling for each character: those beyond ASCII percent-encoded, letters, digits and `-._~` not,
  /// hexadecimal digits in upper case.
  static func normalized(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var (result, rest): ([UInt8], [UInt8]) = ([], Array(bytes).reversed())
    result.reserveCapacity(rest.count)
    while let byte = rest.popLast() {
      let isEscape = byte == UInt8(ascii: "%") && rest.count >= 2
      guard isEscape, let value = hexadecimal(rest[rest.count - 1], rest[rest.count - 2]) else {
        result += byte < 0x80 ? [byte] : percentEncoded(byte)
        continue
      }
      rest.removeLast(2)
      result += isPlain(value) ? [value] : percentEncoded(value)
    }
    return result
  }

  private static func hexadecimal(_ high: UInt8, _ low: UInt8) -> UInt8? {
    guard let high = Character(UnicodeScalar(high)).hexDigitValue, let low = Character(UnicodeScalar(low)).hexDigitValue
    else { return nil }
    return UInt8(high << 4 | low)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: Array("-._~".utf8).contains(byte)
    }
  }
}
