import Foundation

/// A web server on loopback: `/silent` is never answered, anything else is not there.
final class Server: Sendable {
  let address: String
  private let descriptor: Int32

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = unsafe withUnsafeMutablePointer(to: &address) { [descriptor] address -> UInt16? in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic -> UInt16? in
        guard unsafe bind(descriptor, generic, size) == 0, listen(descriptor, 8) == 0 else { return nil }
        return unsafe getsockname(descriptor, generic, &size) == 0 ? 0 : nil
      }
    }
    guard port != nil else { throw CocoaError(.featureUnsupported) }
    self.address = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    Thread.detachNewThread { [descriptor] in Self.serve(descriptor) }
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  private static func serve(_ descriptor: Int32) {
    while true {
      let client = accept(descriptor, nil, nil)
      if client < 0 { break }
      var request = [UInt8](repeating: 0, count: 4096)
      let count = unsafe read(client, &request, request.count)
      if String(decoding: request.prefix(max(0, count)), as: UTF8.self).contains(" /silent ") { continue }
      let answer = Array("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
      _ = unsafe write(client, answer, answer.count)
      close(client)
    }
    close(descriptor)
  }
}
