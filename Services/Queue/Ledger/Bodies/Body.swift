private import CXXHash
internal import Record

/// The layers of a document as one blob: for each its name's length (1 byte), its name, its length (u32, big-endian),
/// its bytes.
enum Body {
  /// The bytes that `encode` makes of layers.
  static func size(_ layers: Layers) -> Int {
    layers.all.reduce(0) { $0 + $1.bytes.count + $1.name.utf8.count + 5 }
  }

  static func encode(_ layers: Layers) -> [UInt8] {
    var blob: [UInt8] = []
    blob.reserveCapacity(size(layers))
    encode(layers, onto: &blob)
    return blob
  }

  static func encode(_ layers: Layers, onto blob: inout [UInt8]) {
    for layer in layers.all {
      blob.append(UInt8(layer.name.utf8.count))
      blob.append(contentsOf: layer.name.utf8)
      for shift in [24, 16, 8, 0] { blob.append(UInt8(truncatingIfNeeded: layer.bytes.count >> shift)) }
      blob.append(contentsOf: layer.bytes)
    }
  }

  /// Nil for bytes that `encode` did not make.
  static func decode(_ blob: [UInt8]) -> Layers? {
    var layers = Layers()
    var rest = blob[...]
    while let length = rest.popFirst() {
      guard rest.count >= Int(length) + 4 else { return nil }
      let name = String(decoding: rest.prefix(Int(length)), as: UTF8.self)
      rest.removeFirst(Int(length))
      let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      rest.removeFirst(4)
      guard rest.count >= count else { return nil }
      layers.append(name, Array(rest.prefix(count)))
      rest.removeFirst(count)
    }
    return layers
  }

  /// What two pushes under one key must have in common: 16 bytes of XXH3 over the document's bytes, or over its source
  /// where the bytes are yet to be fetched.
  ///
  /// Who makes two documents with one digest loses the second one of his own, as he may by not pushing it; so it need not
  /// withstand him. BLAKE2b, which does, took a quarter of the ledger's time at 40 KB.
  static func digest(_ layers: Layers) -> [UInt8] {
    let bytes = layers["raw"] ?? layers["source"] ?? []
    var canonical = XXH128_canonical_t()
    unsafe XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes, bytes.count))
    return unsafe withUnsafeBytes(of: canonical) { unsafe Array($0) }
  }

  /// By which damage to the bytes of a body is seen: XXH3 with 64 bits.
  static func checksum(_ blob: ArraySlice<UInt8>) -> Int64 {
    unsafe blob.withUnsafeBytes { unsafe Int64(bitPattern: XXH3_64bits($0.baseAddress, $0.count)) }
  }
}
