import Foundation

/// A connection to a server on this machine, byte by byte.
final class TCPClient {
  private let descriptor: Int32

  struct Failure: Error {
    let call: String
    let number: Int32
  }

  /// - Parameter url: `http://127.0.0.1:PORT`.
  init(_ url: String) throws {
    let port = UInt16(url.split(separator: ":").last ?? "") ?? 0
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(call: "socket", number: errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(call: "connect", number: errno) }
  }

  deinit { close(descriptor) }

  /// False where the other side has gone.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    unsafe Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// All that comes until the other side ends the connection, in whatever way.
  func readToEnd() -> String {
    var (all, buffer): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 65536))
    while true {
      let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return String(decoding: all, as: UTF8.self) }
      all += buffer.prefix(count)
    }
  }
}

/// An answer over HTTP, taken apart.
struct HTTPAnswer {
  let status: Int
  let head: String
  let body: String

  /// One request on a connection of its own.
  init(_ url: String, _ path: String, method: String = "GET") throws {
    let client = try TCPClient(url)
    client.send("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    let text = client.readToEnd()
    let end = text.range(of: "\r\n\r\n")
    head = end.map { text[..<$0.lowerBound].lowercased() } ?? text.lowercased()
    body = end.map { String(text[$0.upperBound...]) } ?? ""
    status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0
  }
}
