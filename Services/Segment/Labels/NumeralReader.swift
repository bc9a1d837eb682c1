internal import Text

/// Reads the numbers of labels: 1…999 in Arabic or Chinese figures.
extension Reading {
  /// The number that starts at a byte offset in Arabic figures, of three figures at most, with its end.
  mutating func arabicNumber(at offset: Int) -> (value: Int, end: Int)? {
    var value = 0
    var position = offset
    var figures = 0
    while true {
      let character = character(at: position)
      guard Characters.isDigit(character.value) else { break }
      value = value * 10 + Int(character.value - 0x30)
      position += character.length
      figures += 1
      if figures > 3 { return nil }
    }
    return figures > 0 && value > 0 ? (value, position) : nil
  }

  /// The number that starts at a byte offset in Chinese figures (一, 十二, 二十, 一百零三), with its end.
  mutating func chineseNumber(at offset: Int) -> (value: Int, end: Int)? {
    var value = 0
    var figure = 0
    var position = offset
    while position - offset <= 15, let digit = Self.chineseDigit(character(at: position).value) {
      switch digit {
      case 10, 100:
        if value > 0, digit > 10 || value % 100 != 0 { return nil }
        value += max(figure, 1) * digit
        figure = 0
      default:
        if figure != 0 { return nil }
        figure = digit
      }
      position += 3
    }
    value += figure
    return value > 0 ? (value, position) : nil
  }

  private static func chineseDigit(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0x5341: 10
    case 0x767E: 100
    default: hanDigit(scalar)
    }
  }

  /// The number in Chinese or Arabic figures.
  mutating func number(at offset: Int) -> (value: Int, end: Int)? {
    arabicNumber(at: offset) ?? chineseNumber(at: offset)
  }
}

/// Numbers that are one character: ①, ⑴, ⒈, ㈠.
enum SingleCharacterLabel {
  static func label(_ scalar: UInt32) -> (style: LabelStyle, number: Int)? {
    switch scalar {
    case 0x2460...0x2473: (.circled, Int(scalar - 0x2460) + 1)
    case 0x2776...0x277F: (.circled, Int(scalar - 0x2776) + 1)
    case 0x2474...0x2487: (.bracketedArabic, Int(scalar - 0x2474) + 1)
    case 0x2488...0x249B: (.arabic, Int(scalar - 0x2488) + 1)
    case 0x3220...0x3229: (.bracketedChinese, Int(scalar - 0x3220) + 1)
    default: nil
    }
  }
}
