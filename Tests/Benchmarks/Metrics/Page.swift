import Glibc

/// A page that a server on loopback has.
struct Page {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  let path: String
  let port: UInt16

  /// Asks for the page on a new connection; from before the connection is made until its end.
  func get() throws -> (time: Duration, bytes: Int) {
    let start = ContinuousClock.now
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    guard connects(descriptor) else { throw Failed(description: "Nobody serves HTTP at port \(port).") }
    let request = Array("GET \(path) HTTP/1.1\r\nHost: queue\r\n\r\n".utf8)
    unsafe _ = send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
    let answer = rest(of: descriptor)
    guard answer.starts(with: "HTTP/1.1 200 ".utf8) else { throw Failed(description: "\(path) is not there.") }
    return (ContinuousClock.now - start, answer.count)
  }

  private func rest(of descriptor: Int32) -> [UInt8] {
    var (answer, piece) = ([UInt8](), [UInt8](repeating: 0, count: 65536))
    while true {
      let count = unsafe recv(descriptor, &piece, piece.count, 0)
      guard count > 0 else { return answer }
      answer += piece.prefix(count)
    }
  }

  private func connects(_ descriptor: Int32) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
