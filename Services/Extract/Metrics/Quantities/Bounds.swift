internal import CExtractTables
internal import Lexicon
internal import Record

/// The words of `bounds.tsv` around a number, and those of `before.tsv` that keep it from being a quantity.
struct Bounds: Sendable {
  struct Word: Sendable {
    var bound: Metric.Bound
    /// Whether the word belongs to the quantity's text: 超过145万次 does, 突破 does not.
    var isInside: Bool
    /// Whether it goes only before a magnitude without digits: 上百件, 过万亿.
    var needsBare: Bool
    var length = 0
  }

  /// What a word before a number makes of it.
  enum Effect: String, Sendable { case none, ordinal, period, unbound }

  private let front: WordTrie
  private let back: WordTrie
  private let inner: WordTrie
  private let words: [Word]
  private let before: WordTrie
  private let effects: [Effect]

  init() {
    var places: [String: [(String, Int)]] = [:]
    var words: [Word] = []
    for row in unsafe Table(table_bounds()).rows where row.count > 3 {
      guard let bound = Metric.Bound(rawValue: row[2]) else { continue }
      places[row[1], default: []].append((row[0], words.count))
      words.append(Word(bound: bound, isInside: row[3] == "inside", needsBare: row.count > 4 && row[4] == "bare"))
    }
    self.words = words
    front = WordTrie(.backwards, places["front"] ?? [])
    back = WordTrie(.forwards, places["back"] ?? [])
    inner = WordTrie(.forwards, places["inner"] ?? [])
    let rows = unsafe Table(table_before()).rows.filter { $0.count > 1 && Effect(rawValue: $0[1]) != nil }
    before = WordTrie(.backwards, of: rows.map { $0[0] })
    effects = rows.compactMap { Effect(rawValue: $0[1]) }
  }

  func front(_ glyphs: Glyphs, before place: Int) -> Word? {
    if effect(glyphs, before: place) == .unbound { return nil }
    return word(front.match(glyphs, at: place))
  }

  func back(_ glyphs: Glyphs, at place: Int) -> Word? { word(back.match(glyphs, at: place)) }

  func inner(_ glyphs: Glyphs, at place: Int) -> Word? { word(inner.match(glyphs, at: place)) }

  func effect(_ glyphs: Glyphs, before place: Int) -> Effect? {
    before.match(glyphs, at: place).map { effects[$0.value] }
  }

  private func word(_ match: (length: Int, value: Int)?) -> Word? {
    guard let match else { return nil }
    var word = words[match.value]
    word.length = match.length
    return word
  }
}
