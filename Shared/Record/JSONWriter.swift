/// Writes JSON in the order of the calls, without blanks: the record's members have a fixed order and exact decimals,
/// which Foundation's encoder gives neither.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  package mutating func object(_ members: (inout JSONWriter) -> Void) { bracketed("{", "}", members) }

  package mutating func array<Element>(_ elements: some Sequence<Element>, _ write: (inout JSONWriter, Element) -> Void)
  {
    bracketed("[", "]") { writer in for element in elements { write(&writer, element) } }
  }

  /// The name of the next member; its value is the next call.
  package mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func string(_ value: String) {
    separate()
    quote(value)
  }

  package mutating func number(_ value: some BinaryInteger) { raw(String(value).utf8) }

  package mutating func number(_ value: ExactDecimal) { raw(value.description.utf8) }

  package mutating func bool(_ value: Bool) { raw((value ? "true" : "false").utf8) }

  /// A value that is JSON already.
  package mutating func raw(_ json: some Sequence<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// A member with a string; an absent value is an absent member.
  package mutating func member(_ name: String, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  package mutating func member(_ name: String, _ value: Int?) {
    guard let value else { return }
    key(name)
    number(value)
  }

  package mutating func member(_ name: String, _ value: ExactDecimal?) {
    guard let value else { return }
    key(name)
    number(value)
  }

  /// A member that stands only where it is true.
  package mutating func flag(_ name: String, _ value: Bool) {
    guard value else { return }
    key(name)
    bool(true)
  }

  package mutating func member<Element>(
    _ name: String, _ elements: some Sequence<Element>, _ write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    array(elements, write)
  }

  private mutating func bracketed(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: open))
    needsComma = false
    body(&self)
    bytes.append(UInt8(ascii: close))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  /// A string of valid UTF-8.
  package mutating func string(_ value: ArraySlice<UInt8>) {
    separate()
    quote(value)
  }

  private mutating func quote(_ value: String) {
    if value.utf8.contains(where: Self.isEscaped) {
      quote(ArraySlice(value.utf8))
    } else {
      bytes.append(UInt8(ascii: "\""))
      bytes.append(contentsOf: value.utf8)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  /// Writes the bytes between those that are escaped at once.
  private mutating func quote(_ value: ArraySlice<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var rest = value
    while let place = rest.firstIndex(where: Self.isEscaped) {
      bytes.append(contentsOf: rest[..<place])
      escape(rest[place])
      rest = rest[(place + 1)...]
    }
    bytes.append(contentsOf: rest)
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// Writes a byte that `isEscaped`.
  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
    case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
    case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
    case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
}
