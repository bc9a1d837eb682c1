internal import Text

/// A text as the rules of entities read it: characters, words and numbers at byte offsets.
///
/// Wide and narrow forms of a character are the same character here. Every reading looks a bounded way ahead or back, so
/// that a scan stays linear in the text.
struct Reading: Sendable {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var end: Int { bytes.count }

  /// The character at an offset, in its narrow form; NUL at the end.
  func character(at offset: Int) -> Unicode.Scalar {
    offset < bytes.count ? Self.scalar(bytes.span.scalar(at: offset).value) : "\0"
  }

  /// The offset behind the character at an offset.
  func next(_ offset: Int) -> Int {
    offset < bytes.count ? offset + bytes.span.scalar(at: offset).length : bytes.count
  }

  /// The character right before an offset, in its narrow form; NUL at the start.
  func character(before offset: Int) -> Unicode.Scalar {
    bytes.span.scalar(before: offset).map { Self.scalar($0.value) } ?? "\0"
  }

  private static func scalar(_ value: UInt32) -> Unicode.Scalar { Unicode.Scalar(narrowed(value)) ?? "\u{FFFD}" }

  /// The offset of the character before an offset.
  func previous(_ offset: Int) -> Int { offset - (bytes.span.scalar(before: offset)?.length ?? 0) }

  /// The offset behind a word, where it stands at an offset.
  func end(of word: StaticString, at offset: Int) -> Int? {
    let count = word.utf8CodeUnitCount
    guard offset >= 0, offset + count <= bytes.count else { return nil }
    return word.withUTF8Buffer { word in
      for index in 0..<count where unsafe word[index] != bytes[offset + index] { return nil }
      return offset + count
    }
  }

  func has(_ word: StaticString, at offset: Int) -> Bool { end(of: word, at: offset) != nil }

  func has(_ word: StaticString, before offset: Int) -> Bool { has(word, at: offset - word.utf8CodeUnitCount) }

  /// Whether one of the words stands at an offset.
  func has(anyOf words: [StaticString], at offset: Int) -> Bool { words.contains { has($0, at: offset) } }

  func has(anyOf words: [StaticString], before offset: Int) -> Bool { words.contains { has($0, before: offset) } }

  /// Whether one of the words begins within some characters behind an offset.
  func has(anyOf words: [StaticString], within count: Int, from offset: Int) -> Bool {
    var offset = offset
    for _ in 0..<count where offset < end {
      if has(anyOf: words, at: offset) { return true }
      offset = next(offset)
    }
    return false
  }

  /// The offset behind blanks, at most four.
  func skippingBlanks(_ offset: Int) -> Int {
    var offset = offset
    for _ in 0..<4 where character(at: offset) == " " { offset = next(offset) }
    return offset
  }

  /// The words at a range of bytes.
  subscript(range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension Unicode.Scalar {
  var isDigit: Bool { value >= 0x30 && value <= 0x39 }
  var isHan: Bool { (value >= 0x4E00 && value <= 0x9FFF) || (value >= 0x3400 && value <= 0x4DBF) || value == 0x3007 }
  var isLatin: Bool { (value | 0x20) >= 0x61 && (value | 0x20) <= 0x7A }
}
