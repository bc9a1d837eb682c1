internal import Text

/// What kinds of words may start at a place: the prefixes of the words of many automata, each with the kinds that it opens.
///
/// One look answers for all kinds at once, and nearly everywhere the answer is none: this stands before the `Openings` and
/// `Matcher`s of single kinds. A table of 64 KiB, which stays in the cache, holds the pairs of characters, hashed, so that
/// one place in ten passes for nothing with 6,000 pairs; words of one character are told without error.
package struct OpeningKinds: Sendable {
  @usableFromInline package private(set) var pairs: [UInt8] = Array(repeating: 0, count: 1 << 16)
  @usableFromInline package private(set) var singles: [UInt8] = Array(repeating: 0, count: 1 << 16)

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

  /// The kinds of the words that may start where a character stands before another, or at the end of the text before 0.
  @inlinable
  @inline(__always)
  package func kinds(of first: UInt32, before second: UInt32) -> UInt8 {
    pairs[Self.slot(UInt64(first) << 22 | UInt64(second) | 1 << 60)] | singles[Int(first & 0xFFFF)]
  }

  @inlinable
  @inline(__always)
  package static func slot(_ pair: UInt64) -> Int { Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) &>> 48) }
}
