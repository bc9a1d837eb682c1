/// The longest-match automaton over a set of words: a byte trie whose edges lie in one open-addressed table.
///
/// Building is linear in the bytes of all words; a match is linear in the length of the word found.
package struct Matcher: Sendable {
  private var keys: [UInt64]
  private var targets: [UInt32]
  private var values: [UInt32]
  private var edgeCount = 0

  private static let absent = UInt32.max

  /// The automaton of `words`, each with the value to report. Of a word given twice the last value holds.
  package init(_ words: some Sequence<(word: String, value: UInt32)>) {
    keys = Array(repeating: 0, count: 64)
    targets = Array(repeating: 0, count: 64)
    values = [Self.absent]
    for (word, value) in words { insert(word, value) }
  }

  private mutating func insert(_ word: String, _ value: UInt32) {
    var node: UInt32 = 0
    for byte in word.utf8 {
      if let next = target(of: node, byte) {
        node = next
      } else {
        let next = UInt32(values.count)
        values.append(Self.absent)
        addEdge(from: node, byte, to: next)
        node = next
      }
    }
    values[Int(node)] = value
  }

  /// The longest word that starts at a byte offset, with its length in bytes and its value.
  package func longestMatch(in bytes: Span<UInt8>, at start: Int) -> (length: Int, value: UInt32)? {
    var node: UInt32 = 0
    var offset = start
    var found: (length: Int, value: UInt32)?
    while offset < bytes.count, let next = target(of: node, bytes[offset]) {
      node = next
      offset += 1
      let value = values[Int(node)]
      if value != Self.absent { found = (offset - start, value) }
    }
    return found
  }

  private func target(of node: UInt32, _ byte: UInt8) -> UInt32? {
    let key = Self.key(node, byte)
    var slot = slot(of: key)
    while keys[slot] != 0 {
      if keys[slot] == key { return targets[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  private mutating func addEdge(from node: UInt32, _ byte: UInt8, to next: UInt32) {
    if edgeCount * 2 >= keys.count { grow() }
    place(Self.key(node, byte), next)
    edgeCount += 1
  }

  private mutating func place(_ key: UInt64, _ next: UInt32) {
    var slot = slot(of: key)
    while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
    keys[slot] = key
    targets[slot] = next
  }

  private mutating func grow() {
    let old = zip(keys, targets).filter { $0.0 != 0 }
    keys = Array(repeating: 0, count: keys.count * 2)
    targets = Array(repeating: 0, count: targets.count * 2)
    for (key, next) in old { place(key, next) }
  }

  /// Never 0, which marks an empty slot.
  private static func key(_ node: UInt32, _ byte: UInt8) -> UInt64 { UInt64(node) << 9 | UInt64(byte) << 1 | 1 }

  private func slot(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & (keys.count - 1)
  }
}
