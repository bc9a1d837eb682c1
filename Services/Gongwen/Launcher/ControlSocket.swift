internal import FoundationEssentials
internal import Glibc

/// The socket in `run/` by which other `gongwen` processes talk to the supervisor: a request as a line of JSON there, lines
/// back.
enum ControlSocket {
  enum Request: Equatable, Codable, Sendable {
    /// Answered with an object a line.
    case ps
    /// Answered with the plan's fingerprint and the process id.
    case identity
    /// Answered with the plan as JSON.
    case plan
    /// Answered with `done` once all is as the plan wants it, else with the reason why it will not be.
    case apply(Plan)
    /// The processes of some services, one after the other; answered like `apply`.
    case restart([String])
    /// Answered with a line once all has stopped.
    case down
  }

  /// The bytes of a request at most.
  private static let limit = 4 << 20

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
      let line = try? JSONEncoder().encode(request), writeAll(descriptor, [UInt8](line) + [UInt8(ascii: "\n")])
    else { return nil }
    var answer: [UInt8] = []
    while readMore(descriptor, into: &answer) > 0 {}
    return answer
  }

  static func nothingRuns(in home: String) -> CommandFailure {
    CommandFailure(.unreachable, "no pipeline is running in \(home); 'gongwen up -d' starts it.")
  }

  /// Has something done, and waits until it is.
  static func order(_ request: Request, home: String, folder: String) throws(CommandFailure) {
    guard let answer = try ask(request, folder: folder) else {
      throw nothingRuns(in: home)
    }
    let word = String(decoding: answer, as: UTF8.self).split(separator: "\n").first.map(String.init)
    guard word != "done" else { return }
    throw CommandFailure(.internalError, word ?? "the supervisor has ended meanwhile.")
  }

  /// The request that a client has sent, or nil where it sent something else, too much, or too slowly.
  static func request(from descriptor: Int32) -> Request? {
    var bytes: [UInt8] = []
    while bytes.last != UInt8(ascii: "\n") {
      var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&item, 1, 1000) == 1, bytes.count < limit, readMore(descriptor, into: &bytes) > 0 else {
        return nil
      }
    }
    return try? JSONDecoder().decode(Request.self, from: Data(bytes))
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
