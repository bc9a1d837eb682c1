internal import Text

/// A bit for the hash of every prefix: most places of a text are turned away here, in a table that stays in the cache.
struct PrefixFilter: Sendable {
  private var bits: [UInt64]
  private let shift: UInt64

  /// - Parameter count: how many prefixes at most; each gets sixteen bits, so that one place in thirty passes for nothing.
  init(count: Int) {
    let width = max(10, Int.bitWidth - (count * 16).leadingZeroBitCount)
    bits = Array(repeating: 0, count: 1 << (width - 6))
    shift = UInt64(64 - width)
  }

  mutating func insert(_ key: UInt64) {
    let bit = Self.hash(key) &>> shift
    bits[Int(bit >> 6)] |= 1 << (bit & 63)
  }

  @inline(__always)
  func contains(_ key: UInt64) -> Bool {
    let bit = Self.hash(key) &>> shift
    return bits[Int(bit >> 6)] &>> (bit & 63) & 1 == 1
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }
}

/// The first two characters at a place, as keys of the index.
struct Prefix {
  let first: UInt32
  private let second: UInt32
  let firstLength: Int
  /// The bytes of both characters; of the first alone where the bytes end behind it.
  let length: Int

  @inline(__always)
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

  /// The character of a key that is `single`; nil for one that is `pair`.
  static func character(ofSingle key: UInt64) -> UInt32? {
    key >> 60 == 0 ? UInt32(truncatingIfNeeded: key >> 22) : nil
  }
}

/// The range of the sorted words for each prefix: an open-addressed table.
struct PrefixIndex: Sendable {
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
