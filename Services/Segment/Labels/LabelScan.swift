/// All places of a text that may be labels, found in one pass.
struct LabelScan {
  private(set) var labels: [Label] = []
  private(set) var reading: Reading
  private var marks = OpenMarks()
  private var line = 0
  private var position = 0
  /// The strongest sign since the last character that is no blank.
  private var context = LabelContext.line
  private var blanks = 0
  /// What is being listed, `附件：1.…… 2.……`, `注：1.……`: its numbers are no labels.
  private var listing: ApartKind?

  init(_ bytes: [UInt8]) {
    reading = Reading(bytes)
    while position < bytes.count { step() }
  }

  /// Reads one character, or one whole label.
  private mutating func step() {
    let character = reading.character(at: position)
    if character.value == Characters.newline {
      line += 1
      (context, blanks) = (.line, 0)
    } else if Characters.isBlank(character.value) {
      // U+3000 is what paragraphs are indented with: two of them end a paragraph whose line break is lost. A tab ends a
      // cell of a table.
      blanks += character.value == 0x09 ? 2 : 1
      if blanks >= 2, context < .gap { context = .gap }
    } else if context == .line, Characters.isLineMark(character.value) {
      blanks = 0
    } else {
      watchListings(character.value)
      if mayStart(character.value), !marks.isInside(at: position), let label = label(character.value) {
        return take(label)
      }
      context = context(behind: character.value)
      blanks = 0
    }
    marks.read(character.value, at: position)
    position += character.length
  }

  private mutating func watchListings(_ scalar: UInt32) {
    if context >= .sentence, let kind = reading.listing(at: position) {
      listing = kind
    } else if listing == .annex && Characters.endsSentence(scalar) || context == .line && !Characters.isDigit(scalar) {
      listing = nil
    }
  }

  private mutating func label(_ first: UInt32) -> Label? {
    if let label = reading.label(at: position, context, line: line) {
      if listing != nil, label.style == .arabic { return nil }
      listing = nil
      return label
    }
    if context >= .closing || first == 0x3010, let turn = reading.turn(at: position, context, line) { return turn }
    if context == .line { return reading.unnumberedHeading(at: position, line: line) }
    return context >= .sentence ? reading.gluedAppendix(at: position, line: line) : nil
  }

  private mutating func take(_ label: Label) {
    labels.append(label)
    position = label.headingEnd ?? label.span.upperBound
    (context, blanks) = (.sentence, 0)
  }

  private func context(behind scalar: UInt32) -> LabelContext {
    if Characters.opensItem(scalar) { return .sentence }
    if Characters.isComma(scalar) { return .comma }
    if Characters.isBullet(scalar) { return .gap }
    return Characters.closes(scalar) ? .closing : .plain
  }

  /// Whether a label can start with a character: a cheap test before the readers.
  private func mayStart(_ scalar: UInt32) -> Bool {
    if context >= .closing { return true }
    switch scalar {
    case 0x28, 0x31, 0x3010, 0x2460...0x249B, 0x2776...0x277F, 0x3220...0x3229, 0x7B2C: return true
    case 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341: return true
    default: return false
    }
  }
}
