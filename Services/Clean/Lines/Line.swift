internal import Record
internal import Text

/// One line of a page on its way to text or chrome: its words without the blanks around them.
struct Line {
  var bytes: [UInt8]
  /// How many empty lines stand before it.
  var gap = 0
  /// How far it is indented, in half characters.
  var indent = 0
  /// Why it is page furniture; nil while it is text.
  var reason: Chrome.Reason?
  /// The number of characters, blanks left out.
  let length: Int

  init(_ bytes: [UInt8], gap: Int = 0, indent: Int = 0, reason: Chrome.Reason? = nil) {
    self.bytes = bytes
    self.gap = gap
    self.indent = indent
    self.reason = reason
    length = bytes.span.visibleCount
  }

  /// Two lines as one, in the place of the first; what stands between them are blanks.
  init(_ first: Line, _ blanks: [UInt8], _ second: Line) {
    bytes = first.bytes + blanks + second.bytes
    gap = first.gap
    indent = first.indent
    reason = first.reason
    length = first.length + second.length
  }

  var isText: Bool { reason == nil }

  /// The last character in narrow form; 0 for an empty line.
  var last: UInt32 { bytes.span.scalar(before: bytes.count).map { narrowed($0.value) } ?? 0 }

  /// Whether it ends as a sentence, a list's item or a lead-in ends.
  var isFinished: Bool { bytes.span.endsFinished(at: bytes.count) }

  /// Whether a line is prose and not a label, a title or a link: long, or with the end of a sentence inside.
  var isProse: Bool { length >= 60 || length >= 30 && bytes.span.containsSentenceEnd }
}

extension Span<UInt8> {
  /// The number of characters that are not blanks.
  var visibleCount: Int {
    var count = 0
    var offset = 0
    while offset < self.count {
      let (value, length) = scalar(at: offset)
      if !isBlank(value) { count += 1 }
      offset += length
    }
    return count
  }

  /// The width in half characters: a Han character and the like have two.
  func width(of range: Range<Int>) -> Int {
    var width = 0
    var offset = range.lowerBound
    while offset < range.upperBound {
      let (value, length) = scalar(at: offset)
      width += value < 0x1100 ? 1 : 2
      offset += length
    }
    return width
  }

  var containsSentenceEnd: Bool {
    var offset = 0
    while offset < count {
      let (value, length) = scalar(at: offset)
      if isSentenceEnd(narrowed(value)) { return true }
      offset += length
    }
    return false
  }

  /// Whether a sentence, an item or a lead-in ends right before `end`, closing quotes and brackets left out.
  func endsFinished(at end: Int) -> Bool {
    var end = end
    while let (value, length) = scalar(before: end) {
      let narrow = narrowed(value)
      if isSentenceEnd(narrow) || narrow == 0x3A { return true }
      guard isClosing(narrow) else { return false }
      end -= length
    }
    return false
  }
}

/// 。！？；… and their narrow forms; the full stop of Latin script is none, numbers hold it.
func isSentenceEnd(_ narrow: UInt32) -> Bool {
  switch narrow {
  case 0x3002, 0xFF61, 0x21, 0x3F, 0x3B, 0x2026: true
  default: false
  }
}

/// Closing brackets and quotes.
func isClosing(_ narrow: UInt32) -> Bool {
  switch narrow {
  case 0x29, 0x5D, 0x7D, 0x201D, 0x2019, 0x300B, 0x3009, 0x300D, 0x300F, 0x3011, 0x3015, 0x22, 0x27: true
  default: false
  }
}

/// Characters that show nothing: blanks of all widths, format characters and controls.
func isBlank(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0...0x20, 0x7F...0xA0, 0xAD, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000, 0x3164,
    0xFEFF, 0xFFF9...0xFFFB:
    true
  default: false
  }
}

/// Han characters, the numeral zero 〇 included.
func isHan(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: true
  default: false
  }
}

func isDigit(_ narrow: UInt32) -> Bool { 0x30...0x39 ~= narrow }
