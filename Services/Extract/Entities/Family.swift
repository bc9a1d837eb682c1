internal import Record

/// A family of mentions, dates or organs: a folder with its rules, its tables and its corpora.
///
/// The scan asks every family at every character, from left to right, for the longest mention that starts there, takes the
/// longest answer, and goes on behind it: mentions do not nest. What a family keeps between two calls is only what
/// the text before has said (the last year named, the names defined).
protocol Family {
  /// What a mention of this family may begin with; at other places it is not asked.
  ///
  /// Changes only when the scan takes a mention.
  var starts: Starts { get }

  /// The longest mention of this family that starts at the character at `offset`.
  ///
  /// Looks at a bounded number of characters.
  /// - Parameter start: what stands at the offset, one of `starts` at least.
  mutating func mention(at offset: Int, _ start: Starts, in reading: Reading) -> Entity?

  /// Tells the family of a mention that the scan took, its own or another's.
  mutating func took(_ entity: Entity, in reading: Reading)
}

extension Family {
  mutating func took(_ entity: Entity, in reading: Reading) {}
}
