internal import Glibc

/// The socket in `run/` by which other `gongwen` processes talk to the supervisor: one line there, lines back.
///
/// `ps` is answered with an object a line; `identity` with the plan's fingerprint and the process id; `down` with a line
/// once all has stopped.
enum ControlSocket {
  enum Request: String, CaseIterable, Sendable { case ps, identity, down }

  static func path(_ folder: String) -> String { folder + "/supervisor" }

  /// A descriptor that listens.
  static func listen(folder: String) throws(CommandFailure) -> Int32 {
    let path = path(folder)
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
    unsafe unlink(path)
    guard descriptor >= 0, unsafe try withAddress(path, { unsafe bind(descriptor, $0, $1) }) == 0,
      Glibc.listen(descriptor, 16) == 0
    else { throw CommandFailure(.internalError, "\(path) cannot be listened at: \(lastError()).") }
    return descriptor
  }

  /// What the supervisor answers, or nil where there is none. Waits for the whole answer.
  static func ask(_ request: Request, folder: String) throws(CommandFailure) -> [UInt8]? {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw CommandFailure(.internalError, "there is no socket: \(lastError()).") }
    defer { close(descriptor) }
    guard unsafe try withAddress(path(folder), { unsafe connect(descriptor, $0, $1) }) == 0,
      writeAll(descriptor, Array("\(request.rawValue)\n".utf8))
    else { return nil }
    var answer: [UInt8] = []
    while readMore(descriptor, into: &answer) > 0 {}
    return answer
  }

  /// The request that a client has sent, or nil where it sent something else or nothing.
  static func request(from descriptor: Int32) -> Request? {
    var bytes: [UInt8] = []
    guard readMore(descriptor, into: &bytes) > 0 else { return nil }
    return Request(rawValue: String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }

  private static func withAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws(CommandFailure) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard bytes.count < room else {
      throw CommandFailure(
        .usage, "the path of the socket \(path) is longer than \(room - 1) bytes: set GONGWEN_HOME to a shorter one.")
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    return unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
