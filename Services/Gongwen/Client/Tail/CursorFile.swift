internal import FoundationEssentials
internal import Glibc

/// The file in which `gongwen tail` keeps its cursor between two runs.
struct CursorFile: Sendable {
  let path: String

  /// The cursor that was saved last, or nil if there is no file yet.
  func load() throws(CommandFailure) -> Cursor? {
    guard unsafe access(path, F_OK) == 0 else { return nil }
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw CommandFailure(.usage, "the cursor file \(path) cannot be read.")
    }
    let text = String(decoding: data, as: UTF8.self).filter { !$0.isWhitespace }
    if text.isEmpty { return nil }
    guard let cursor = Cursor(text) else {
      throw CommandFailure(.usage, "\(path) holds no cursor. Remove it to begin anew.")
    }
    return cursor
  }

  /// Puts a cursor in place of the last one, as a whole: another file takes the name.
  func save(_ cursor: Cursor) throws(CommandFailure) {
    let temporary = "\(path).\(getpid())"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure() }
    let isWritten = writeAll(descriptor, Array("\(cursor)\n".utf8)) && fsync(descriptor) == 0
    close(descriptor)
    guard isWritten, unsafe rename(temporary, path) == 0 else {
      defer { unsafe unlink(temporary) }
      throw failure()
    }
  }

  private func failure() -> CommandFailure {
    CommandFailure(
      .internalError, "the cursor file \(path) cannot be written: \(unsafe String(cString: strerror(errno))).")
  }
}
