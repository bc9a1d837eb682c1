internal import Wire

extension Broker {
  /// Milliseconds after which a start is saved if its stage has not ended.
  static let saveAfter: UInt64 = 50
  /// Milliseconds between two looks at leases and connections.
  static let sweepInterval: UInt64 = 250
  /// Milliseconds without a word after which the results of a worker that is gone are not awaited any more.
  static let lastWords: UInt64 = 1000
  /// Milliseconds between two warnings that a sink is missing.
  static let warningInterval: UInt64 = 30_000
  /// Milliseconds after which a producer that says nothing is forgotten.
  static let producerMemory: UInt64 = 3_600_000
  /// Producers with a session at most.
  static let producers = 10_000

  mutating func sweep() {
    saveStarts()
    for job in jobs.values {
      if case .resting(let until) = job.place, until <= now.uptime { enqueue(job, isFirst: true) }
    }
    guard now.uptime >= lastSweep + Self.sweepInterval else { return }
    lastSweep = now.uptime
    endLeases()
    raiseWatermark()
    forgetTaps()
    warnOfAbsentSinks()
    if now.uptime > Self.producerMemory { producers.forget(before: now.uptime - Self.producerMemory) }
    for peer in producers.shed(beyond: Self.producers) {
      reply(peer, .error(WireError(.noSession, "There are many other producers. Say HELLO again.")))
    }
  }

  private mutating func saveStarts() {
    let due = unsaved.prefix { $0.time + Self.saveAfter <= now.uptime }
    for start in due where start.job.lease == start.lease { save(start.job) }
    unsaved.removeFirst(due.count)
  }

  /// Lets others have the jobs of leases that nothing was heard of, and asks busy workers' connections whether they live.
  private mutating func endLeases() {
    for worker in workers.values {
      if worker.isGone, worker.lastHeard + Self.lastWords <= now.uptime {
        lose(worker.peer, "its connection is gone")
        continue
      }
      guard worker.lastHeard + max(limits.lease, 3 * limits.heartbeat) > now.uptime else {
        lose(worker.peer, "nothing was heard of it for \(now.uptime - worker.lastHeard) ms")
        continue
      }
      for (lease, deadline) in worker.held where deadline.map({ $0 <= now.uptime }) ?? false {
        worker.held[lease] = .some(nil)
        guard let job = current(lease) else { continue }
        abandon(job, "The worker '\(worker.name)' said nothing of the document for \(limits.lease) ms.")
      }
      if !worker.held.isEmpty { actions.append(.send(worker.peer, .alive(epoch: epoch))) }
    }
  }

  /// Says now and then which partitions jobs wait for without a sink.
  private mutating func warnOfAbsentSinks() {
    guard now.uptime >= lastWarning + Self.warningInterval else { return }
    lastWarning = now.uptime
    let present = Set(workers.values.map(\.announcement.partition))
    for (partition, count) in assignments where !present.contains(partition) {
      note(
        .warning,
        "Documents that wait for the sink '\(partition)': \(count). It may have written them already. Start it.")
    }
  }

  /// The lowest number that may be unfinished: of the window, or behind what was loaded of a backlog.
  private mutating func raiseWatermark() {
    let window = jobs.values.map(\.number).min() ?? .max
    let disk = backlogs.filter { $0.count > 0 || $0.isLoading }.map { $0.cursor + 1 }.min() ?? .max
    watermark = max(watermark, min(window, disk, highest + 1))
  }
}
