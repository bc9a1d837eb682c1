private import CZeroMQ

/// A public key of CURVE, 32 bytes, written as 40 characters of Z85 (ZeroMQ RFC 32).
package struct PublicKey: Sendable, Hashable, LosslessStringConvertible {
  let bytes: [UInt8]

  init?(_ bytes: [UInt8]) {
    guard bytes.count == keyBytes else { return nil }
    self.bytes = bytes
  }

  /// The key that 40 characters of Z85 state.
  package init?(_ text: String) {
    guard let bytes = decode(text) else { return nil }
    self.bytes = bytes
  }

  package var description: String { encode(bytes) }
}

/// A secret key of CURVE. It has no description, so that none gets into a log by accident.
package struct SecretKey: Sendable {
  let bytes: [UInt8]

  /// The key that 40 characters of Z85 state.
  package init?(z85 text: String) {
    guard let bytes = decode(text) else { return nil }
    self.bytes = bytes
  }

  package var z85: String { encode(bytes) }

  /// The public key that belongs to it.
  package var publicKey: PublicKey {
    var text = [CChar](repeating: 0, count: textBytes + 1)
    let result = unsafe zmq_curve_public(&text, z85)
    precondition(result == 0, "this libzmq is built without CURVE")
    return PublicKey(String(decoding: text.prefix(textBytes).map(UInt8.init(bitPattern:)), as: UTF8.self))!
  }

  /// A new key, made from random numbers of the operating system.
  package static func random() -> SecretKey {
    var (open, secret) = ([CChar](repeating: 0, count: textBytes + 1), [CChar](repeating: 0, count: textBytes + 1))
    let result = unsafe zmq_curve_keypair(&open, &secret)
    precondition(result == 0, "this libzmq is built without CURVE")
    return SecretKey(z85: String(decoding: secret.prefix(textBytes).map(UInt8.init(bitPattern:)), as: UTF8.self))!
  }
}

extension SecretKey: CustomStringConvertible {
  package var description: String { "a secret key" }
}

private let (keyBytes, textBytes) = (32, 40)

private func encode(_ key: [UInt8]) -> String {
  var text = [CChar](repeating: 0, count: textBytes + 1)
  unsafe _ = zmq_z85_encode(&text, key, keyBytes)
  return String(decoding: text.prefix(textBytes).map(UInt8.init(bitPattern:)), as: UTF8.self)
}

private func decode(_ text: String) -> [UInt8]? {
  guard text.utf8.count == textBytes else { return nil }
  var bytes = [UInt8](repeating: 0, count: keyBytes)
  return unsafe zmq_z85_decode(&bytes, text) == nil ? nil : bytes
}
