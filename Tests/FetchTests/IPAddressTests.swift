import Glibc
import Testing

@testable import Fetch

struct IPAddressTests {
  private func address(_ text: String) throws -> IPAddress {
    let isV6 = text.contains(":")
    var bytes = [UInt8](repeating: 0, count: isV6 ? 16 : 4)
    try #require(unsafe inet_pton(isV6 ? AF_INET6 : AF_INET, text, &bytes) == 1)
    return IPAddress(bytes: bytes)
  }

  @Test(arguments: [
    "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
    "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
    "223.255.255.255", "2400:3200::1", "2606:4700::1111", "2001:4860::1", "64:ff9b::101:101",
  ])
  func isPublic(_ text: String) throws { #expect(try address(text).isPublic) }

  @Test(arguments: [
    "0.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.169.254",
    "172.16.0.0", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1",
    "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:1.1.1.1", "::1.1.1.1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
    "2002:101:101::1", "3fff::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1",
  ])
  func isInternal(_ text: String) throws { #expect(try !address(text).isPublic) }
}
