/// How often a duration fell below each of some bounds.
package struct Histogram: Sendable, Equatable {
  /// In seconds; what is longer than the last one is only in `count`.
  package let bounds: [Double]
  /// Durations up to each bound and above the one before.
  package private(set) var counts: [UInt64]
  package private(set) var count: UInt64 = 0
  /// Seconds.
  package private(set) var sum = 0.0

  init(_ bounds: [Double]) {
    self.bounds = bounds
    counts = bounds.map { _ in 0 }
  }

  mutating func observe(seconds: Double) {
    count += 1
    sum += seconds
    if let place = bounds.firstIndex(where: { seconds <= $0 }) { counts[place] += 1 }
  }
}
