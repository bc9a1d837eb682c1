internal import CExtractTables
internal import Lexicon

/// The terms of `terms.tsv`, in which a numeral counts nothing: 三农, 四个自信, 三大攻坚战.
struct FixedTerms: Sendable {
  private let trie: WordTrie

  init() { trie = unsafe WordTrie(of: Table(table_fixed_terms()).column("term")) }

  /// The length of the term that starts at a place.
  func length(_ glyphs: Glyphs, at place: Int) -> Int? { trie.match(glyphs, at: place)?.length }
}
