internal import Record
internal import Wire

/// The jobs that a worker holds, and the credit that follows from them.
struct Hand {
  private struct Running {
    let lease: Lease
    let bytes: Int
    let deadline: Duration
    var isOverdue = false
  }

  private let plan: SessionPlan
  private var waiting: [QueueMessage.Job] = []
  private var running: [Running] = []
  /// What came in this session.
  private var received = WorkerMessage.Credit(messages: 0, bytes: 0)

  init(_ plan: SessionPlan) { self.plan = plan }

  /// All that is granted in this session: what came, and what there is room for.
  var credit: WorkerMessage.Credit {
    let messages = max(0, plan.documents - waiting.count - running.count)
    let held = waiting.reduce(0) { $0 + $1.layers.size } + running.reduce(0) { $0 + $1.bytes }
    return .init(
      messages: received.messages + UInt64(messages), bytes: received.bytes + UInt64(max(0, plan.bytes - held)))
  }

  /// The leases that are to be kept alive.
  var leases: [Lease] { running.filter { !$0.isOverdue }.map(\.lease) + waiting.map(\.lease) }

  /// Whether nothing is under way any more, but for what cannot be stopped.
  var isIdle: Bool { waiting.isEmpty && running.allSatisfy(\.isOverdue) }

  mutating func beginSession() { received = .init(messages: 0, bytes: 0) }

  mutating func receive(_ job: QueueMessage.Job) {
    received.messages += 1
    received.bytes += UInt64(job.layers.size)
    waiting.append(job)
  }

  /// Takes away a job that is not started.
  mutating func discard(_ lease: Lease) { waiting.removeAll { $0.lease == lease } }

  mutating func forgetWaiting() { waiting = [] }

  /// Empties what waits and says what it was.
  mutating func giveBackWaiting() -> [Lease] {
    defer { waiting = [] }
    return waiting.map(\.lease)
  }

  /// The job that starts now, if there is one and a place for it.
  mutating func startNext(_ now: Duration) -> QueueMessage.Job? {
    guard running.count < plan.slots, !waiting.isEmpty else { return nil }
    let job = waiting.removeFirst()
    running.append(Running(lease: job.lease, bytes: job.layers.size, deadline: now + plan.timeLimit))
    return job
  }

  /// Takes a job that ended out of the hand; false if nobody waits for its outcome.
  mutating func finish(_ lease: Lease) -> Bool {
    guard let place = running.firstIndex(where: { $0.lease == lease }) else { return false }
    return !running.remove(at: place).isOverdue
  }

  /// Marks the jobs whose time ended and says which they are.
  mutating func endOverdue(_ now: Duration) -> [Lease] {
    running.indices.compactMap { place in
      guard !running[place].isOverdue, now >= running[place].deadline else { return nil }
      running[place].isOverdue = true
      return running[place].lease
    }
  }

  /// Whether a job that was told to stop has not.
  func isStuck(_ now: Duration) -> Bool { running.contains { $0.isOverdue && now >= $0.deadline + plan.grace } }

  /// When the next job is overdue, or the next overdue one stuck.
  func nextDeadline(ignoringOverdue: Bool) -> Duration? {
    running.filter { !($0.isOverdue && ignoringOverdue) }.map { $0.isOverdue ? $0.deadline + plan.grace : $0.deadline }
      .min()
  }
}
