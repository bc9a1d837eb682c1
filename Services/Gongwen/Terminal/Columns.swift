/// Text by the columns of a terminal: a Chinese character takes two, a mark on another one none, and what would control the
/// terminal is shown as a dot.
enum Columns {
  /// Ranges of code points that take two columns: East Asian Width W and F of Unicode 15 (UAX #11), joined where only
  /// unassigned ones lie between.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]

  static func width(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }
  }

  static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

  /// The text in exactly so many columns: cut with an ellipsis, or filled with blanks.
  static func fit(_ text: String, _ columns: Int, toRight: Bool = false) -> String {
    let text = String(text.map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "·" : $0 })
    let width = width(text)
    guard width > columns else {
      let blanks = String(repeating: " ", count: columns - width)
      return toRight ? blanks + text : text + blanks
    }
    guard columns > 0 else { return "" }
    var (result, used) = ("", 0)
    for character in text {
      guard used + Self.width(character) < columns else { break }
      result.append(character)
      used += Self.width(character)
    }
    return result + "…" + String(repeating: " ", count: max(0, columns - used - 1))
  }
}
