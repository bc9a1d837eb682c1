internal import CExtractTables
internal import Lexicon
internal import Record

/// The unit after a number, with what its class allows.
struct Unit: Sendable {
  enum Rule: String, Sendable {
    case plain = ""
    /// Also an ordinary word: only after Arabic digits or more than one Chinese one.
    case weak
    /// 大, only before a noun.
    case large
    /// No unit: a countable noun stands right after the number.
    case noun
  }

  var text: String
  var kind: Metric.Kind
  var rule: Rule

  /// Whether it measures space, mass or time, so that another unit can be one 每 of it: 毫克每升.
  var isDimension: Bool {
    switch kind {
    case .area, .length, .mass: true
    default: ["立方米", "升", "秒", "小时", "千瓦时"].contains(text)
    }
  }
}

/// The units of `units.tsv`, and the words of `words.tsv` that only begin like one.
struct Units: Sendable {
  private let trie: WordTrie
  /// nil for a word that is no unit.
  private let units: [Unit?]

  init() {
    var words: [(String, Int)] = []
    var units: [Unit?] = []
    for row in unsafe Table(table_units()).rows where row.count > 1 {
      words.append((row[0], units.count))
      let rule = row.count > 2 ? Unit.Rule(rawValue: row[2]) ?? .plain : .plain
      units.append(Metric.Kind(rawValue: row[1]).map { Unit(text: row[0], kind: $0, rule: rule) })
    }
    for row in unsafe Table(table_unit_words()).rows where row.count > 1 {
      words.append((row[0], units.count))
      units.append(Self.word(row))
    }
    self.units = units
    trie = WordTrie(.forwards, words)
  }

  private static func word(_ row: [String]) -> Unit? {
    switch row[1] {
    case "noun": Unit(text: "", kind: .count, rule: .noun)
    case "unit" where row.count > 2: Unit(text: row[2], kind: .count, rule: .plain)
    default: nil
    }
  }

  /// The unit at a place and the place after it; nil where a word stands that is none.
  func unit(_ glyphs: Glyphs, at place: Int) -> (unit: Unit, end: Int)? {
    guard let match = trie.match(glyphs, at: place), let unit = units[match.value] else { return nil }
    return (unit, place + unit.text.unicodeScalars.count)
  }

  /// Whether a unit or a word of the tables begins at a place.
  func begins(_ glyphs: Glyphs, at place: Int) -> Bool { trie.match(glyphs, at: place) != nil }
}
