/// A page of HTML as a scan over its bytes: tags and pieces of text in order, comments and the insides of scripts left out.
///
/// It knows no charset: in all that pages are written in, but for UTF-16, the bytes of `<`, `>`, `=` and quotes are
/// nothing else. Each byte is looked at once.
struct Markup: Sequence, IteratorProtocol {
  enum Piece {
    /// A start tag, with where its attributes stand.
    case start(name: String, attributes: Range<Int>)
    case end(name: String)
    case text(Range<Int>)
  }

  private let bytes: [UInt8]
  private var offset = 0
  /// The element whose inside is no markup and that is open.
  private var raw: String?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Piece? {
    if let name = raw {
      raw = nil
      skip(past: Array("</\(name)".utf8))
      skip(past: [UInt8(ascii: ">")])
      return .end(name: name)
    }
    while offset < bytes.count {
      guard bytes[offset] == UInt8(ascii: "<"), offset + 1 < bytes.count else { return text() }
      switch bytes[offset + 1] {
      case UInt8(ascii: "!"), UInt8(ascii: "?"): skipDeclaration()
      case UInt8(ascii: "/"): return tag(nameAt: offset + 2, isEnd: true)
      case 0x41...0x5A, 0x61...0x7A: return tag(nameAt: offset + 1, isEnd: false)
      default: return text()
      }
    }
    return nil
  }

  private mutating func text() -> Piece {
    let start = offset
    offset += 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") { offset += 1 }
    return .text(start..<offset)
  }

  private mutating func skipDeclaration() {
    let isComment = bytes[offset...].starts(with: Array("<!--".utf8))
    skip(past: isComment ? Array("-->".utf8) : [UInt8(ascii: ">")])
  }

  private mutating func tag(nameAt start: Int, isEnd: Bool) -> Piece {
    offset = start
    while offset < bytes.count, !Self.endsName(bytes[offset]) { offset += 1 }
    let name = String(decoding: bytes[start..<Swift.min(offset, start + 32)], as: UTF8.self).lowercased()
    let attributes = offset
    skipAttributes()
    let range = attributes..<offset
    offset = Swift.min(offset + 1, bytes.count)
    guard !isEnd else { return .end(name: name) }
    if ["script", "style", "textarea", "title", "xmp"].contains(name) { raw = name }
    return .start(name: name, attributes: range)
  }

  /// To the `>` that ends the tag: one inside a quoted value does not.
  private mutating func skipAttributes() {
    var quote: UInt8?
    while offset < bytes.count {
      let byte = bytes[offset]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        return
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), follows(UInt8(ascii: "=")) {
        quote = byte
      }
      offset += 1
    }
  }

  /// Whether the last byte that is no blank before here is the given one.
  private func follows(_ byte: UInt8) -> Bool {
    var place = offset - 1
    while place >= 0, bytes[place] <= 0x20 { place -= 1 }
    return place >= 0 && bytes[place] == byte
  }

  /// Behind the next place of a word in lower case, or to the end.
  private mutating func skip(past word: [UInt8]) {
    while offset < bytes.count {
      if bytes[offset] == word[0], isHere(word) {
        offset += word.count
        return
      }
      offset += 1
    }
  }

  private func isHere(_ word: [UInt8]) -> Bool {
    guard offset + word.count <= bytes.count else { return false }
    return word.indices.allSatisfy { place in
      let byte = bytes[offset + place]
      return byte == word[place] || byte >= 0x41 && byte | 0x20 == word[place]
    }
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }
}
