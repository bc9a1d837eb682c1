/// The checks of one process by a command, as a value: when the next one is due, and what the results mean.
///
/// The first one is made at once. Until one succeeds, or the time is over in which a process may start, a failure counts
/// for nothing and the next check comes soon; from then on as many failures in a row as `retries` make it unhealthy, and
/// one success makes it healthy.
struct Checkup: Equatable, Sendable {
  typealias Milliseconds = InstanceState.Milliseconds

  enum Verdict: Equatable, Sendable { case open, healthy, unhealthy }

  /// How one check ended.
  struct Result: Equatable, Sendable {
    var isGood: Bool
    /// What it wrote, or why it could not be made.
    var text: String
  }

  private let check: ComposeFile.HealthCheck
  private let graceEnd: Milliseconds
  private(set) var verdict = Verdict.open
  /// When the next check is to be made; nil while one is under way.
  private(set) var due: Milliseconds?
  private var failures = 0

  /// - Parameter start: when the process was started.
  init(_ check: ComposeFile.HealthCheck, start: Milliseconds) {
    self.check = check
    graceEnd = start + max(check.startPeriod, check.interval).milliseconds
    due = start
  }

  /// Whether a check is to be made now; it is then under way.
  mutating func begin(at now: Milliseconds) -> Bool {
    guard let due, due <= now else { return false }
    self.due = nil
    return true
  }

  mutating func ended(_ result: Result, at now: Milliseconds) {
    let isStarting = verdict == .open && now < graceEnd
    if result.isGood {
      (verdict, failures) = (.healthy, 0)
    } else if !isStarting {
      failures += 1
      if failures >= max(1, check.retries) { verdict = .unhealthy }
    }
    let isSoon = isStarting && !result.isGood
    due = now + max(1, (isSoon ? min(check.startInterval, check.interval) : check.interval).milliseconds)
  }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int { Int(self / .milliseconds(1)) }
}
