internal import Synchronization

/// Where the queue hangs up its latest numbers, for other threads to read.
final class Board: Sendable {
  private let latest = Mutex<Snapshot?>(nil)

  /// Nil before the queue serves.
  var snapshot: Snapshot? {
    get { latest.withLock { $0 } }
    set { latest.withLock { $0 = newValue } }
  }
}
