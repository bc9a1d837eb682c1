internal import Wire

extension Broker {
  /// Milliseconds after which a start is saved if its stage has not ended.
  static let saveAfter: UInt64 = 50
  /// Milliseconds between two looks at leases and connections.
  static let sweepInterval: UInt64 = 250
  /// Milliseconds after which a producer that says nothing is forgotten.
  static let producerMemory: UInt64 = 3_600_000

  mutating func sweep() {
    saveStarts()
    for (id, job) in jobs {
      if case .resting(let until) = job.place, until <= now.uptime { enqueue(id, isFirst: true) }
    }
    guard now.uptime >= lastSweep + Self.sweepInterval else { return }
    lastSweep = now.uptime
    endLeases()
    raiseWatermark()
    if now.uptime > Self.producerMemory { producers.forget(before: now.uptime - Self.producerMemory) }
  }

  private mutating func saveStarts() {
    let due = unsaved.prefix { $0.time + Self.saveAfter <= now.uptime }
    for start in due where jobs[start.job]?.lease == start.lease { save(start.job) }
    unsaved.removeFirst(due.count)
  }

  /// Lets others have the jobs of leases that nothing was heard of, and asks busy workers' connections whether they live.
  private mutating func endLeases() {
    for (peer, session) in workers {
      guard session.lastHeard + max(limits.lease, 3 * limits.heartbeat) > now.uptime else {
        lose(peer, "nothing was heard of it for \(now.uptime - session.lastHeard) ms")
        continue
      }
      for (lease, deadline) in session.held where deadline.map({ $0 <= now.uptime }) ?? false {
        workers[peer]?.held[lease] = .some(nil)
        guard jobs[lease.job]?.lease == lease else { continue }
        abandon(lease.job, "The worker '\(session.name)' said nothing of the document for \(limits.lease) ms.")
      }
      if !session.held.isEmpty { actions.append(.send(peer, .alive(epoch: epoch))) }
    }
  }

  /// The lowest number that may be unfinished: of the window, or behind what was loaded of a backlog.
  private mutating func raiseWatermark() {
    let window = jobs.values.map(\.number).min() ?? .max
    let disk = backlogs.filter { $0.count > 0 || $0.isLoading }.map { $0.cursor + 1 }.min() ?? .max
    watermark = max(watermark, min(window, disk, highest + 1))
  }
}
