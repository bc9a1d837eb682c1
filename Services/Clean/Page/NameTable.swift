/// Values by the names of elements, attributes, classes: looked up by the hash of bytes as they stand in a page, so that
/// no string is made of a name that is only asked for.
///
/// Names are told apart by 64 bits alone; a page made to collide would only be read as if it had used the other name.
struct NameTable<Value: Sendable>: Sendable {
  private var slots: [(hash: UInt64, value: Value)?]

  init(_ values: KeyValuePairs<String, Value>) { self.init(values.map { $0 }) }

  init(_ values: [(key: String, value: Value)]) {
    var capacity = 16
    while capacity < values.count * 4 { capacity *= 2 }
    slots = Array(repeating: nil, count: capacity)
    for (name, value) in values {
      let hash = NameHash(name).value
      slots[slot(of: hash)] = (hash, value)
    }
  }

  /// The value of the name with a hash.
  subscript(hash: NameHash) -> Value? { slots[slot(of: hash.value)]?.value }

  private func slot(of hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while let found = slots[slot], found.hash != hash { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }
}

/// FNV-1a of the bytes of a name, Latin letters in lower case.
struct NameHash: Equatable {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  init(_ name: String) { for byte in name.utf8 { add(byte) } }

  mutating func add(_ byte: UInt8) { value = (value ^ UInt64(lowered(byte))) &* 0x100_0000_01B3 }
}

/// A Latin letter in lower case; other bytes as they are.
func lowered(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte + 0x20 : byte }
