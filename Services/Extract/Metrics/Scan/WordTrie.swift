/// A set of words over characters, read forwards from a place or backwards from one.
///
/// Rules on quantities look to both sides of a number (近300件, 300件以上), which the byte automaton of `Lexicon` does not.
struct WordTrie: Sendable {
  enum Direction: Sendable { case forwards, backwards }

  private let direction: Direction
  private var keys: [UInt64] = Array(repeating: 0, count: 64)
  private var targets: [UInt32] = Array(repeating: 0, count: 64)
  private var values: [UInt32] = [Self.absent]
  private var edges = 0
  /// A bit for each character that may begin a word, so that most places are passed over without a look-up.
  private var openings: [UInt64] = Array(repeating: 0, count: 256)

  private static let absent = UInt32.max

  /// The set of `words`, each with the value to report; of a word given twice the last value holds.
  init(_ direction: Direction = .forwards, _ words: some Sequence<(String, Int)>) {
    self.direction = direction
    for (word, value) in words where !word.isEmpty { insert(word, UInt32(value)) }
  }

  /// The set of `words`, each with its place in the list as the value.
  init(_ direction: Direction = .forwards, of words: [String]) {
    self.init(direction, words.enumerated().map { ($1, $0) })
  }

  /// The longest word that starts at `place`, or with `backwards` ends before it: its length and its value.
  func match(_ glyphs: Glyphs, at place: Int) -> (length: Int, value: Int)? {
    let step = direction == .forwards ? 1 : -1
    var index = direction == .forwards ? place : place - 1
    guard index >= 0, index < glyphs.count, mayOpen(glyphs.scalars[index]) else { return nil }
    var node: UInt32 = 0
    var length = 0
    var found: (Int, Int)?
    while index >= 0, index < glyphs.count, let next = target(of: node, glyphs.scalars[index]) {
      node = next
      length += 1
      index += step
      let value = values[Int(node)]
      if value != Self.absent { found = (length, Int(value)) }
    }
    return found
  }

  private func mayOpen(_ scalar: UInt32) -> Bool { openings[Int(scalar & 0x3FFF) >> 6] >> UInt64(scalar & 63) & 1 == 1 }

  private mutating func insert(_ word: String, _ value: UInt32) {
    let scalars = word.unicodeScalars.map(\.value)
    if let first = direction == .forwards ? scalars.first : scalars.last {
      openings[Int(first & 0x3FFF) >> 6] |= 1 << UInt64(first & 63)
    }
    var node: UInt32 = 0
    for scalar in direction == .forwards ? scalars : scalars.reversed() {
      if let next = target(of: node, scalar) {
        node = next
      } else {
        let next = UInt32(values.count)
        values.append(Self.absent)
        add(Self.key(node, scalar), next)
        node = next
      }
    }
    values[Int(node)] = value
  }

  private func target(of node: UInt32, _ scalar: UInt32) -> UInt32? {
    let key = Self.key(node, scalar)
    var slot = slot(of: key)
    while keys[slot] != 0 {
      if keys[slot] == key { return targets[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  private mutating func add(_ key: UInt64, _ next: UInt32) {
    if edges * 2 >= keys.count {
      let old = zip(keys, targets).filter { $0.0 != 0 }
      keys = Array(repeating: 0, count: keys.count * 2)
      targets = Array(repeating: 0, count: keys.count)
      for (key, next) in old { place(key, next) }
    }
    place(key, next)
    edges += 1
  }

  private mutating func place(_ key: UInt64, _ next: UInt32) {
    var slot = slot(of: key)
    while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
    keys[slot] = key
    targets[slot] = next
  }

  /// Never 0, which marks an empty slot.
  private static func key(_ node: UInt32, _ scalar: UInt32) -> UInt64 { UInt64(node) << 22 | UInt64(scalar) << 1 | 1 }

  private func slot(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & (keys.count - 1)
  }
}
