internal import Glibc

/// What standard output or standard error is connected to.
struct Terminal: Sendable {
  let descriptor: Int32
  let isTerminal: Bool
  let hasColour: Bool

  static let output = Terminal(STDOUT_FILENO)
  static let error = Terminal(STDERR_FILENO)

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
    let refused = unsafe getenv("NO_COLOR").map { unsafe $0.pointee != 0 } ?? false
    hasColour = isTerminal && !refused
  }

  /// The width in columns, 80 where it cannot be told.
  var columns: Int {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}

/// Writes one line to standard error.
func writeError(_ line: String) { writeAll(STDERR_FILENO, Array((line + "\n").utf8)) }

/// Writes all bytes; false where the reader has gone.
@discardableResult
func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
  var done = 0
  while done < bytes.count {
    let count = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress! + done, $0.count - done) }
    if count > 0 { done += count } else if errno != EINTR { return false }
  }
  return true
}
