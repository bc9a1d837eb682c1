internal import Daemon
internal import Logging
internal import Record
internal import Wire
internal import ZeroMQ

/// Carries events and actions between a session, its connection and the stage. One thread runs it and owns the sockets.
struct SessionLoop {
  private let stage: any Stage
  private let address: String
  private let mailbox: Mailbox<Session.Event>
  private let logger: Logger
  private let context: Context
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var session: Session
  private var connection: Connection?
  private var reach = Reach.unknown
  private var tasks: [Lease: Task<Void, Never>] = [:]

  private enum Reach { case unknown, there, gone }

  init(
    _ plan: SessionPlan, stage: any Stage, address: String, keys: (any KeyRing)? = nil,
    mailbox: Mailbox<Session.Event>, logger: Logger
  ) {
    context = Context(keys: keys)
    self.stage = stage
    self.address = address
    self.mailbox = mailbox
    self.logger = logger
    start = clock.now
    session = Session(plan)
  }

  /// Runs until the session ends.
  mutating func run() throws(SocketError) -> Session.Ending {
    var actions = session.handle(at: now)
    while true {
      for action in actions {
        if let ending = try perform(action) { return ending }
      }
      actions = session.handle(try nextEvents(), at: now)
    }
  }

  private var now: Duration { start.duration(to: clock.now) }

  /// Waits for something to happen, at most until the session's deadline, and takes what is there.
  private mutating func nextEvents() throws(SocketError) -> [Session.Event] {
    let time = session.nextDeadline.map { max(.zero, $0 - now) }
    guard connection != nil else {
      var poller = Poller([], wakeUp: mailbox.wakeUp)
      try poller.wait(time)
      return taken()
    }
    let events = try connection!.nextEvents(within: time)
    for event in events { note(event) }
    return events + taken()
  }

  private mutating func taken() -> [Session.Event] {
    let events = mailbox.takeAll()
    for case .finished(let lease, _, _) in events { tasks[lease] = nil }
    return events
  }

  /// Logs when the queue is there and when it is not, but each only once.
  private mutating func note(_ event: Session.Event) {
    switch event {
    case .received(.accepted) where reach != .there:
      reach = .there
      logger.info("is accepted by the queue")
      becomeReady()
    case .received(.error(let error)):
      logger.warning("is told an error", metadata: ["code": "\(error.code)", "reason": "\(error.message)"])
    case .disconnected where reach == .unknown:
      reach = .gone
      logger.waits(for: address, connection?.refusal)
    default: break
    }
  }

  private mutating func perform(_ action: Session.Action) throws(SocketError) -> Session.Ending? {
    switch action {
    case .connect:
      if reach == .there {
        reach = .gone
        logger.warning("has lost the queue and tries to reach it")
      }
      // The old connection is closed before the next one is there: the queue never sees two.
      connection = nil
      connection = try Connection(to: address, in: context, wakeUp: mailbox.wakeUp)
    case .send(let message):
      logger.log(message)
      try connection?.send(message)
    case .process(let job): process(job)
    case .cancel(let lease): tasks[lease]?.cancel()
    case .end(let ending):
      return ending
    }
    return nil
  }

  /// Bytes of a document whose work takes so much memory that glibc should not keep it.
  private static let large = 1 << 20

  private mutating func process(_ job: QueueMessage.Job) {
    tasks[job.lease] = Task { [stage, mailbox, clock] in
      let start = clock.now
      let outcome = await stage.outcome(of: job)
      let microseconds = start.duration(to: clock.now) / .microseconds(1)
      mailbox.post(.finished(job.lease, outcome, microseconds: UInt64(max(0, microseconds))))
      if job.layers.size >= Self.large { giveBackFreedMemoryNow() }
    }
  }
}

extension Stage {
  /// What becomes of a job.
  fileprivate func outcome(of job: QueueMessage.Job) async -> Session.Outcome {
    let context = StageContext(attempt: Int(job.attempt), seconds: seconds(ofTimings: job.timings))
    do throws(StageFailure) {
      return .layers(try await process(job.layers, context))
    } catch {
      return .failure(error)
    }
  }
}

extension Logger {
  /// Logs what a message says of a job.
  fileprivate func log(_ message: WorkerMessage) {
    switch message {
    case .start(let lease): debug("starts", metadata: ["job": "\(lease.job)", "delivery": "\(lease.delivery)"])
    case .result(let lease, let microseconds, let layers):
      info(
        "is done",
        metadata: [
          "job": "\(lease.job)", "seconds": "\(Double(microseconds) / 1_000_000)", "bytes": "\(layers.size)",
        ])
    case .fail(let lease, let code, let isRetryable, let message, _):
      warning(
        "failed",
        metadata: [
          "job": "\(lease.job)", "code": "\(code)", "retryable": "\(isRetryable)", "reason": "\(message)",
        ])
    case .giveBack(let lease): debug("gives back", metadata: ["job": "\(lease.job)"])
    case .ready, .heartbeat, .bye: break
    }
  }
}
