internal import Glibc

/// Writes all bytes to standard output; where the reader has gone, ends as a program does in a pipe (`| head`).
func writeOutput(_ bytes: [UInt8]) {
  guard !writeAll(STDOUT_FILENO, bytes) else { return }
  guard errno == EPIPE else {
    CommandFailure(.internalError, "standard output cannot be written: \(unsafe String(cString: strerror(errno))).")
      .end()
  }
  signal(SIGPIPE, SIG_DFL)
  raise(SIGPIPE)
  exit(0)
}
