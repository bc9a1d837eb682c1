private import Dispatch
private import Foundation
private import Glibc
private import Synchronization

/// Stands between a server on loopback and one client of it, and records what the client says.
package final class Tape: Sendable {
  /// Where the client is to connect.
  package let address: String
  private let said = Mutex<[UInt8]>([])
  private let hasEnded = DispatchSemaphore(value: 0)

  package init(port: UInt16) throws {
    let (listener, own) = try RawPeer.listen()
    address = "tcp://127.0.0.1:\(own)"
    let server = try RawPeer(port: port)
    Thread.detachNewThread { [self] in
      let client = RawPeer(taking: accept(listener, nil, nil))
      close(listener)
      Thread.detachNewThread { Self.pass(from: server, to: client) { _ in } }
      Self.pass(from: client, to: server) { bytes in said.withLock { $0 += bytes } }
      hasEnded.signal()
    }
  }

  /// All that was said, once the client has gone.
  package func end() -> [UInt8] {
    hasEnded.wait()
    return said.withLock { $0 }
  }

  private static func pass(from one: RawPeer, to other: RawPeer, _ note: ([UInt8]) -> Void) {
    while true {
      let bytes = one.receive()
      guard !bytes.isEmpty, other.send(bytes) else { break }
      note(bytes)
    }
    other.cut()
  }
}
