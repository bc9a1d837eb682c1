/// The state of a session's connection.
enum Link: Sendable, Equatable {
  /// There is none until a time.
  case down(until: Duration)
  /// READY was sent; without an answer it is given up at a time.
  case announced(giveUp: Duration)
  /// The queue accepted this worker; `next` is the time of the next heartbeat.
  case open(heartbeat: Duration, next: Duration, heard: Duration)

  var isUp: Bool {
    if case .down = self { false } else { true }
  }

  /// When something must be done about it.
  var deadline: Duration {
    switch self {
    case .down(let until): until
    case .announced(let giveUp): giveUp
    case .open(let heartbeat, let next, let heard): min(next, heard + heartbeat * 3)
    }
  }

  mutating func hear(_ now: Duration) {
    guard case .open(let heartbeat, let next, _) = self else { return }
    self = .open(heartbeat: heartbeat, next: next, heard: now)
  }
}
