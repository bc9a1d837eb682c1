internal import Text

/// What kinds of words may start at a place: the prefixes of the words of many automata, each with the kinds that it opens.
///
/// One look answers for all kinds at once, and nearly everywhere the answer is none: this stands before the `Openings` and
/// `Matcher`s of single kinds. A table of 256 KiB holds the pairs of characters, hashed, so that one place in ten passes
/// for nothing; words of one character are told without error.
package struct OpeningKinds: Sendable {
  private var pairs: [UInt8] = Array(repeating: 0, count: 1 << 18)
  private var singles: [UInt8] = Array(repeating: 0, count: 1 << 16)

  /// - Parameter kinds: the automata of each kind, a kind being one bit or several.
  package init(_ kinds: [(kind: UInt8, matchers: [Matcher])]) {
    for (kind, matchers) in kinds {
      for prefix in matchers.lazy.flatMap(\.prefixes) {
        if let single = Prefix.character(ofSingle: prefix) {
          singles[Int(single & 0xFFFF)] |= kind
        } else {
          pairs[Self.slot(prefix)] |= kind
        }
      }
    }
  }

  /// The kinds of the words that may start at a byte offset before the end of the text.
  package func kinds(in bytes: Span<UInt8>, at start: Int) -> UInt8 {
    let prefix = Prefix(bytes, at: start)
    return pairs[Self.slot(prefix.pair)] | singles[Int(prefix.first & 0xFFFF)]
  }

  @inline(__always)
  private static func slot(_ pair: UInt64) -> Int { Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) &>> 46) }
}
