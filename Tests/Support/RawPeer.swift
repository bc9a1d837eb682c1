private import Glibc

/// A connection of tcp on loopback that speaks whatever bytes it is given.
package final class RawPeer: Sendable {
  package struct Failure: Error {}

  private let descriptor: Int32

  /// Connects to a port.
  package init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure() }
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    guard unsafe Self.call(Glibc.connect, descriptor, port) else { throw Failure() }
  }

  package init(taking descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// False where the other side has closed.
  @discardableResult package func send(_ bytes: [UInt8]) -> Bool {
    unsafe Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  /// What comes next; empty at the end of the connection.
  package func receive() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
    return Array(bytes.prefix(max(0, count)))
  }

  /// Whether the other side closes the connection, whatever it says before.
  package func isEnded() -> Bool {
    while true {
      errno = 0
      if receive().isEmpty { return errno != EAGAIN }
    }
  }

  /// Makes blocked calls of another thread return.
  package func cut() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Listens on a free port.
  package static func listen() throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard unsafe call(Glibc.bind, descriptor, 0), Glibc.listen(descriptor, 8) == 0 else { throw Failure() }
    var (address, size) = (sockaddr_in(), socklen_t(MemoryLayout<sockaddr_in>.size))
    let result = unsafe withUnsafeMutablePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(descriptor, $0, &size) }
    }
    guard result == 0 else { throw Failure() }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  private static func call(
    _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ descriptor: Int32, _ port: UInt16
  ) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}

/// The first bytes of ZMTP 3.1 (ZeroMQ RFC 37).
package enum Greeting {
  package static func of(_ mechanism: String) -> [UInt8] {
    let name = Array(mechanism.utf8)
    return [0xFF] + [UInt8](repeating: 0, count: 8) + [0x7F, 3, 1] + name
      + [UInt8](repeating: 0, count: 20 - name.count + 32)
  }

  /// The command of a DEALER that has no keys.
  package static let ready: [UInt8] =
    [4, 28, 5] + Array("READY".utf8) + [11] + Array("Socket-Type".utf8) + [0, 0, 0, 6] + Array("DEALER".utf8)
}
