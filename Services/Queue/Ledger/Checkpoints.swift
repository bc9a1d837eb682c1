private import Glibc
internal import GRDB
private import Synchronization

/// Moves the write-ahead log into the ledger's file, on a connection and a thread of its own.
///
/// A passive pass copies nearly all without holding up a writer; a second one that does is left with the little that
/// came meanwhile, and lets the log begin anew.
final class Checkpoints: Sendable {
  /// Bytes of the log from which it is worth it.
  static let threshold = 32 << 20

  private let database: DatabaseQueue
  private let log: String
  private let isRunning = Atomic<Bool>(false)

  init(path: String) throws {
    database = try DatabaseQueue(path: path, configuration: Schema.configuration)
    log = path + "-wal"
  }

  /// Begins a checkpoint if the log is long and none is under way; returns at once.
  func consider() {
    var facts = stat()
    guard unsafe stat(log, &facts) == 0, facts.st_size >= Self.threshold else { return }
    guard isRunning.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged else {
      return
    }
    database.asyncWriteWithoutTransaction { db in
      // A checkpoint that fails is tried again after the next group; the log only grows meanwhile.
      _ = try? db.checkpoint(.passive)
      _ = try? db.checkpoint(.truncate)
      self.isRunning.store(false, ordering: .releasing)
    }
  }
}
