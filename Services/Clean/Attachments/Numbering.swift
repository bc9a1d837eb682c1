/// The numbers that Word makes for paragraphs of lists: `word/numbering.xml`, and the lists that styles belong to.
///
///     abstractNum → lvl → start, numFmt, lvlText (`%1、`) · num → abstractNumId, startOverride · style → numPr
struct Numbering {
  /// A level of a list.
  struct Level {
    var start = 1
    var format = "decimal"
    /// `%1、`, where `%1` is the number of the outermost level.
    var text = ""
  }

  /// The list of a paragraph and its level in it, from 0.
  struct Place {
    var list: String?
    var level: Int?
  }

  /// Levels by abstract list; abstract lists and first numbers by list; places by style.
  var levels: [String: [Int: Level]] = [:]
  var abstracts: [String: String] = [:]
  var starts: [String: [Int: Int]] = [:]
  var styles: [String: Place] = [:]
  /// The last numbers of an abstract list by level, and the lists that have begun.
  private var counts: [String: [Int: Int]] = [:]
  private var begun: Set<String> = []

  /// The words that Word sets before the next paragraph of a list; empty for a bullet, and where there is no list.
  ///
  /// - Parameter style: the paragraph's style, whose place counts where it has none of its own.
  mutating func label(_ place: Place, style: String?) -> String {
    let usual = style.flatMap { styles[$0] }
    guard let list = place.list ?? usual?.list, let abstract = abstracts[list] else { return "" }
    let depth = place.level ?? usual?.level ?? 0
    guard let level = levels[abstract]?[depth] else { return "" }
    if begun.insert(list).inserted {
      for (depth, start) in starts[list] ?? [:] { counts[abstract, default: [:]][depth] = start - 1 }
    }
    let count = (counts[abstract]?[depth] ?? level.start - 1) + 1
    counts[abstract, default: [:]] = (counts[abstract] ?? [:]).filter { $0.key < depth }
    counts[abstract]?[depth] = count
    return level.format == "bullet" ? "" : text(of: level, abstract)
  }

  private func text(of level: Level, _ abstract: String) -> String {
    var text = level.text
    for depth in 0..<9 where text.contains("%\(depth + 1)") {
      let other = levels[abstract]?[depth] ?? Level()
      text = text.replacing("%\(depth + 1)", with: numeral(counts[abstract]?[depth] ?? other.start, other.format))
    }
    return text
  }
}

/// A number in a format of Word's; one that is not known, or too large for it, as decimal digits.
private func numeral(_ number: Int, _ format: String) -> String {
  switch format {
  case "none": ""
  case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting":
    chinese(number) ?? String(number)
  case "decimalEnclosedCircle", "decimalEnclosedCircleChinese": unit(0x245F, number, 20) ?? String(number)
  case "upperLetter": unit(0x40, number, 26) ?? String(number)
  case "lowerLetter": unit(0x60, number, 26) ?? String(number)
  case "upperRoman": roman(number) ?? String(number)
  case "lowerRoman": roman(number)?.lowercased() ?? String(number)
  case "decimalZero": number < 10 ? "0\(number)" : String(number)
  default: String(number)
  }
}

/// The character that is a number, where the one for 1 follows on a code point.
private func unit(_ before: UInt32, _ number: Int, _ most: Int) -> String? {
  guard 1...most ~= number else { return nil }
  return Unicode.Scalar(before + UInt32(number)).map { String($0) }
}

/// 一, 十二, 三十, 一百零五, up to 999.
private func chinese(_ number: Int) -> String? {
  guard 1...999 ~= number else { return nil }
  let digits = Array("零一二三四五六七八九").map(String.init)
  let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10)
  var text = hundreds > 0 ? digits[hundreds] + "百" : ""
  if tens > 0 { text += (tens == 1 && hundreds == 0 ? "" : digits[tens]) + "十" }
  if hundreds > 0, tens == 0, ones > 0 { text += "零" }
  return text + (ones > 0 ? digits[ones] : "")
}

/// Roman numerals up to 99.
private func roman(_ number: Int) -> String? {
  guard 1...99 ~= number else { return nil }
  let tens = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"]
  let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
  return tens[number / 10] + ones[number % 10]
}
