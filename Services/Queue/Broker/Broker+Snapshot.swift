internal import Wire

extension Broker {
  /// The numbers of this moment; linear in the window, the workers and the partitions.
  var snapshot: Snapshot {
    Snapshot(
      uptime: now.uptime, epoch: epoch, http: http, done: finished[.done] ?? 0, failed: finished[.failed] ?? 0,
      dead: finished[.dead] ?? 0, stages: stages, workers: sessions, partitions: partitionsWithLag,
      producers: producers.count, windowJobs: jobs.count, windowBytes: windowBytes, ledgerBytes: ledgerBytes,
      freeBytes: freeBytes == .max ? nil : freeBytes, isFull: ledgerIsFull, limits: limits)
  }

  private var stages: [Snapshot.Stage] {
    var stages = topology.stages.indices.map { place in
      Snapshot.Stage(
        name: name(of: place), pending: backlogs[place].count, rate: meters[place].passes.rate(at: now.uptime),
        meter: meters[place])
    }
    var oldest = backlogs.map { $0.count > 0 ? $0.oldest : now.wall }
    for job in jobs.values {
      oldest[job.stage] = min(oldest[job.stage], job.time)
      if job.isInFlight { stages[job.stage].inFlight += 1 } else { stages[job.stage].pending += 1 }
    }
    for worker in workers.values {
      stages[worker.stage].workers += 1
      stages[worker.stage].credit.messages += worker.credit.messages
      stages[worker.stage].credit.bytes += worker.credit.bytes
    }
    for place in stages.indices {
      stages[place].oldestSeconds = Double(now.wall - min(now.wall, oldest[place])) / 1000
    }
    return stages
  }

  private var sessions: [Snapshot.Worker] {
    workers.values.map { worker in
      Snapshot.Worker(
        name: worker.name, stage: name(of: worker.stage), jobs: worker.held.count, credit: worker.credit,
        heartbeatSeconds: Double(now.uptime - min(now.uptime, worker.lastHeard)) / 1000,
        rate: worker.passes.rate(at: now.uptime))
    }.sorted { ($0.name, $0.stage) < ($1.name, $1.stage) }
  }

  private var partitionsWithLag: [Snapshot.Partition] {
    let present = Set(workers.values.filter { $0.stage == topology.sink }.map(\.announcement.partition))
    return knownPartitions.union(present).sorted().map { name in
      Snapshot.Partition(name: name, isConnected: present.contains(name), lag: assignments[name] ?? 0)
    }
  }
}

extension WorkerSession {
  /// What may still be sent to it.
  fileprivate var credit: Snapshot.Credit {
    Snapshot.Credit(
      messages: Int(clamping: room), bytes: Int(clamping: Int64(clamping: granted.bytes) - Int64(clamping: sent.bytes)))
  }
}
