internal import Disk
internal import Daemon
internal import Logging
internal import Record
internal import Wire
internal import Worker
internal import ZeroMQ

/// Carries jobs from the session with the queue to the store, and their answers back; serves FETCH in between.
///
/// One thread runs it, owns the sockets and writes the files: a sync holds up nothing that would not wait for it.
/// All that comes while one group is synced is the next group.
struct SinkLoop: ~Copyable {
  private let address: String
  private let mailbox: Mailbox<Session.Event>
  private let logger: Logger
  private let context: Context
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var session: Session
  private var connection: Connection?
  private var fetches: FetchServer
  private var store: SinkStore
  private var disk = DiskState()
  private let retention: Retention
  /// When the next file may be removed; never, where all is kept.
  private var removesAt: Duration?
  private var began: [Lease: Duration] = [:]
  private var isAccepted = false
  private var saidRefusal: ConnectionEnds.Refusal?
  private var isDraining = false

  static func start(
    _ options: SinkOptions, mailbox: Mailbox<Session.Event>, logger: Logger
  ) throws(SinkFailure) -> SinkLoop {
    let home = options.home
    let context = Context(keys: options.daemon.keyRing(logger))
    let store = try SinkStore.open(home, partition: options.partitionName, segmentLimit: options.segmentSize)
    if store.cut > 0 { logger.warning("has cut an unfinished tail", metadata: ["bytes": "\(store.cut)"]) }
    let fetches = try FetchServer(at: options.address, in: home, context)
    let plan = options.plan(address: options.advertise ?? fetches.address)
    logger.info(
      "starts",
      metadata: [
        "partition": "\(store.partition)", "queue": "\(options.daemon.queueAddress.workers)",
        "serves": "\(plan.address)", "records": "\(store.end(of: .records))",
        "failures": "\(store.end(of: .failures))",
      ])
    return SinkLoop(
      plan, options.daemon.queueAddress.workers, store, fetches, context, retention: options.retention,
      mailbox: mailbox, logger: logger)
  }

  private init(
    _ plan: SessionPlan, _ address: String, _ store: consuming SinkStore, _ fetches: FetchServer, _ context: Context,
    retention: Retention, mailbox: Mailbox<Session.Event>, logger: Logger
  ) {
    self.address = address
    self.mailbox = mailbox
    self.logger = logger
    self.context = context
    self.store = store
    self.fetches = fetches
    self.retention = retention
    removesAt = retention.isBounded ? .zero : nil
    start = clock.now
    session = Session(plan)
  }

  /// Runs until the session ends.
  mutating func run() throws(SinkFailure) -> Session.Ending {
    do throws(SocketError) {
      var events: [Session.Event] = []
      while true {
        var outcomes: [Session.Event] = []
        for action in session.handle(events, at: now) {
          if let ending = try perform(action, &outcomes) { return ending }
        }
        outcomes += commit()
        removeOldest()
        if isDraining, disk.isInTrouble { return try giveBack() }
        events = outcomes.isEmpty ? try nextEvents() : outcomes
      }
    } catch {
      throw .socket(error)
    }
  }

  private var now: Duration { start.duration(to: clock.now) }

  private mutating func perform(
    _ action: Session.Action, _ outcomes: inout [Session.Event]
  ) throws(SocketError) -> Session.Ending? {
    switch action {
    case .connect:
      if isAccepted { logger.warning("has lost the queue and connects again", metadata: ["queue": "\(address)"]) }
      isAccepted = false
      connection = nil
      connection = try Connection(to: address, in: context, wakeUp: mailbox.wakeUp, beside: [fetches.socket])
    case .send(let message): try connection?.send(message)
    case .process(let job): outcomes += add(job)
    case .cancel: break
    case .end(let ending): return ending
    }
    return nil
  }

