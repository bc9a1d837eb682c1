internal import GRDB
private import Synchronization

/// Moves the write-ahead log into the ledger's file, on a connection and a thread of its own.
///
/// A passive pass copies nearly all without holding up a writer; a second one that does is left with the little that
/// came meanwhile, and lets the log begin anew. The log's file keeps its size: an fsync over blocks that are
/// there need not wait for new ones to be entered in the file system.
final class Checkpoints: Sendable {
  /// Bytes written from which it is worth it.
  static let threshold = 32 << 20

  private let database: DatabaseQueue
  private let written = Atomic<Int>(0)
  private let isRunning = Atomic<Bool>(false)

  init(path: String) throws {
    database = try DatabaseQueue(path: path, configuration: Schema.configuration)
  }

  /// Counts what a group wrote; begins a checkpoint if that is enough and none is under way. Returns at once.
  func consider(_ bytes: Int) {
    guard written.add(bytes, ordering: .relaxed).newValue >= Self.threshold else { return }
    guard isRunning.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged else {
      return
    }
    written.store(0, ordering: .relaxed)
    database.asyncWriteWithoutTransaction { db in
      // A checkpoint that fails is tried again after the next group; the log only grows meanwhile.
      _ = try? db.checkpoint(.passive)
      _ = try? db.checkpoint(.restart)
      self.isRunning.store(false, ordering: .releasing)
    }
  }
}
