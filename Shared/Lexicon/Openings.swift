/// The prefixes of the words of several automata: one look tells whether a word of any of them may start at a place.
///
/// Where nearly no character starts a word, this stands before a dozen calls of `Matcher.longestMatch`.
package struct Openings: Sendable {
  private var filter: PrefixFilter

  package init(_ matchers: [Matcher]) {
    filter = PrefixFilter(count: matchers.reduce(0) { $0 + $1.count })
    for matcher in matchers {
      for prefix in matcher.prefixes { filter.insert(prefix) }
    }
  }

  /// False where no word starts at a byte offset; true also at a few other places, and never at the end of the text.
  package func mayOpen(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    guard start < bytes.count else { return false }
    let prefix = Prefix(bytes, at: start)
    return filter.contains(prefix.pair) || filter.contains(prefix.single)
  }
}