  /// Adds a job to the group; one that cannot be written fails at once.
  private mutating func add(_ job: QueueMessage.Job) -> [Session.Event] {
    do throws(StageFailure) {
      try store.add(job)
      began[job.lease] = now
      return []
    } catch {
      logger.warning(
        "cannot be written",
        metadata: ["job": "\(job.lease.job)", "code": "\(error.code.rawValue)", "reason": "\(error.message)"])
      return [.finished(job.lease, .failure(error), microseconds: 0)]
    }
  }

  /// Makes the group durable, unless the disk refused a moment ago, and returns the outcomes of its jobs.
  private mutating func commit() -> [Session.Event] {
    guard store.hasGroup, disk.isDue(now) else { return [] }
    do throws(DiskError) {
      let answers = try store.commit()
      if disk.recover() { logger.notice("writes again") }
      return answers.map { answer in
        let microseconds = (now - (began.removeValue(forKey: answer.lease) ?? now)) / .microseconds(1)
        logger.info(
          "is durable",
          metadata: ["job": "\(answer.lease.job)", "seconds": "\(Double(max(0, microseconds)) / 1_000_000)"])
        return .finished(answer.lease, .layers(answer.line.layers), microseconds: UInt64(max(0, microseconds)))
      }
    } catch {
      if disk.fail(at: now) {
        logger.error("cannot write, keeps what it holds and takes no more", metadata: ["reason": "\(error)"])
      }
      return []
    }
  }

  /// Removes at most one file of each stream that is not kept any more: a turn is never long. While there are such files
  /// the next turn follows at once, else a look a second is enough.
  private mutating func removeOldest() {
    guard let time = removesAt, now >= time else { return }
    do throws(DiskError) {
      let removed = try store.removeOldest(retention, at: wallClock())
      for (stream, offsets) in removed {
        logger.info(
          "has removed old lines",
          metadata: ["stream": "\(stream.rawValue)", "from": "\(offsets.lowerBound)", "to": "\(offsets.upperBound)"])
      }
      removesAt = removed.isEmpty ? now + .seconds(1) : now
    } catch {
      logger.error("cannot remove old lines, tries again in a minute", metadata: ["reason": "\(error)"])
      removesAt = now + .seconds(60)
    }
  }

  /// Waits for something to happen, answers fetches and returns what the queue and this process say.
  ///
  /// The queue has been told by now of what was written, so those who wait for lines hold it up least.
  private mutating func nextEvents() throws(SocketError) -> [Session.Event] {
    let fetchesAt = try fetches.answerHeld(from: store, at: now, logger)
    let deadline = [session.nextDeadline, disk.nextAttempt, removesAt, fetchesAt].compactMap(\.self).min()
    let time = deadline.map { max(.zero, $0 - now) }
    var events: [Session.Event] = []
    if connection != nil {
      events = try connection!.nextEvents(within: time)
    } else {
      var poller = Poller([fetches.socket], wakeUp: mailbox.wakeUp)
      try poller.wait(time)
    }
    if !isAccepted, let refusal = connection?.refusal, refusal != saidRefusal {
      logger.waits(for: address, refusal)
      saidRefusal = refusal
    }
    for case .received(.accepted) in events {
      logger.info("is accepted by the queue")
      becomeReady()
      isAccepted = true
    }
    try fetches.answer(from: store, at: now, logger)
    let own = mailbox.takeAll()
    for case .drain in own { isDraining = true }
    return events + own
  }

  /// Ends without waiting for a disk that takes nothing: all that is in hand goes back to the queue.
  private func giveBack() throws(SocketError) -> Session.Ending {
    for lease in began.keys { try connection?.send(.giveBack(lease)) }
    try connection?.send(.bye)
    return .drained
  }
}

extension SinkOptions {
  /// A sink holds as many jobs as make a group. They have all the time that the disk needs: what is not written yet is
  /// never anybody's failure.
  fileprivate func plan(address: String) -> SessionPlan {
    var plan = SessionPlan(stage: "sink", name: daemon.name("sink"))
    plan.partition = partitionName
    plan.address = address
    plan.slots = group
    plan.prefetch = group
    plan.bytes = 32 << 20
    plan.timeLimit = .seconds(1 << 40)
    return plan
  }
}
