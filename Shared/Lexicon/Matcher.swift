internal import Text

/// The longest-match automaton over a set of words: the words sorted and packed end to end, with an index of the two
/// characters that each starts with.
///
/// Building sorts the words once, and not at all when they come sorted, as those of a table do. A match costs one look
/// into the index where no word starts, and otherwise narrows the sorted words byte by byte. Compared with a trie whose
/// edges lie in a hash table, 30,000 names of townships take a third of the memory and a tenth of the time to build.
package struct Matcher: Sendable {
  private var packed: [UInt8] = []
  /// Where each word starts in `packed`, and at the end where the last one ends.
  private var starts: [UInt32] = [0]
  private var values: [UInt32] = []
  private var index = PrefixIndex()
  private var firsts = FirstBytes()

  private init() {}

  /// The automaton of `words`, each with the value to report. Of a word given twice the last value holds.
  package init(_ words: some Sequence<(word: String, value: UInt32)>) {
    for (word, value) in words where !word.isEmpty {
      packed.append(contentsOf: word.utf8)
      starts.append(UInt32(packed.count))
      values.append(value)
    }
    if !isSorted { sort() }
    let bytes = packed
    for word in values.indices {
      index.add(prefix(of: word), word)
      firsts.insert(bytes.span, at: Int(starts[word]))
    }
  }

  /// The longest word that starts at a byte offset, with its length in bytes and its value; nil at the end of the text.
  ///
  /// - Parameter limit: words longer than this many bytes do not count.
  package func longestMatch(
    in bytes: Span<UInt8>, at start: Int, limit: Int = .max
  ) -> (length: Int, value: UInt32)? {
    guard start < bytes.count else { return nil }
    guard firsts.contains(bytes, at: start) else { return nil }
    let prefix = Prefix(bytes, at: start)
    var found: (length: Int, value: UInt32)?
    if limit >= prefix.firstLength, let word = index[prefix.single]?.lowerBound {
      found = (prefix.firstLength, values[word])
    }
    guard prefix.length > prefix.firstLength, let candidates = index[prefix.pair] else { return found }
    return longest(of: candidates, in: bytes, at: start, depth: prefix.length, limit: limit) ?? found
  }

  /// The longest of the sorted words of a range that all agree with the text in their first `depth` bytes.
  private func longest(
    of candidates: Range<Int>, in bytes: Span<UInt8>, at start: Int, depth: Int, limit: Int
  ) -> (length: Int, value: UInt32)? {
    var (low, high, depth) = (candidates.lowerBound, candidates.upperBound, depth)
    var found: (length: Int, value: UInt32)?
    while low < high, depth <= limit {
      if length(of: low) == depth {
        found = (depth, values[low])
        low += 1
      }
      guard start + depth < bytes.count else { break }
      low = firstWord(in: low..<high, at: depth, notBelow: Int(bytes[start + depth]))
      high = firstWord(in: low..<high, at: depth, notBelow: Int(bytes[start + depth]) + 1)
      depth += 1
    }
    return found
  }

  /// The first of the words whose byte at `depth` is not below `byte`; all are longer than `depth` bytes.
  private func firstWord(in words: Range<Int>, at depth: Int, notBelow byte: Int) -> Int {
    var (low, high) = (words.lowerBound, words.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if Int(packed[Int(starts[middle]) + depth]) < byte { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func length(of word: Int) -> Int { Int(starts[word + 1] - starts[word]) }

  private func bytes(of word: Int) -> ArraySlice<UInt8> { packed[Int(starts[word])..<Int(starts[word + 1])] }

  private func prefix(of word: Int) -> UInt64 {
    let prefix = Prefix(packed.span, at: Int(starts[word]))
    return prefix.length > length(of: word) || prefix.length == prefix.firstLength ? prefix.single : prefix.pair
  }

  private var isSorted: Bool {
    values.indices.dropFirst().allSatisfy { bytes(of: $0 - 1).lexicographicallyPrecedes(bytes(of: $0)) }
  }

  private mutating func sort() {
    var order = values.indices.sorted {
      bytes(of: $0).lexicographicallyPrecedes(bytes(of: $1)) || ($0 < $1 && bytes(of: $0) == bytes(of: $1))
    }
    order = order.indices.filter { $0 + 1 == order.count || bytes(of: order[$0]) != bytes(of: order[$0 + 1]) }
      .map { order[$0] }
    var sorted = Matcher()
    for word in order {
      sorted.packed.append(contentsOf: bytes(of: word))
      sorted.starts.append(UInt32(sorted.packed.count))
      sorted.values.append(values[word])
    }
    self = sorted
  }
}

/// The first two bytes that words start with, as bits: most places of a text are turned away here.
private struct FirstBytes: Sendable {
  private var bits: [UInt64] = Array(repeating: 0, count: 1024)

  mutating func insert(_ bytes: Span<UInt8>, at start: Int) {
    let pair = Self.pair(bytes, at: start)
    bits[pair >> 6] |= 1 << UInt64(pair & 63)
  }

  func contains(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    let pair = Self.pair(bytes, at: start)
    return bits[pair >> 6] >> UInt64(pair & 63) & 1 == 1
  }

  /// The first two bytes; of an ASCII character that byte alone.
  private static func pair(_ bytes: Span<UInt8>, at start: Int) -> Int {
    bytes[start] < 0x80 ? Int(bytes[start]) : Int(bytes[start]) << 8 | Int(bytes[start + 1])
  }
}

/// The first two characters at a place, as keys of the index.
private struct Prefix {
  private let first: UInt32
  private let second: UInt32
  let firstLength: Int
  /// The bytes of both characters; of the first alone where the bytes end behind it.
  let length: Int

  init(_ bytes: Span<UInt8>, at start: Int) {
    (first, firstLength) = bytes.scalar(at: start)
    let end = start + firstLength
    let next = end < bytes.count ? bytes.scalar(at: end) : (0, 0)
    second = next.0
    length = firstLength + next.1
  }

  /// Never 0, which marks an empty slot; so is `pair`.
  var single: UInt64 { UInt64(first) << 22 | 1 << 21 }
  var pair: UInt64 { UInt64(first) << 22 | UInt64(second) | 1 << 60 }
}

/// The range of the sorted words for each prefix: an open-addressed table.
private struct PrefixIndex: Sendable {
  private var keys: [UInt64] = Array(repeating: 0, count: 16)
  private var ranges: [(low: UInt32, high: UInt32)] = Array(repeating: (0, 0), count: 16)
  private var count = 0

  subscript(_ key: UInt64) -> Range<Int>? {
    let slot = slot(of: key)
    return keys[slot] == key ? Int(ranges[slot].low)..<Int(ranges[slot].high) : nil
  }

  /// Adds a word; the words of one prefix come one after the other.
  mutating func add(_ key: UInt64, _ word: Int) {
    if count * 2 >= keys.count { grow() }
    let slot = slot(of: key)
    if keys[slot] == 0 {
      keys[slot] = key
      ranges[slot].low = UInt32(word)
      count += 1
    }
    ranges[slot].high = UInt32(word + 1)
  }

  private mutating func grow() {
    let (oldKeys, oldRanges) = (keys, ranges)
    keys = Array(repeating: 0, count: oldKeys.count * 2)
    ranges = Array(repeating: (0, 0), count: oldKeys.count * 2)
    for old in oldKeys.indices where oldKeys[old] != 0 {
      let slot = slot(of: oldKeys[old])
      keys[slot] = oldKeys[old]
      ranges[slot] = oldRanges[old]
    }
  }

  /// The slot that holds the key, or the empty one where it belongs.
  private func slot(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 24) & (keys.count - 1)
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
    return slot
  }
}
