internal import ArgumentParser

/// The exit statuses that other programs rely on.
enum ExitStatus: Int32, Sendable {
  case someFailed = 1
  case usage = 64
  case nothingRead = 65
  case unreachable = 69
  case internalError = 70
  case interrupted = 130
}

/// The end of a command that did not do all that was asked: the exit status, and a sentence that says what to do next.
struct CommandFailure: Error, Equatable {
  var status: ExitStatus
  /// Empty where everything has been said already.
  var message: String

  init(_ status: ExitStatus, _ message: String = "") {
    self.status = status
    self.message = message
  }

  /// Says the message on standard error and ends the process.
  func end() -> Never {
    if !message.isEmpty { writeError("gongwen: \(message)") }
    GongwenCommand.exit(withError: ExitCode(status.rawValue))
  }
}
