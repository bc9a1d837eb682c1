internal import Record
internal import Wire

extension Broker {
  mutating func worker(_ peer: Peer, _ frames: [[UInt8]]) {
    do throws(WireError) {
      let message = try WorkerMessage(frames)
      if case .ready(let announcement) = message { return try ready(peer, announcement) }
      guard let worker = workers[peer] else {
        guard message != .bye else { return }
        throw WireError(.noSession, "Say READY on this connection first.")
      }
      worker.lastHeard = now.uptime
      take(message, from: worker)
    } catch {
      actions.append(.send(peer, .error(error)))
    }
  }

  private mutating func take(_ message: WorkerMessage, from worker: WorkerSession) {
    switch message {
    case .ready: break
    case .start(let lease): start(worker, lease)
    case .heartbeat(let leases):
      for lease in leases { renew(worker, lease) }
      actions.append(.send(worker.peer, .alive(epoch: epoch)))
    case .result(let lease, let microseconds, let layers):
      guard worker.held[lease] != nil, let job = jobs[lease.job] else { return }
      worker.passes.count(at: now.uptime)
      pass(job, microseconds, layers)
    case .fail(let lease, let code, let isRetryable, let message, let rest):
      guard let job = current(lease, of: worker) else { return drop(worker, lease) }
      fail(job, code, isRetryable: isRetryable, message, rest: rest)
    case .giveBack(let lease):
      guard let job = current(lease, of: worker) else { return drop(worker, lease) }
      release(job)
      enqueue(job, isFirst: true)
    case .bye: lose(worker.peer, "it said goodbye", isBye: true)
    }
  }

  /// The job of a lease that counts.
  func current(_ lease: Lease) -> Job? { jobs[lease.job].flatMap { $0.lease == lease ? $0 : nil } }

  /// The job of a lease that counts and is held by this worker.
  private func current(_ lease: Lease, of worker: WorkerSession) -> Job? {
    worker.held[lease] == nil ? nil : current(lease)
  }

  private mutating func ready(_ peer: Peer, _ announcement: WorkerMessage.Announcement) throws(WireError) {
    guard let stage = topology.place(of: announcement.stage) else {
      throw WireError(
        .unknownStage, "There is no stage '\(announcement.stage)' in the topology '\(topology.text)'.")
    }
    guard stage != topology.sink || !announcement.partition.isEmpty else {
      throw WireError(.malformed, "A sink names its partition.")
    }
    let line = LineKey(stage: stage, partition: stage == topology.sink ? announcement.partition : "")
    if let worker = workers[peer], worker.line == line {
      worker.lastHeard = now.uptime
      worker.raise(to: announcement.credit)
    } else {
      begin(peer, announcement, line)
    }
    stirred.insert(line)
  }

  private mutating func begin(_ peer: Peer, _ announcement: WorkerMessage.Announcement, _ line: LineKey) {
    lose(peer, "it began another session")
    for other in workers.values where other.stage == line.stage {
      if line.stage == topology.sink, other.line == line {
        lose(other.peer, "its partition has a newer connection")
      } else if other.name == announcement.name {
        actions.append(.send(other.peer, .alive(epoch: epoch)))
      }
    }
    workers[peer] = WorkerSession(peer, announcement, line: line, now: now.uptime)
    actions.append(.send(peer, .accepted(epoch: epoch, heartbeat: limits.heartbeat, lease: limits.lease)))
    note(.info, "Worker '\(announcement.name)' joined '\(announcement.stage)'.")
    guard line.stage == topology.sink else { return }
    for id in lines[LineKey(stage: line.stage)]?.removeAll() ?? [] {
      if let job = jobs[id] { enter(job, line.stage) }
    }
  }

  private func renew(_ worker: WorkerSession, _ lease: Lease) {
    guard case .some(.some) = worker.held[lease] else { return }
    worker.held[lease] = .some(now.uptime + limits.lease)
  }

  private mutating func start(_ worker: WorkerSession, _ lease: Lease) {
    renew(worker, lease)
    guard let job = current(lease, of: worker), !job.isStarted else { return }
    countStart(job)
    unsaved.append((job, lease, now.uptime))
  }

  /// A lease that does not count any more is forgotten without effect.
  private mutating func drop(_ worker: WorkerSession, _ lease: Lease) {
    guard worker.held.removeValue(forKey: lease) != nil else { return }
    jobs[lease.job]?.holders.removeAll { $0.lease == lease }
    stirred.insert(worker.line)
  }

  /// Ends a worker's session; what it held goes to others at once.
  mutating func lose(_ peer: Peer, _ reason: String, isBye: Bool = false) {
    guard let worker = workers.removeValue(forKey: peer) else { return }
    note(isBye ? .info : .warning, "Worker '\(worker.name)' left '\(name(of: worker.stage))': \(reason).")
    if lines[worker.line]?.reserved == peer { lines[worker.line]?.reserved = nil }
    for lease in worker.held.keys.sorted(by: { jobs[$0.job]?.number ?? 0 > jobs[$1.job]?.number ?? 0 }) {
      jobs[lease.job]?.holders.removeAll { $0.lease == lease }
      guard let job = current(lease) else { continue }
      abandon(job, "The worker '\(worker.name)' ended while it worked on the document: \(reason).")
    }
  }
}
