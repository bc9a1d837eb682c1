private import FoundationEssentials

extension LogLine {
  /// Reads a line back that `bytes` wrote, in either format, without its end; nil for anything else.
  package init?(_ bytes: [UInt8]) {
    if bytes.first == UInt8(ascii: "{") {
      guard let members = try? JSONDecoder().decode([String: String].self, from: Data(bytes)) else { return nil }
      self.init(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    } else {
      var (fields, rest): ([(name: String, value: String)], ArraySlice<UInt8>) = ([], bytes[...])
      while let field = Self.takeField(&rest) { fields.append(field) }
      guard rest.isEmpty, !fields.isEmpty else { return nil }
      self.init(fields)
    }
  }

  package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// `name=word` or `name="words"`, and the blank after it.
  private static func takeField(_ rest: inout ArraySlice<UInt8>) -> (name: String, value: String)? {
    guard let equals = rest.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let name = String(decoding: rest[..<equals], as: UTF8.self)
    let start = equals + 1
    let isQuoted = start < rest.endIndex && rest[start] == UInt8(ascii: "\"")
    guard
      let end = isQuoted ? endOfString(rest, start) : rest[start...].firstIndex(of: UInt8(ascii: " ")) ?? rest.endIndex
    else { return nil }
    let bytes = rest[start..<end]
    rest = rest[end...].drop { $0 == UInt8(ascii: " ") }
    guard isQuoted else { return (name, String(decoding: bytes, as: UTF8.self)) }
    return (try? JSONDecoder().decode(String.self, from: Data(bytes))).map { (name, $0) }
  }

  /// The place behind the closing quote.
  private static func endOfString(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int? {
    var place = start + 1
    while place < bytes.endIndex, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return place < bytes.endIndex ? place + 1 : nil
  }
}
