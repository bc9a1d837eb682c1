internal import FoundationEssentials
internal import Glibc
internal import Wire

/// Starts the supervisor as a process of its own that outlives this one, and waits for its word.
///
/// The word comes through a pipe: a line once all is healthy or hopeless; its end without a line means that the
/// supervisor is gone.
enum Detached {
  /// Returns when all is healthy.
  static func start(_ arguments: [String], home: Home) throws(CommandFailure) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0, fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 else {
      throw CommandFailure(.internalError, "there is no pipe: \(lastError()).")
    }
    var child = Child(
      command: [Programs.own, "up"] + arguments + ["--announce", "\(ends[1])"],
      environment: ProcessInfo.processInfo.environment, output: .file("\(home.logs)/supervisor.log"), kept: ends[1])
    child.deathSignal = 0
    child.hasOwnSession = true
    let started = child.start()
    close(ends[1])
    defer { close(ends[0]) }
    if case .failure(let failure) = started { throw CommandFailure(.internalError, failure.message) }
    var word: [UInt8] = []
    while !word.contains(UInt8(ascii: "\n")), readMore(ends[0], into: &word) > 0 {}
    let line = String(decoding: word.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    guard line != "healthy" else { return }
    throw CommandFailure(
      .internalError, line.isEmpty ? "the supervisor has ended; see \(home.logs)/supervisor.log." : line)
  }

  /// Says the word to whoever started this supervisor, and closes the pipe.
  static func announce(_ announcement: Supervisor.Announcement, to descriptor: Int32) {
    let word =
      switch announcement {
      case .healthy: "healthy"
      case .hopeless(let reason): reason
      }
    writeAll(descriptor, Array((word + "\n").utf8))
    close(descriptor)
  }
}
