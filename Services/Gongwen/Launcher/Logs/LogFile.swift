internal import CProcess
internal import Glibc

/// The log of one process: a file that it appends to itself, and what was moved out of that file, in files beside it.
///
/// A byte keeps its offset for good. What is moved out is copied to `NAME.log.END`, END being the offset after its last
/// byte; then the file gets a hole there, and goes on growing behind it. So a program needs to know nothing of this, nobody
/// who writes meanwhile loses a line, and a reader who follows keeps its offset. After a crash between the copy and the
/// hole the names still say where the file begins.
struct LogFile {
  /// One piece of a log, in a file of its own.
  struct Piece: Equatable {
    var path: String
    var range: Range<Int>
  }

  /// Digits of an offset in a name, so that names sort as offsets do.
  private static let digits = 16

  let folder: String
  let name: String

  var path: String { "\(folder)/\(name).log" }

  /// What was moved out, oldest first.
  var archives: [Piece] {
    let names = ((try? Path(folder).names()) ?? []).map { String(decoding: $0, as: UTF8.self) }
    let prefix = "\(name).log."
    return names.sorted().compactMap { file in
      guard file.hasPrefix(prefix), let end = Int(file.dropFirst(prefix.count)) else { return nil }
      let path = "\(folder)/\(file)"
      return Piece(path: path, range: max(0, end - Self.size(path))..<end)
    }
  }

  /// Where a process that starts now writes on: a file that was removed begins behind what was moved out of it.
  func prepare() {
    let start = archives.last?.range.upperBound ?? 0
    guard Self.size(path) < start else { return }
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { return }
    ftruncate(file, start)
    close(file)
  }

  /// Moves all whole lines out of the file if they have reached the size of one, and forgets the oldest.
  ///
  /// - Throws: the words for why nothing could be moved out; the log is then as it was.
  func rotate(_ limits: ComposeFile.LogLimits) throws(StartFailure) {
    let kept = archives
    let start = kept.last?.range.upperBound ?? 0
    guard Self.size(path) - start >= limits.bytes else { return }
    let file = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { throw StartFailure("\(path) cannot be opened: \(lastError())") }
    defer { close(file) }
    let end = wholeLines(file, from: start)
    for old in kept.dropLast(max(0, limits.files - 2)) { unsafe unlink(old.path) }
    let digits = String(end)
    let archive = "\(path)." + String(repeating: "0", count: max(0, Self.digits - digits.count)) + digits
    try copy(file, start..<end, to: archive)
    guard punch_hole(file, off_t(end)) == 0 else {
      let reason = lastError()
      unsafe unlink(archive)
      throw StartFailure("no room can be made in \(path) on this file system: \(reason)")
    }
    // Where nothing is kept the name alone stays, and says where the file begins.
    if limits.files == 1 { unsafe truncate(archive, 0) }
  }

  /// The offset after the last line break, or the file's end where its last 64 KiB have none.
  private func wholeLines(_ file: Int32, from start: Int) -> Int {
    let end = Self.size(path)
    let from = max(start, end - (64 << 10))
    lseek(file, from, SEEK_SET)
    var bytes: [UInt8] = []
    _ = readMore(file, into: &bytes)
    return bytes.lastIndex(of: UInt8(ascii: "\n")).map { from + $0 + 1 } ?? from + bytes.count
  }

  private func copy(_ file: Int32, _ range: Range<Int>, to archive: String) throws(StartFailure) {
    let new = "\(path).new"
    let target = unsafe open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard target >= 0 else { throw StartFailure("\(new) cannot be written: \(lastError())") }
    defer { close(target) }
    var offset = off_t(range.lowerBound)
    while offset < range.upperBound {
      // In the kernel: no byte of it is held here.
      guard unsafe sendfile(target, file, &offset, range.upperBound - Int(offset)) > 0 else {
        let reason = lastError()
        unsafe unlink(new)
        throw StartFailure("\(new) cannot be written: \(reason)")
      }
    }
    guard fsync(target) == 0, unsafe rename(new, archive) == 0 else {
      throw StartFailure("\(archive) cannot be written: \(lastError())")
    }
  }

  /// Up to 64 KiB from an offset on, with the offset after them; what has been forgotten is passed over.
  func read(from offset: Int) -> (bytes: [UInt8], next: Int) {
    // The file first: if it got a hole meanwhile, what was there is among the archives now.
    let live = Self.read(path, at: offset)
    let archives = archives
    if let piece = archives.first(where: { !$0.range.isEmpty && $0.range.upperBound > offset }) {
      let start = max(offset, piece.range.lowerBound)
      let bytes = Self.read(piece.path, at: start - piece.range.lowerBound)
      return (bytes, start + bytes.count)
    }
    guard let begin = archives.last?.range.upperBound, begin > offset else { return (live, offset + live.count) }
    let bytes = Self.read(path, at: begin)
    return (bytes, begin + bytes.count)
  }

  /// The offset after the last byte so far.
  var end: Int { Self.size(path) }

  /// Where the log begins that is not yet forgotten.
  var start: Int {
    let archives = archives
    return archives.first { !$0.range.isEmpty }?.range.lowerBound ?? archives.last?.range.upperBound ?? 0
  }

  private static func read(_ path: String, at offset: Int) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    lseek(file, offset, SEEK_SET)
    var bytes: [UInt8] = []
    _ = readMore(file, into: &bytes)
    return bytes
  }

  private static func size(_ path: String) -> Int {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}
