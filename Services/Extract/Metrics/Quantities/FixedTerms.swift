internal import CExtractTables
internal import Lexicon

/// The terms of `terms.tsv`, in which a numeral counts nothing: 三农, 四个自信, 三大攻坚战.
struct FixedTerms: Sendable {
  private let trie: WordTrie

  init() { trie = unsafe WordTrie(of: Table(table_fixed_terms()).column("term")) }

  /// How far the term that stands around a numeral goes on from it: 三农, 铁人三项.
  func length(_ glyphs: Glyphs, at place: Int) -> Int? {
    for back in 0..<3 {
      if let match = trie.match(glyphs, at: place - back), match.length > back { return match.length - back }
    }
    return nil
  }
}
