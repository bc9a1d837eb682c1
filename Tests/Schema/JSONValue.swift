/// A JSON value with its members in their order and its numbers as written.
package indirect enum JSONValue: Equatable, Sendable {
  package struct Member: Equatable, Sendable {
    package var name: String
    package var value: JSONValue
  }

  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// Why a text is no JSON, and at which byte.
  package struct Malformed: Error, Equatable {
    package let byte: Int
    package let problem: String
  }

  /// The value of a text that holds nothing else.
  package init(_ bytes: [UInt8]) throws(Malformed) {
    var parser = Parser(bytes: bytes)
    self = try parser.value()
    parser.skipBlanks()
    guard parser.place == bytes.count else { throw parser.malformed("something stands behind the value") }
  }

  /// The member of an object, nil where there is none or this is no object.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  package var members: [Member] { if case .object(let members) = self { members } else { [] } }
  package var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
  package var string: String? { if case .string(let string) = self { string } else { nil } }
  package var integer: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
}

private struct Parser {
  let bytes: [UInt8]
  var place = 0

  func malformed(_ problem: String) -> JSONValue.Malformed { JSONValue.Malformed(byte: place, problem: problem) }

  var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  mutating func skipBlanks() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  mutating func take(_ character: Unicode.Scalar) throws(JSONValue.Malformed) {
    guard next == UInt8(ascii: character) else { throw malformed("'\(character)' is missing") }
    place += 1
  }

  mutating func value() throws(JSONValue.Malformed) -> JSONValue {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONValue.Malformed) -> JSONValue {
    guard bytes[place...].starts(with: word.utf8) else { throw malformed("'\(word)' is misspelt") }
    place += word.utf8.count
    return value
  }

  private mutating func object() throws(JSONValue.Malformed) -> JSONValue {
    var members: [JSONValue.Member] = []
    try list("{", "}") { (parser) throws(JSONValue.Malformed) in
      let name = try parser.string()
      guard !members.contains(where: { $0.name == name }) else { throw parser.malformed("'\(name)' stands twice") }
      parser.skipBlanks()
      try parser.take(":")
      members.append(JSONValue.Member(name: name, value: try parser.value()))
    }
    return .object(members)
  }

  private mutating func array() throws(JSONValue.Malformed) -> JSONValue {
    var elements: [JSONValue] = []
    try list("[", "]") { (parser) throws(JSONValue.Malformed) in elements.append(try parser.value()) }
    return .array(elements)
  }

  private mutating func list(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ element: (inout Parser) throws(JSONValue.Malformed) -> Void
  ) throws(JSONValue.Malformed) {
    try take(open)
    skipBlanks()
    if next == UInt8(ascii: close) { return place += 1 }
    while true {
      skipBlanks()
      try element(&self)
      skipBlanks()
      if next == UInt8(ascii: close) { return place += 1 }
      try take(",")
    }
  }

  private mutating func number() throws(JSONValue.Malformed) -> JSONValue {
    let end = bytes[place...].firstIndex { !"+-.0123456789eE".utf8.contains($0) } ?? bytes.count
    let digits = String(decoding: bytes[place..<end], as: UTF8.self)
    guard Double(digits) != nil, !digits.hasPrefix("+"), digits.last != "." else { throw malformed("no value is here") }
    place = end
    return .number(digits)
  }

  private mutating func string() throws(JSONValue.Malformed) -> String {
    try take("\"")
    var units: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw malformed("a control character stands in a string") }
      place += 1
      if byte == UInt8(ascii: "\\") { units += try escape() } else { units.append(byte) }
    }
    try take("\"")
    guard let text = String(validating: units, as: UTF8.self) else { throw malformed("a string is not UTF-8") }
    return text
  }

  private mutating func escape() throws(JSONValue.Malformed) -> [UInt8] {
    let plain: [UInt8: UInt8] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
    ]
    guard let byte = next else { throw malformed("the text ends in a string") }
    place += 1
    if let character = plain[byte] { return [character] }
    let digits = String(decoding: bytes[place..<min(place + 4, bytes.count)], as: UTF8.self)
    guard byte == UInt8(ascii: "u"), let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
      throw malformed("an escape is not known")
    }
    place += 4
    return Array(String(Character(scalar)).utf8)
  }
}
