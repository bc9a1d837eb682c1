/// Whether the disk takes what is written, and when the next attempt is due where it does not.
struct DiskState {
  /// The pause between two attempts.
  static let pause = Duration.seconds(1)

  private(set) var nextAttempt: Duration?

  var isInTrouble: Bool { nextAttempt != nil }

  func isDue(_ now: Duration) -> Bool { nextAttempt.map { now >= $0 } ?? true }

  /// Takes note of an attempt that failed; true if it is the first one.
  mutating func fail(at now: Duration) -> Bool {
    defer { nextAttempt = now + Self.pause }
    return nextAttempt == nil
  }

  /// Takes note of an attempt that succeeded; true if the ones before it had failed.
  mutating func recover() -> Bool {
    defer { nextAttempt = nil }
    return nextAttempt != nil
  }
}
