internal import Text

/// A text as an array of characters in one width, which the rules on quantities index: a rule that looks three
/// characters back or ahead must not decode UTF-8 to do so.
///
/// Full-width forms are narrowed, and the few traditional characters that stand in units are simplified. Positions are
/// indices of characters; `bytes(_:)` leads back to the text, which keeps its own forms.
struct Glyphs: Sendable {
  let scalars: [UInt32]
  private let offsets: [Int32]

  init(_ text: DocumentText) {
    var scalars: [UInt32] = []
    var offsets: [Int32] = []
    scalars.reserveCapacity(text.codePointCount)
    offsets.reserveCapacity(text.codePointCount + 1)
    let bytes = text.bytes.span
    var offset = 0
    while offset < bytes.count {
      let (value, length) = bytes.scalar(at: offset)
      scalars.append(Self.folded(value))
      offsets.append(Int32(truncatingIfNeeded: offset))
      offset += length
    }
    offsets.append(Int32(truncatingIfNeeded: offset))
    self.scalars = scalars
    self.offsets = offsets
  }

  var count: Int { scalars.count }

  /// The character at a place, or 0 before the start and after the end.
  subscript(place: Int) -> UInt32 { place >= 0 && place < scalars.count ? scalars[place] : 0 }

  subscript(place: Int) -> Unicode.Scalar { Unicode.Scalar(self[place] as UInt32) ?? " " }

  /// The bytes that a run of characters takes in the text.
  func bytes(_ range: Range<Int>) -> Range<Int> { Int(offsets[range.lowerBound])..<Int(offsets[range.upperBound]) }

  /// The place of the character that starts at a byte, or the next one.
  func place(atByte byte: Int) -> Int {
    var low = 0
    var high = scalars.count
    while low < high {
      let middle = (low + high) / 2
      if Int(offsets[middle]) < byte { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The characters that a run of bytes takes.
  func places(ofBytes span: Range<Int>) -> Range<Int> {
    place(atByte: span.lowerBound)..<place(atByte: span.upperBound)
  }

  /// Whether the characters from a place on are those of `word`, which is in narrow forms.
  func matches(_ word: String, at place: Int) -> Bool {
    var index = place
    for scalar in word.unicodeScalars {
      if self[index] != scalar.value { return false }
      index += 1
    }
    return true
  }

  /// The place of the next character that is no blank.
  func skippingBlanks(_ place: Int) -> Int {
    var place = place
    while self[place] == 0x20 { place += 1 }
    return place
  }

  private static func folded(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0..<0x80: return scalar
    case 0x500B: return 0x4E2A  // 個 个
    case 0x9EDE: return 0x70B9  // 點 点
    case 0x5E7E: return 0x51E0  // 幾 几
    case 0x9918: return 0x4F59  // 餘 余
    case 0x8CA0: return 0x8D1F  // 負 负
    case 0x2236, 0xFE55: return 0x3A  // ∶ ﹕
    case 0xFE6A: return 0x25  // ﹪
    case 0x2010...0x2015, 0x2500, 0x2212, 0xFF0D: return 0x2014  // every dash but the hyphen
    case 0xFF5E, 0x301C, 0x223C: return 0x7E  // ～
    case 0xFF1B: return 0x3B
    case 0x3001: return scalar
    default: return narrowed(scalar)
    }
  }
}

/// Classes of characters that several rules ask for.
enum Glyph {
  static func isDigit(_ scalar: UInt32) -> Bool { scalar >= 0x30 && scalar <= 0x39 }

  static func isLetter(_ scalar: UInt32) -> Bool {
    (scalar | 0x20 >= 0x61 && scalar | 0x20 <= 0x7A && scalar < 0x80) || (scalar >= 0x370 && scalar <= 0x52F)
  }

  static func isHan(_ scalar: UInt32) -> Bool { scalar >= 0x4E00 && scalar <= 0x9FFF || scalar == 0x3007 }

  /// Punctuation that ends a clause; `、` and brackets do not.
  static func endsClause(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0, 0x0A, 0x0D, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x3002, 0x7C, 0x4E28: true
    default: false
    }
  }

  /// Punctuation that ends a sentence.
  static func endsSentence(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0, 0x0A, 0x0D, 0x21, 0x3F, 0x3002: true
    default: false
    }
  }

  static func isDash(_ scalar: UInt32) -> Bool { scalar == 0x2D || scalar == 0x2014 || scalar == 0x7E }

  static func opensBracket(_ scalar: UInt32) -> Bool { scalar == 0x28 || scalar == 0x5B || scalar == 0x3010 }

  static func closesBracket(_ scalar: UInt32) -> Bool { scalar == 0x29 || scalar == 0x5D || scalar == 0x3011 }
}
