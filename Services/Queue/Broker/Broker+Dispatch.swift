internal import Record
internal import Wire

extension Broker {
  /// Gives waiting jobs to workers with credit, in the lines where that may have become possible.
  mutating func dispatch() {
    while let key = stirred.popFirst() {
      let able = workers.values.filter { $0.line == key }
      guard !able.isEmpty else { continue }
      while serve(key, able) {}
    }
  }

  /// Gives out one job of a line; false if none can be.
  private mutating func serve(_ key: LineKey, _ able: [WorkerSession]) -> Bool {
    guard let line = lines[key] else { return false }
    for size in line.order {
      guard let id = line.first(size), let job = jobs[id] else { continue }
      let isFree = size == .large || line.reserved == nil || line.first(.large) == nil
      guard let worker = worker(for: job, among: isFree ? able : able.filter({ $0.peer != line.reserved })) else {
        continue
      }
      let isStarved = lines[key]?.take(size) ?? false
      give(job, to: worker)
      if isStarved { lines[key]?.reserved = able.min { $0.held.count < $1.held.count }?.peer }
      return true
    }
    return false
  }

  /// The worker with the least in hand that may take the job; one that holds it already comes last.
  private func worker(for job: Job, among able: [WorkerSession]) -> WorkerSession? {
    func rank(_ worker: WorkerSession) -> (Int, Int) {
      (job.holders.contains { $0.worker === worker } ? 1 : 0, worker.held.count)
    }
    return able.filter { $0.takes(job.layers.size) }.min { rank($0) < rank($1) }
  }

  private mutating func give(_ job: Job, to worker: WorkerSession) {
    job.deliveries += 1
    if job.isRepeated { meters[job.stage].redeliveries += 1 }
    job.isRepeated = true
    meters[job.stage].sentBytes += job.layers.size
    let lease = Lease(job: job.id, delivery: job.deliveries)
    job.lease = lease
    job.holders.append((worker, lease))
    job.place = .leased
    job.isStarted = false
    worker.send(lease, bytes: job.layers.size, until: now.uptime + limits.lease)
    let attempt = UInt32(clamping: job.attempts[name(of: job.stage)] + 1)
    actions.append(
      .send(
        worker.peer,
        .job(
          .init(
            lease: lease, number: job.number, watermark: watermark, attempt: attempt, timings: job.timings,
            layers: job.layers))))
    if job.stage != topology.sink, topology.next(from: job.stage + 1, has: { job.layers[$0] != nil }) == topology.sink {
      assign(job)
    }
  }

  /// Documents of a stage loaded beyond the credit of its workers, so that new credit finds something.
  static let ahead = 64

  /// Asks for documents on disk where workers have credit for more than is waiting in the window.
  mutating func load() {
    for stage in backlogs.indices where backlogs[stage].count > 0 && !backlogs[stage].isLoading {
      let rooms = workers.values.filter { $0.stage == stage }.map { Int(clamping: min($0.room, 4096)) }
      guard !rooms.isEmpty else { continue }
      let waiting = stage == topology.sink ? 0 : lines[LineKey(stage: stage)]?.count ?? 0
      let wanted = rooms.reduce(Self.ahead, +) - waiting
      let count = min(wanted, limits.windowJobs - jobs.count, 256)
      // Half of the window is for the layers that are yet to come.
      let bytes = limits.windowBytes / 2 - windowBytes
      guard count > 0, bytes > 0 || jobs.isEmpty else { continue }
      backlogs[stage].isLoading = true
      actions.append(
        .load(stage: name(of: stage), after: backlogs[stage].cursor, count: count, bytes: max(1, bytes)))
    }
  }
}
