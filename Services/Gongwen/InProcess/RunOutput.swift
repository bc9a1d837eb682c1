internal import Glibc
internal import Record

/// Where `gongwen run` writes: records to standard output, failures as NDJSON to a file or a line each to standard error.
struct RunOutput {
  private let failures: Int32?

  init(failures path: String?) throws(CommandFailure) {
    failures = try path.map { (path) throws(CommandFailure) in
      let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        throw CommandFailure(
          .usage, "--failures: \(path) cannot be written: \(unsafe String(cString: strerror(errno))).")
      }
      return descriptor
    }
  }

  func write(record line: [UInt8]) {
    writeOutput(line + [UInt8(ascii: "\n")])
  }

  func write(failure line: [UInt8], _ failure: StageFailure, uri: String) {
    guard let failures else {
      return writeError("\(uri): \(failure.code.rawValue) (\(failure.stage)): \(failure.message)")
    }
    writeAll(failures, line + [UInt8(ascii: "\n")])
  }
}
