import Synchronization

/// How often something happened, from any thread.
final class Counter: Sendable {
  private let count = Mutex(0)

  var value: Int { count.withLock { $0 } }

  /// Counts once more: 1 at first.
  @discardableResult func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
