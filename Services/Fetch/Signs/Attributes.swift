/// The attributes of a tag, read when they are asked for.
struct Attributes {
  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// The value of the first attribute of a name, without quotes; those beyond ASCII percent-encoded, as the charset is not
  /// known; `&amp;` as what it means.
  subscript(name: String) -> String? {
    var rest = bytes
    while let (found, value) = Self.next(&rest) {
      if found == name { return Self.text(value) }
    }
    return nil
  }

  private static func next(_ rest: inout ArraySlice<UInt8>) -> (name: String, value: ArraySlice<UInt8>)? {
    rest = rest.drop { $0 <= 0x20 || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "=") }
    guard !rest.isEmpty else { return nil }
    let name = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/") }
    rest = rest[name.endIndex...].drop { $0 <= 0x20 }
    var value: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: "=") {
      rest = rest.dropFirst().drop { $0 <= 0x20 }
      value = takeValue(&rest)
    }
    return (String(decoding: name.prefix(64), as: UTF8.self).lowercased(), value)
  }

  private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let value = rest.prefix { $0 > 0x20 }
      rest = rest[value.endIndex...]
      return value
    }
    let value = rest.dropFirst().prefix { $0 != quote }
    rest = rest[value.endIndex...].dropFirst()
    return value
  }

  private static func text(_ value: ArraySlice<UInt8>) -> String {
    let ascii = value.prefix(8192).flatMap { $0 < 0x80 ? [$0] : percentEncoded($0) }
    return String(decoding: ascii, as: UTF8.self).replacing("&amp;", with: "&")
  }
}
