/// How many jobs passed in each of the last seconds.
struct RateCounter: Sendable {
  static let seconds: UInt64 = 10

  /// A place for each second, by the last digit of its number.
  private var counts = [UInt32](repeating: 0, count: Int(seconds))
  private var last: UInt64 = 0

  mutating func count(at uptime: UInt64) {
    let second = uptime / 1000
    if second > last {
      for passed in 0..<min(second - last, Self.seconds) { counts[Int((second - passed) % Self.seconds)] = 0 }
      last = second
    }
    counts[Int(second % Self.seconds)] += 1
  }

  /// Jobs in a second, over the last ten.
  func rate(at uptime: UInt64) -> Double {
    let second = uptime / 1000
    guard second < last + Self.seconds else { return 0 }
    let gone = (0..<(second - min(second, last))).reduce(0) { $0 + Int(counts[Int((second - $1) % Self.seconds)]) }
    return Double(counts.reduce(0) { $0 + Int($1) } - gone) / Double(Self.seconds)
  }
}
