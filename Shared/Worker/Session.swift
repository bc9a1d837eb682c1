package import Record
package import Wire

/// A worker's side of the conversation with the queue, as a value: events and the time go in, actions come out.
///
/// It knows no socket and no clock. One connection is one session: when the connection ends, the queue is silent or
/// says that it knows no session, the next one is made, and credit is counted from 0 again.
///
///     down ──(time)──▶ announced ──ACCEPTED──▶ open ──(silence, end, no_session)──▶ down
package struct Session {
  package enum Event: Sendable {
    /// The connection ended, or could not be made.
    case disconnected
    case received(QueueMessage)
    case finished(Lease, Outcome, microseconds: UInt64)
    /// Finish what is started, give back the rest, end.
    case drain
  }

  package enum Outcome: Sendable, Equatable {
    case layers(Layers)
    case failure(StageFailure)
  }

  package enum Action: Sendable, Equatable {
    /// Close the connection, if there is one, and make another.
    case connect
    case send(WorkerMessage)
    case process(QueueMessage.Job)
    /// Stop the work on a job whose time is over.
    case cancel(Lease)
    case end(Ending)
  }

  package enum Ending: Sendable, Equatable {
    case drained
    /// A document keeps the stage busy beyond its time: only a new process helps.
    case stuck
    /// The queue does not take this worker, and says why.
    case refused(WireError)
  }

  private let plan: SessionPlan
  private var link = Link.down(until: .zero)
  private var hand: Hand
  /// What could not be sent yet, because no session is open.
  private var unsent: [WorkerMessage] = []
  private var epoch: UInt64?
  private var failedLinks = 0
  private var announced: WorkerMessage.Credit?
  private var isDraining = false
  private var isStuck = false
  private var ending: Ending?
  private var actions: [Action] = []

  package init(_ plan: SessionPlan) {
    self.plan = plan
    hand = Hand(plan)
  }

  /// Takes events in order, and does what is due at the time.
  ///
  /// - Parameter now: the time since any fixed moment; it never goes back.
  package mutating func handle(_ events: [Event] = [], at now: Duration) -> [Action] {
    guard ending == nil else { return [] }
    actions = []
    for event in events { take(event, now) }
    if ending == nil { settle(now) }
    return actions
  }

  /// When `handle` must be called at the latest, if nothing happens before.
  package var nextDeadline: Duration? {
    let ofLink = isDraining && !link.isUp ? nil : link.deadline
    return [ofLink, hand.nextDeadline(ignoringOverdue: isStuck)].compactMap(\.self).min()
  }

  private mutating func take(_ event: Event, _ now: Duration) {
    switch event {
    case .disconnected: loseLink(now)
    case .received(let message): take(message, now)
    case .finished(let lease, let outcome, let microseconds):
      guard hand.finish(lease) else { return }
      switch outcome {
      case .layers(let layers): report(.result(lease, microseconds: microseconds, layers: layers))
      case .failure(let failure): report(.fail(lease, failure))
      }
    case .drain: isDraining = true
    }
  }

  private mutating func take(_ message: QueueMessage, _ now: Duration) {
    link.hear(now)
    switch message {
    case .accepted(let epoch, let heartbeat, _): open(epoch, every: .milliseconds(Int64(clamping: heartbeat)), now)
    case .alive(let epoch): if epoch != self.epoch { loseLink(now) }
    case .job(let job): take(job)
    case .error(let error):
      switch WireError.Code(rawValue: error.code) {
      case .noSession: loseLink(now)
      case .unknownStage, .unsupportedVersion, .unknownCommand: end(.refused(error))
      default: break
      }
    }
  }

  private mutating func take(_ job: QueueMessage.Job) {
    hand.receive(job)
    guard job.layers.size <= plan.maximumDocument else {
      hand.discard(job.lease)
      return report(.fail(job.lease, plan.tooLarge(job.layers.size)))
    }
  }

  private mutating func open(_ epoch: UInt64, every heartbeat: Duration, _ now: Duration) {
    guard case .announced = link else {
      if epoch != self.epoch { loseLink(now) }
      return
    }
    // Leases of an earlier epoch mean nothing to this one.
    if epoch == self.epoch { actions += unsent.map(Action.send) }
    unsent = []
    self.epoch = epoch
    failedLinks = 0
    link = .open(heartbeat: max(heartbeat, .milliseconds(10)), next: now + heartbeat, heard: now)
  }

  /// Jobs that are not started are forgotten: the queue sees the connection end and gives them to somebody else.
  private mutating func loseLink(_ now: Duration) {
    if case .down = link { return }
    hand.forgetWaiting()
    announced = nil
    link = .down(until: now + plan.pause(after: failedLinks))
    failedLinks += 1
  }

  /// Sends the outcome of a job, at once or with the next session of the same epoch.
  private mutating func report(_ message: WorkerMessage) {
    if case .open = link { actions.append(.send(message)) } else { unsent.append(message) }
  }

  private mutating func end(_ ending: Ending) {
    self.ending = ending
    actions.append(.end(ending))
  }
}

// MARK: What is due

extension Session {
  private mutating func settle(_ now: Duration) {
    keepLink(now)
    endOverdue(now)
    if isDraining { drain() } else { startWaiting(now) }
    if ending == nil { announceCredit() }
  }

  private mutating func keepLink(_ now: Duration) {
    guard now >= link.deadline else { return }
    switch link {
    case .down:
      guard !isDraining else { return }
      hand.beginSession()
      link = .announced(giveUp: now + plan.patience)
      actions.append(.connect)
    case .announced: loseLink(now)
    case .open(let heartbeat, _, let heard):
      guard now < heard + heartbeat * 3 else { return loseLink(now) }
      actions.append(.send(.heartbeat(hand.leases)))
      link = .open(heartbeat: heartbeat, next: now + heartbeat, heard: heard)
    }
  }

  private mutating func endOverdue(_ now: Duration) {
    for lease in hand.endOverdue(now) {
      actions.append(.cancel(lease))
      report(.fail(lease, plan.outOfTime))
    }
    guard hand.isStuck(now) else { return }
    isStuck = true
    isDraining = true
  }

  private mutating func startWaiting(_ now: Duration) {
    while let job = hand.startNext(now) {
      if case .open = link { actions.append(.send(.start(job.lease))) }
      actions.append(.process(job))
    }
  }

  private mutating func drain() {
    for lease in hand.giveBackWaiting() { report(.giveBack(lease)) }
    guard hand.isIdle else { return }
    if case .open = link { actions.append(.send(.bye)) }
    end(isStuck ? .stuck : .drained)
  }

  private mutating func announceCredit() {
    guard !isDraining, link.isUp, hand.credit != announced else { return }
    announced = hand.credit
    actions.append(.send(.ready(plan.announcement(hand.credit))))
  }
}

extension WorkerMessage {
  fileprivate static func fail(_ lease: Lease, _ failure: StageFailure) -> WorkerMessage {
    .fail(
      lease, code: failure.code.rawValue, isRetryable: failure.isRetryable, message: failure.message,
      rest: UInt64(max(0, (failure.retryAfter ?? .zero) / .milliseconds(1))))
  }
}
