internal import GRDB
private import Synchronization

/// Moves the write-ahead log into the ledger's file, so that the log begins anew from its start and stays small.
///
/// A first pass runs on a connection and a thread of its own, beside the writer. What the writer adds meanwhile is left
/// to a second pass, which the writer makes itself between two groups: a pass that reaches the log's end while nobody
/// writes is what SQLite wants before it begins the log anew. Rejected: both passes on the other connection, where the
/// second one asks for the writer's lock, and does not get it as long as group follows group (a log of 300 MB after a
/// second of documents of 40 KB). The log's file keeps its size: an fsync over blocks that are there need not wait for new
/// ones to be entered in the file system.
final class Checkpoints: Sendable {
  /// Bytes written from which a first pass is worth it.
  static let threshold = 16 << 20

  private enum State: Int, AtomicRepresentable { case idle, firstPass, firstPassDone }

  private let database: DatabaseQueue
  private let written = Atomic<Int>(0)
  private let state = Atomic<State>(.idle)

  init(path: String) throws {
    database = try DatabaseQueue(path: path, configuration: Schema.configuration)
  }

  /// Counts what a group wrote; begins a first pass if that is enough, makes the second one after it. To be called by the
  /// writer, between two transactions.
  ///
  /// A pass that fails, on a full disk for one, is tried again when as much was written once more; the log only grows.
  func consider(_ bytes: Int, on writer: DatabaseQueue) {
    let written = written.add(bytes, ordering: .relaxed).newValue
    switch state.load(ordering: .acquiring) {
    case .idle where written >= Self.threshold:
      state.store(.firstPass, ordering: .relaxed)
      database.asyncWriteWithoutTransaction { db in
        _ = try? db.checkpoint(.passive)
        self.state.store(.firstPassDone, ordering: .releasing)
      }
    case .firstPassDone:
      _ = try? writer.writeWithoutTransaction { db in try db.checkpoint(.passive) }
      self.written.store(0, ordering: .relaxed)
      state.store(.idle, ordering: .relaxed)
    case .idle, .firstPass: break
    }
  }
}
