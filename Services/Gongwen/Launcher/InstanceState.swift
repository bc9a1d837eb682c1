/// One process under supervision, as a value: an event goes in, and what is to be done comes out.
///
///     waiting ──▶ alive (starting, running) ──▶ backingOff ──▶ waiting …
///        ▲          │ end                         │ end
///        │          ▼                             ▼
///        └─────── stopping ───────────────────▶ exited
///     with a successor
struct InstanceState: Equatable, Sendable {
  enum Phase: Equatable, Sendable {
    /// For its dependencies, or simply for its turn.
    case waiting
    case alive(pid: Int32)
    case stopping(pid: Int32, killAt: Milliseconds)
    case backingOff(until: Milliseconds)
    case exited
  }

  enum Health: String, Sendable { case healthy, unhealthy, none }

  enum Action: Equatable, Sendable {
    case start
    /// To find out whether it is well.
    case check
    case signal(pid: Int32, ComposeFile.StopSignal)
  }

  /// Milliseconds of a clock that never goes back.
  typealias Milliseconds = Int

  static let firstPause: Milliseconds = 100
  static let longestPause: Milliseconds = 10_000
  /// A process that lived so long has not failed in a row.
  static let settled: Milliseconds = 10_000

  private(set) var plan: Plan.Instance
  /// What is to run in its place once it has ended.
  private(set) var successor: Plan.Instance?
  /// Whether it is to end and be forgotten.
  private(set) var isLeaving = false
  private(set) var phase = Phase.waiting
  private(set) var health: Health
  /// Why it is not healthy, in words.
  private(set) var healthText: String?
  /// Starts after the first one.
  private(set) var restarts = 0
  private(set) var startedAt: Milliseconds?
  /// The same on the calendar, ISO 8601 in UTC.
  private(set) var startTime: String?
  /// How the last process ended, in words.
  private(set) var lastExit: String?
  private var hasFailed = false
  private var failuresInRow = 0
  private var wasHealthy = false
  private var hasStarted = false
  private var checkup: Checkup?

  init(_ plan: Plan.Instance) {
    self.plan = plan
    health = plan.health == nil ? .none : .unhealthy
  }

  var pid: Int32? {
    switch phase {
    case .alive(let pid), .stopping(let pid, _): pid
    default: nil
    }
  }

  /// `starting` until it is healthy for the first time, `running` from then on, or at once where nothing checks it.
  var word: String {
    switch phase {
    case .waiting, .backingOff: "starting"
    case .alive: health == .none || wasHealthy ? "running" : "starting"
    case .stopping: "stopping"
    case .exited: "exited"
    }
  }

  /// Whether nothing more has to be waited for: it does its work, or has done it.
  var isReady: Bool {
    if case .alive = phase { health != .unhealthy } else { hasCompleted && plan.health == nil }
  }
  var isOver: Bool { phase == .exited }

  /// Whether it has done what it was to do, and is not to be started again.
  var hasCompleted: Bool { phase == .exited && !hasFailed }

  /// Whether it failed so often in a row that nobody should wait for it.
  var isHopeless: Bool {
    !isLeaving && successor == nil
      && (phase == .exited && !isReady || failuresInRow >= 5 || checkup?.verdict == .unhealthy)
  }

  /// Whether what runs is not what should.
  var isUnwanted: Bool { isLeaving || successor != nil }

  mutating func leave() { (isLeaving, successor) = (true, nil) }

  mutating func replace(with plan: Plan.Instance) { (isLeaving, successor) = (false, plan) }

  /// Forgets what was to come after it.
  mutating func forgetSuccessor() { successor = nil }

  /// What to do now that its dependencies are as they should be.
  mutating func turn() -> Action? { phase == .waiting ? .start : nil }

  mutating func started(pid: Int32, at now: Milliseconds, time: String) {
    phase = .alive(pid: pid)
    if hasStarted { restarts += 1 }
    hasStarted = true
    startedAt = now
    startTime = time
    wasHealthy = false
    if let check = plan.health, case .command = check.test { checkup = Checkup(check, start: now) }
  }

  mutating func failedToStart(_ reason: String, at now: Milliseconds) {
    lastExit = reason
    ended(failed: true, at: now)
  }

  /// Nil for a process that is well, else why it is not.
  mutating func isFound(_ trouble: String?) {
    guard plan.health != nil, case .alive = phase else { return }
    health = trouble == nil ? .healthy : .unhealthy
    healthText = trouble
    if trouble == nil { wasHealthy = true }
  }

  /// A check by a command has ended.
  mutating func checked(_ result: Checkup.Result, at now: Milliseconds) {
    guard case .alive = phase, checkup?.due == nil else { return }
    checkup?.ended(result, at: now)
    if result.isGood || checkup?.verdict != .healthy { isFound(result.isGood ? nil : result.text) }
  }

  /// When time alone brings something new; nil for never.
  var next: Milliseconds? {
    switch phase {
    case .backingOff(let time), .stopping(_, let time): time == .max ? nil : time
    case .alive: checkup?.due
    default: nil
    }
  }

  /// The process is gone; `failed` where it did not end with status 0.
  mutating func exited(_ reason: String, failed: Bool, at now: Milliseconds) {
    lastExit = reason
    (checkup, healthText) = (nil, nil)
    if case .stopping = phase { return succeed() }
    if let startedAt, now - startedAt >= Self.settled { failuresInRow = 0 }
    ended(failed: failed, at: now)
  }

  mutating func stop(at now: Milliseconds) -> Action? {
    switch phase {
    case .alive(let pid):
      phase = .stopping(pid: pid, killAt: now + Int(plan.stopGrace / .milliseconds(1)))
      return .signal(pid: pid, plan.stopSignal)
    case .waiting, .backingOff, .exited:
      succeed()
      return nil
    case .stopping: return nil
    }
  }

  /// The last process is gone: its successor's turn, or nobody's.
  private mutating func succeed() {
    phase = successor == nil ? .exited : .waiting
    guard let successor else { return }
    plan = successor
    self.successor = nil
    health = plan.health == nil ? .none : .unhealthy
    (failuresInRow, hasStarted) = (0, false)
  }

  /// Ends it without giving it time.
  mutating func kill(at now: Milliseconds) -> Action? {
    guard let pid else { return stop(at: now) }
    if case .stopping(_, .max) = phase { return nil }
    phase = .stopping(pid: pid, killAt: .max)
    return .signal(pid: pid, .kill)
  }

  /// What the passing of time brings.
  mutating func tick(_ now: Milliseconds) -> Action? {
    switch phase {
    case .alive where checkup?.begin(at: now) ?? false: return .check
    case .backingOff(let until) where until <= now: phase = .waiting
    case .stopping(let pid, let killAt) where killAt <= now:
      phase = .stopping(pid: pid, killAt: .max)
      return .signal(pid: pid, .kill)
    default: break
    }
    return nil
  }

  private mutating func ended(failed: Bool, at now: Milliseconds) {
    if plan.health != nil { health = .unhealthy }
    hasFailed = failed
    let isWanted =
      switch plan.restart {
      case .never: false
      case .always: true
      case .onFailure(let limit): failed && failuresInRow < limit ?? .max
      }
    guard isWanted else {
      phase = .exited
      return
    }
    phase = .backingOff(until: now + min(Self.longestPause, Self.firstPause << min(failuresInRow, 10)))
    failuresInRow += 1
  }
}
