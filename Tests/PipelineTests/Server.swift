import Foundation
import Synchronization

/// A web server on loopback: `/silent` is never answered, `/later` is a page once it is published, anything else is not
/// there.
final class Server: Sendable {
  let address: String
  private let descriptor: Int32
  private let pages = Pages()

  /// What is there by now.
  private final class Pages: Sendable {
    let later = Mutex<String?>(nil)
  }

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
    Thread.detachNewThread { [descriptor, pages] in Self.serve(descriptor, pages) }
  }

  /// From now on `/later` is this text.
  func publish(_ text: String) { pages.later.withLock { $0 = text } }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  private static func serve(_ descriptor: Int32, _ pages: Pages) {
    while true {
      let client = accept(descriptor, nil, nil)
      if client < 0 { break }
      var request = [UInt8](repeating: 0, count: 4096)
      let count = unsafe read(client, &request, request.count)
      let asked = String(decoding: request.prefix(max(0, count)), as: UTF8.self)
      if asked.contains(" /silent ") { continue }
      let answer = Self.answer(asked.contains(" /later ") ? pages.later.withLock { $0 } : nil)
      _ = unsafe write(client, answer, answer.count)
      close(client)
    }
    close(descriptor)
  }

  private static func answer(_ page: String?) -> [UInt8] {
    let status = page == nil ? "404 Not Found" : "200 OK"
    let head = "HTTP/1.1 \(status)\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
    return Array((head + "Content-Length: \(page?.utf8.count ?? 0)\r\n\r\n" + (page ?? "")).utf8)
  }
}
