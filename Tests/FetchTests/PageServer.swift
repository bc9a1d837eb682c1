import Glibc
import Testing
import ZeroMQ

extension String {
  /// The second word of a request.
  fileprivate var path: String { String(split(separator: " ")[1]) }
}

/// A server on loopback that answers each request as the test says, byte by byte.
final class PageServer: Sendable {
  enum Answer {
    /// The whole answer, after which the connection is closed.
    case bytes([UInt8])
    /// The start of an answer, after which nothing comes.
    case andSilence([UInt8])

    /// A page with headers, `Content-Length` among them.
    static func page(_ body: [UInt8], status: String = "200 OK", _ headers: String...) -> Answer {
      let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers + ["", ""]
      return .bytes(Array(head.joined(separator: "\r\n").utf8) + body)
    }

    static func redirect(to location: String) -> Answer { .page([], status: "302 Found", "Location: \(location)") }
  }

  let port: Int
  private let listener: Int32

  var address: String { "http://127.0.0.1:\(port)" }

  /// - Parameter answer: the answer to a request with a path and a head.
  init(_ answer: @escaping @Sendable (_ path: String, _ head: String) -> Answer) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafeMutablePointer(to: &address) { [listener, length] pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        var length = length
        return unsafe bind(listener, pointer, length) == 0 && listen(listener, 16) == 0
          && getsockname(listener, pointer, &length) == 0
      }
    }
    try #require(bound, "no port on loopback")
    length = 0
    port = Int(UInt16(bigEndian: address.sin_port))
    Task { [listener] in
      await DedicatedThread.run("server") {
        var silent: [Int32] = []
        while case let connection = accept(listener, nil, nil), connection >= 0 {
          guard let head = Self.head(connection) else {
            close(connection)
            continue
          }
          let request = head.hasPrefix("CONNECT ") ? Self.tunnelled(connection, head) : (path: head.path, head: head)
          switch answer(request.path, request.head) {
          case .bytes(let bytes):
            Self.write(bytes, to: connection)
            close(connection)
          case .andSilence(let bytes):
            Self.write(bytes, to: connection)
            silent.append(connection)
          }
        }
        for connection in silent + [listener] { close(connection) }
      }
    }
  }

  // Ends the wait of the thread, which then closes: a number that is closed here could be another server's by then.
  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// As a proxy: opens the tunnel and reads the request in it, whose path begins with where the tunnel leads.
  private static func tunnelled(_ connection: Int32, _ opening: String) -> (path: String, head: String) {
    write(Array("HTTP/1.1 200 Open\r\n\r\n".utf8), to: connection)
    let head = head(connection) ?? "GET / HTTP/1.1\r\n\r\n"
    return (opening.path + head.path, opening + head)
  }

  private static func head(_ connection: Int32) -> String? {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
      guard unsafe read(connection, &byte, 1) == 1 else { return nil }
      head.append(byte)
    }
    return String(decoding: head, as: UTF8.self)
  }

  private static func write(_ bytes: [UInt8], to connection: Int32) {
    var start = 0
    while start < bytes.count {
      let sent = unsafe bytes.withUnsafeBytes {
        unsafe send(connection, $0.baseAddress! + start, $0.count - start, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return }
      start += sent
    }
  }
}
