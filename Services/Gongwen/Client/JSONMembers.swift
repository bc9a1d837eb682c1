/// The members of a JSON object as they are written, found without reading what is in them.
///
/// Numbers keep their digits and strings their escapes. The JSON is taken to be well-formed, as a sink's lines are; what
/// is no object has no members.
struct JSONMembers {
  /// Names as they are written between their quotes, and the bytes of the values.
  private(set) var all: [(name: String, value: ArraySlice<UInt8>)] = []

  init?(_ json: ArraySlice<UInt8>) {
    var scanner = JSONScanner(json)
    guard scanner.take(UInt8(ascii: "{")) else { return nil }
    while scanner.isAt(UInt8(ascii: "\"")) {
      let name = scanner.value()
      guard scanner.take(UInt8(ascii: ":")) else { return nil }
      all.append((String(decoding: name.dropFirst().dropLast(), as: UTF8.self), scanner.value()))
      guard scanner.take(UInt8(ascii: ",")) else { break }
    }
    guard scanner.take(UInt8(ascii: "}")) else { return nil }
  }

  subscript(name: String) -> ArraySlice<UInt8>? { all.first { $0.name == name }?.value }

  /// The elements of a JSON array; nil for anything else.
  static func elements(_ json: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
    var scanner = JSONScanner(json)
    guard scanner.take(UInt8(ascii: "[")) else { return nil }
    var elements: [ArraySlice<UInt8>] = []
    while !scanner.isAt(UInt8(ascii: "]")) {
      elements.append(scanner.value())
      guard scanner.take(UInt8(ascii: ",")) else { break }
    }
    return scanner.take(UInt8(ascii: "]")) ? elements : nil
  }
}

/// Steps over the values of JSON.
private struct JSONScanner {
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
    skipBlanks()
  }

  func isAt(_ byte: UInt8) -> Bool { place < bytes.endIndex && bytes[place] == byte }

  /// Steps over a byte and the blanks after it; false if another one is there.
  mutating func take(_ byte: UInt8) -> Bool {
    guard isAt(byte) else { return false }
    place += 1
    skipBlanks()
    return true
  }

  /// Steps over a value and the blanks after it.
  mutating func value() -> ArraySlice<UInt8> {
    let start = place
    var depth = 0
    repeat {
      guard place < bytes.endIndex else { break }
      switch bytes[place] {
      case UInt8(ascii: "\""): skipString()
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1; place += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1; place += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"): place += 1
      case let byte where Self.isBlank(byte): place += 1
      default: skipWord()
      }
    } while depth > 0
    defer { skipBlanks() }
    return bytes[start..<place]
  }

  private mutating func skipString() {
    place += 1
    while place < bytes.endIndex, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    place = min(place + 1, bytes.endIndex)
  }

  /// A number, true, false or null.
  private mutating func skipWord() {
    let ends = Array(",:]}[{\"".utf8)
    while place < bytes.endIndex, !ends.contains(bytes[place]), !Self.isBlank(bytes[place]) { place += 1 }
  }

  private mutating func skipBlanks() {
    while place < bytes.endIndex, Self.isBlank(bytes[place]) { place += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
