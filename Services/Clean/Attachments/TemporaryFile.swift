private import Glibc
internal import Record

/// A file that only this user can read, and that goes with this value.
struct TemporaryFile: ~Copyable {
  let path: String

  /// Throws `internal_error` where the folder for temporary files, `TMPDIR` or `/tmp`, takes no such file.
  init(_ bytes: [UInt8]) throws(StageFailure) {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var name = Array("\(folder)/gongwen-XXXXXX".utf8CString)
    let file = unsafe mkstemp(&name)
    path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard file >= 0 else { throw Self.failure(folder) }
    defer { close(file) }
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress! + start, $0.count - start) }
      guard written > 0 else {
        unsafe unlink(path)
        throw Self.failure(folder)
      }
      start += written
    }
  }

  deinit { unsafe unlink(path) }

  private static func failure(_ folder: String) -> StageFailure {
    let reason = unsafe String(cString: strerror(errno))
    return StageFailure(.internalError, stage: "clean", "No file could be written in \(folder): \(reason).")
  }
}
