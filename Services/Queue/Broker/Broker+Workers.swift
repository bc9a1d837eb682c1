internal import Record
internal import Wire

extension Broker {
  mutating func worker(_ peer: Peer, _ frames: [[UInt8]]) {
    do throws(WireError) {
      let message = try WorkerMessage(frames)
      if case .ready(let announcement) = message { return try ready(peer, announcement) }
      guard workers[peer] != nil else {
        guard message != .bye else { return }
        throw WireError(.noSession, "Say READY on this connection first.")
      }
      workers[peer]?.lastHeard = now.uptime
      take(message, from: peer)
    } catch {
      actions.append(.send(peer, .error(error)))
    }
  }

  private mutating func take(_ message: WorkerMessage, from peer: Peer) {
    switch message {
    case .ready: break
    case .start(let lease): start(peer, lease)
    case .heartbeat(let leases):
      for lease in leases { renew(peer, lease) }
      actions.append(.send(peer, .alive(epoch: epoch)))
    case .result(let lease, let microseconds, let layers):
      guard workers[peer]?.held[lease] != nil else { return }
      pass(lease.job, microseconds, layers)
    case .fail(let lease, let code, let isRetryable, let message):
      guard isCurrent(peer, lease) else { return drop(peer, lease) }
      fail(lease.job, code, isRetryable: isRetryable, message)
    case .giveBack(let lease):
      guard isCurrent(peer, lease) else { return drop(peer, lease) }
      release(lease.job)
      enqueue(lease.job, isFirst: true)
    case .bye: lose(peer, "it said goodbye", isBye: true)
    }
  }

  /// Whether a lease is held by this worker and counts.
  private func isCurrent(_ peer: Peer, _ lease: Lease) -> Bool {
    workers[peer]?.held[lease] != nil && jobs[lease.job]?.lease == lease
  }

  private mutating func ready(_ peer: Peer, _ announcement: WorkerMessage.Announcement) throws(WireError) {
    guard let stage = topology.place(of: announcement.stage) else {
      throw WireError(
        .unknownStage, "There is no stage '\(announcement.stage)' in the topology '\(topology.text)'.")
    }
    guard stage != topology.sink || !announcement.partition.isEmpty else {
      throw WireError(.malformed, "A sink names its partition.")
    }
    if workers[peer]?.stage == stage, workers[peer]?.announcement.partition == announcement.partition {
      workers[peer]?.lastHeard = now.uptime
      workers[peer]?.raise(to: announcement.credit)
    } else {
      begin(peer, announcement, stage)
    }
    stirred.insert(key(of: peer))
  }

  private mutating func begin(_ peer: Peer, _ announcement: WorkerMessage.Announcement, _ stage: Int) {
    lose(peer, "it began another session")
    for (other, session) in workers where session.stage == stage {
      if stage == topology.sink, session.announcement.partition == announcement.partition {
        lose(other, "its partition has a newer connection")
      } else if session.name == announcement.name {
        actions.append(.send(other, .alive(epoch: epoch)))
      }
    }
    workers[peer] = WorkerSession(announcement, stage: stage, now: now.uptime)
    actions.append(.send(peer, .accepted(epoch: epoch, heartbeat: limits.heartbeat, lease: limits.lease)))
    note(.info, "Worker '\(announcement.name)' joined '\(announcement.stage)'.")
    guard stage == topology.sink else { return }
    for job in lines[LineKey(stage: stage)]?.removeAll() ?? [] { enter(job, stage) }
  }

  func key(of peer: Peer) -> LineKey {
    guard let session = workers[peer] else { return LineKey(stage: topology.sink) }
    return LineKey(
      stage: session.stage, partition: session.stage == topology.sink ? session.announcement.partition : "")
  }

  private mutating func renew(_ peer: Peer, _ lease: Lease) {
    guard case .some(.some) = workers[peer]?.held[lease] else { return }
    workers[peer]?.held[lease] = .some(now.uptime + limits.lease)
  }

  private mutating func start(_ peer: Peer, _ lease: Lease) {
    renew(peer, lease)
    guard isCurrent(peer, lease), jobs[lease.job]?.isStarted == false else { return }
    countStart(lease.job)
    unsaved.append((lease.job, lease, now.uptime))
  }

  /// A lease that does not count any more is forgotten without effect.
  private mutating func drop(_ peer: Peer, _ lease: Lease) {
    guard workers[peer]?.held.removeValue(forKey: lease) != nil else { return }
    jobs[lease.job]?.holders.removeAll { $0.lease == lease }
    stirred.insert(key(of: peer))
  }

  /// Ends a worker's session; what it held goes to others at once.
  mutating func lose(_ peer: Peer, _ reason: String, isBye: Bool = false) {
    guard let session = workers.removeValue(forKey: peer) else { return }
    note(isBye ? .info : .warning, "Worker '\(session.name)' left '\(name(of: session.stage))': \(reason).")
    let key = LineKey(
      stage: session.stage, partition: session.stage == topology.sink ? session.announcement.partition : "")
    if lines[key]?.reserved == peer { lines[key]?.reserved = nil }
    for lease in session.held.keys.sorted(by: { jobs[$0.job]?.number ?? 0 > jobs[$1.job]?.number ?? 0 }) {
      jobs[lease.job]?.holders.removeAll { $0.lease == lease }
      guard jobs[lease.job]?.lease == lease else { continue }
      abandon(lease.job, "The worker '\(session.name)' ended while it worked on the document: \(reason).")
    }
  }
}
