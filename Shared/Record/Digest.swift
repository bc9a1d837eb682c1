private import CSodium

/// The SHA-256 of the given parts, one after the other, as 32 bytes.
package func sha256(_ parts: [UInt8]...) -> [UInt8] {
  var state = crypto_hash_sha256_state()
  unsafe crypto_hash_sha256_init(&state)
  for part in parts {
    unsafe part.withUnsafeBufferPointer {
      _ = unsafe crypto_hash_sha256_update(&state, $0.baseAddress, UInt64($0.count))
    }
  }
  var digest = [UInt8](repeating: 0, count: 32)
  unsafe crypto_hash_sha256_final(&state, &digest)
  return digest
}

extension Sequence<UInt8> {
  /// Two lower-case hexadecimal digits a byte.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
