/// What the ledger's thread wrote since the queue was started.
struct CommitMeter: Sendable {
  /// From a memory disk to one that is in trouble; in seconds.
  static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

  /// The time of each group that was written.
  private(set) var seconds = Histogram(bounds)
  /// Groups that the disk did not take.
  private(set) var failures = 0
  /// Whether the last group was one of them.
  private(set) var isFailing = false

  mutating func wrote(in time: Duration) {
    seconds.observe(seconds: time / .seconds(1))
    isFailing = false
  }

  mutating func failed() {
    failures += 1
    isFailing = true
  }
}
