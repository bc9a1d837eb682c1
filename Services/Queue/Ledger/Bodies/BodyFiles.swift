internal import Disk
internal import GRDB
internal import Record
private import Synchronization

/// Bodies of documents in files of their own, one behind another; the ledger has the place of each.
///
/// A body in SQLite is written twice, to the log and then to the file, page by page; here it is written once. It counts
/// from the moment that the ledger has its place, so it is synced before the ledger commits; what a crash leaves behind
/// the last place is never read, and nothing is appended to a file of an earlier run. A file goes when the ledger has no
/// place in it any more. Calls come from one thread.
final class BodyFiles: Sendable {
  /// Bytes of the bodies of a group from which a file is worth a sync of its own: a lone document waits for one sync only.
  static let worth = 64 << 10
  /// Bytes of a body that is always as well off in its row.
  static let smallest = 2 << 10
  /// Bytes of a file from which another one is begun.
  static let fileSize: UInt64 = 64 << 20

  /// Where a body is.
  struct Place: Equatable {
    var file: Int64
    var offset: Int64
    var size: Int
    var checksum: Int64
  }

  private struct State {
    var last: Int64
    var open: AppendedFile?
    /// Bytes that the ledger has places for, by file.
    var live: [Int64: Int] = [:]
    /// What the transaction under way changes about it.
    var changes: [Int64: Int] = [:]
    /// The file that was read last: a backlog is read in the order in which it was written.
    var reading: (number: Int64, file: File)?
  }

  private let folder: Folder
  private let fileSize: UInt64
  private let state: Mutex<State>

  init(folder path: String, fileSize: UInt64 = BodyFiles.fileSize) throws(DiskError) {
    self.fileSize = fileSize
    folder = try Folder(path)
    state = Mutex(State(last: try Self.numbers(in: folder.path).max() ?? 0))
  }

  /// The files of bodies in a folder.
  static func numbers(in path: String) throws(DiskError) -> [Int64] {
    try Folder.names(in: path).compactMap { Int64($0) }
  }

  private func path(_ file: Int64) -> String { "\(folder.path)/\(file)" }

  /// Takes over where the ledger has places, in bytes by file, and removes the files in which it has none.
  func adopt(_ live: [Int64: Int]) throws(DiskError) {
    state.withLock { $0.live = live }
    for file in try Self.numbers(in: folder.path) where live[file] == nil { try File.remove(path(file)) }
  }

  /// Appends a body; it is durable after `sync`, and kept if `settle` follows.
  func append(_ body: (inout [UInt8]) -> Void) throws(DiskError) -> Place {
    try state.withLock { state throws(DiskError) in
      if (state.open?.end ?? fileSize) >= fileSize { try begin(&state) }
      guard let place = try state.open?.append(body) else { preconditionFailure("a file was begun") }
      state.changes[place.file, default: 0] += place.size
      return place
    }
  }

  private func begin(_ state: inout State) throws(DiskError) {
    try state.open?.sync()
    state.last += 1
    state.open = AppendedFile(number: state.last, file: try File(path(state.last), .create))
    try folder.sync()
  }

  /// Notes that the transaction under way gives up a place.
  func release(file: Int64, size: Int) { state.withLock { $0.changes[file, default: 0] -= size } }

  /// Makes durable what was appended; to be called before the ledger commits the places.
  func sync() throws(DiskError) { try state.withLock { state throws(DiskError) in try state.open?.sync() } }

  /// The transaction is committed: files without a place go. One that cannot be removed goes at the next start.
  func settle() {
    state.withLock { state in
      for (file, change) in state.changes { state.live[file, default: 0] += change }
      state.changes = [:]
      state.open?.settle()
      for file in state.live.filter({ $0.value == 0 && $0.key != state.open?.number }).keys {
        state.live[file] = nil
        if state.reading?.number == file { state.reading = nil }
        try? File.remove(path(file))
      }
    }
  }

  /// The transaction failed: what it wrote is cut off, as the disk may be full of it. The next one begins another file: a
  /// sync that failed once says nothing when it succeeds later.
  func undo() {
    state.withLock { state in
      for file in state.changes.keys where state.live[file] == nil { try? File.remove(path(file)) }
      state.changes = [:]
      state.open?.cut()
      state.open = nil
    }
  }

  /// An old file that is seven eighths empty: a few documents that stay keep it from going.
  var sparse: Int64? {
    state.withLock { state in
      state.live.first { $0.key + 2 < state.last && $0.value < fileSize / 8 }?.key
    }
  }

  /// The bytes at a place; nil where they are not those that were written.
  func read(_ place: Place) -> [UInt8]? {
    state.withLock { state in
      if state.reading?.number != place.file {
        state.reading = (try? File(path(place.file), .read)).map { (place.file, $0) }
      }
      return state.reading.flatMap { Self.read(place, from: $0.file) }
    }
  }

  /// The layers of a row of `bodies`.
  func layers(_ row: Row) -> Layers? { Self.layers(row, read: read) }

  /// The same of a place in any folder.
  static func read(_ place: Place, in folder: String) -> [UInt8]? {
    (try? File("\(folder)/\(place.file)", .read)).flatMap { read(place, from: $0) }
  }

  private static func read(_ place: Place, from file: File) -> [UInt8]? {
    guard let bytes = try? file.read(place.size, at: UInt64(clamping: place.offset)), bytes.count == place.size,
      Body.checksum(bytes[...]) == place.checksum
    else { return nil }
    return bytes
  }
}

/// The file that bodies are appended to, with what is not written yet.
private struct AppendedFile {
  /// Bytes that are written at once.
  private static let chunk = 1 << 20

  let number: Int64
  let file: File
  private var written: UInt64 = 0
  private var buffer: [UInt8] = []
  private var isDirty = false
  /// Where the places end that are committed.
  private var settled: UInt64 = 0

  init(number: Int64, file: File) {
    self.number = number
    self.file = file
    buffer.reserveCapacity(Self.chunk)
  }

  var end: UInt64 { written + UInt64(buffer.count) }

  mutating func append(_ body: (inout [UInt8]) -> Void) throws(DiskError) -> BodyFiles.Place {
    let start = buffer.count
    let offset = Int64(end)
    body(&buffer)
    let place = BodyFiles.Place(
      file: number, offset: offset, size: buffer.count - start, checksum: Body.checksum(buffer[start...]))
    isDirty = true
    if buffer.count >= Self.chunk { try flush() }
    return place
  }

  private mutating func flush() throws(DiskError) {
    try file.write(buffer, at: written)
    written += UInt64(buffer.count)
    let isLarge = buffer.capacity > 4 * Self.chunk
    buffer.removeAll(keepingCapacity: !isLarge)
  }

  mutating func settle() { settled = end }

  func cut() { try? file.cut(to: settled) }

  mutating func sync() throws(DiskError) {
    guard isDirty else { return }
    try flush()
    try file.sync()
    isDirty = false
  }
}
