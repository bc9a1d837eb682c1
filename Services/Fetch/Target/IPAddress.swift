/// An address of the internet protocol, 4 or 16 bytes.
struct IPAddress: Sendable, Equatable {
  let bytes: [UInt8]

  /// Whether the address belongs to the public internet.
  ///
  /// Ranges: IANA registries of special-purpose IPv4 and IPv6 addresses. An IPv6 address that carries an IPv4 address
  /// is internal, but for the one that networks without IPv4 translate to (RFC 6052): that is as public as what it carries.
  var isPublic: Bool {
    guard bytes.count == 16 else { return !Self.internalV4.contains { $0.contains(bytes) } }
    if Self.translated.contains(bytes) { return IPAddress(bytes: Array(bytes.suffix(4))).isPublic }
    return Self.globalV6.contains(bytes) && !Self.internalV6.contains { $0.contains(bytes) }
  }

  private struct Range {
    let prefix: [UInt8]
    let bits: Int

    init(_ prefix: [UInt8], _ bits: Int) { (self.prefix, self.bits) = (prefix, bits) }

    func contains(_ address: [UInt8]) -> Bool {
      (0..<bits).allSatisfy { bit in
        let expected = bit / 8 < prefix.count ? prefix[bit / 8] : 0
        return (address[bit / 8] ^ expected) & (0x80 >> (bit % 8)) == 0
      }
    }
  }

  private static let internalV4 = [
    Range([0], 8),  // this network
    Range([10], 8), Range([172, 16], 12), Range([192, 168], 16),  // private
    Range([100, 64], 10),  // shared by carriers
    Range([127], 8),  // loopback
    Range([169, 254], 16),  // link-local
    Range([192, 0, 0], 24), Range([192, 88, 99], 24),  // protocols, 6to4 relays
    Range([192, 0, 2], 24), Range([198, 51, 100], 24), Range([203, 0, 113], 24),  // documentation
    Range([198, 18], 15),  // benchmarks
    Range([224], 4), Range([240], 4),  // multicast, reserved and broadcast
  ]

  private static let globalV6 = Range([0x20], 3)
  private static let translated = Range([0x00, 0x64, 0xFF, 0x9B], 96)

  private static let internalV6 = [
    Range([0x20, 0x01, 0x00], 23),  // protocols, among them Teredo
    Range([0x20, 0x01, 0x0D, 0xB8], 32), Range([0x3F, 0xFF, 0x00], 20),  // documentation
    Range([0x20, 0x02], 16),  // 6to4
  ]
}
