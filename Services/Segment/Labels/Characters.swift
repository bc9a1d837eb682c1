/// Classes of characters, each in its narrow form (`narrowed`).
enum Characters {
  static let newline: UInt32 = 0x0A

  /// A blank that is not the end of a line; zero-width characters count as blanks.
  static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x09, 0x0D, 0x2002, 0x2003, 0x2009, 0x200B, 0xFEFF: true
    default: false
    }
  }

  /// 。！？ and the sign of omission.
  static func endsSentence(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3002, 0x21, 0x3F, 0x2026, 0xFF61: true
    default: false
    }
  }

  static func isComma(_ scalar: UInt32) -> Bool { scalar == 0x2C || scalar == 0x3001 }

  /// A mark after which an item of a list may start: 。！？；：
  static func opensItem(_ scalar: UInt32) -> Bool { endsSentence(scalar) || scalar == 0x3B || scalar == 0x3A }

  static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

  static func isIdeograph(_ scalar: UInt32) -> Bool { (0x4E00...0x9FFF).contains(scalar) || scalar == 0x3007 }

  static func isLatin(_ scalar: UInt32) -> Bool { (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar) }

  /// ● ◆ ■ ▲ ★ and their kin, which open an item wherever they stand.
  static func isBullet(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x25A0...0x25CF, 0x25EF, 0x2605, 0x2606, 0x203B, 0x2022, 0x27A2, 0xF06C, 0xF06E: true
    default: false
    }
  }

  /// A bullet, or what marks a heading or an item in plain text: # * - >
  static func isLineMark(_ scalar: UInt32) -> Bool {
    isBullet(scalar) || scalar == 0x23 || scalar == 0x2A || scalar == 0x2D || scalar == 0x3E
  }

  /// “ ‘ 《 〈 「 『 【 〔 ( [
  static func opens(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x201C, 0x2018, 0x300A, 0x3008, 0x300C, 0x300E, 0x3010, 0x3014, 0x28, 0x5B: true
    default: false
    }
  }

  static func closes(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x201D, 0x2019, 0x300B, 0x3009, 0x300D, 0x300F, 0x3011, 0x3015, 0x29, 0x5D: true
    default: false
    }
  }
}

/// Which brackets and quotation marks are open while a text is read.
///
/// A mark that stays open for longer than `reach` bytes counts as forgotten by the writer. A quotation of several paragraphs
/// opens anew with each: `“……。“……。”`
struct OpenMarks {
  private var open: [(mark: UInt32, position: Int)] = []
  private var last: UInt32 = 0

  /// Quotations and titles in official prose are shorter.
  private static let reach = 1500

  mutating func read(_ scalar: UInt32, at position: Int) {
    if Characters.opens(scalar) {
      if opensAnew(scalar) { open.removeLast() }
      if open.count == 16 { open.removeFirst() }
      open.append((scalar, position))
    } else if Characters.closes(scalar) {
      _ = open.popLast()
    } else if scalar == Characters.newline {
      open.removeAll(keepingCapacity: true)
    }
    last = scalar
  }

  /// Whether `“` stands inside `“`, where a paragraph may have ended.
  private func opensAnew(_ scalar: UInt32) -> Bool {
    scalar == 0x201C && open.last?.mark == scalar && Characters.opensItem(last)
  }

  func isInside(at position: Int) -> Bool {
    guard let last = open.last else { return false }
    return position - last.position <= Self.reach
  }
}
