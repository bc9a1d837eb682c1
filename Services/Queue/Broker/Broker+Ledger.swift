internal import Record
internal import Wire

extension Broker {
  mutating func committed(_ changes: [Committed]) {
    var oks: [[UInt8]: (sequence: UInt64, known: [UInt64])] = [:]
    for change in changes {
      switch change {
      case .accepted(let document, let number, let bytes):
        oks[document.producer, default: (0, [])].sequence = document.sequence
        accepted(document, number, bytes)
      case .known(let producer, let sequence):
        oks[producer, default: (0, [])].sequence = sequence
        oks[producer]?.known.append(sequence)
      case .conflict(let producer, let sequence):
        oks[producer, default: (0, [])].sequence = sequence
        refuse(producer, sequence)
      case .skipped(let producer, let sequence): oks[producer, default: (0, [])].sequence = sequence
      case .outOfOrder, .counted: break
      case .checkpointed(let job, let bytes):
        ledgerBytes = UInt64(clamping: Int(ledgerBytes) + bytes)
        if let job = jobs[job] { enter(job, job.stage) }
      case .assigned(let job, let partition):
        knownPartitions.insert(partition)
        if let job = jobs[job] { settle(job) }
      case .judged(let job): if let job = jobs[job] { judged(job) }
      case .finished(let job, let final): finish(job, final)
      case .released(let bytes): ledgerBytes -= min(ledgerBytes, UInt64(bytes))
      case .revised(let documents): revised(documents)
      }
    }
    for (producer, ok) in oks {
      guard let session = producers[producer] else { continue }
      producers[producer]?.taken = max(session.taken, ok.sequence)
      reply(session.peer, .ok(sequence: ok.sequence, known: ok.known))
    }
  }

  private mutating func refuse(_ producer: [UInt8], _ sequence: UInt64) {
    guard let session = producers[producer] else { return }
    let error = WireError(.keyConflict, "Other bytes were accepted under this key. Push them under a key of their own.")
    reply(session.peer, .refused(sequence: sequence, code: error.code, message: error.message))
  }

  /// A new document stays in memory if nothing waits before it; else its turn comes from disk.
  private mutating func accepted(_ document: Change.Acceptance, _ number: UInt64, _ bytes: Int) {
    highest = max(highest, number)
    ledgerBytes += UInt64(bytes)
    guard let stage = topology.place(of: document.stage) else { return }
    let hasRoom =
      jobs.isEmpty || (jobs.count < limits.windowJobs && windowBytes + document.layers.size < limits.windowBytes / 2)
    guard backlogs[stage].count == 0, !backlogs[stage].isLoading, hasRoom, hasWorkers(stage) else {
      if backlogs[stage].count == 0 { backlogs[stage].oldest = document.time }
      return backlogs[stage].count += 1
    }
    backlogs[stage].cursor = number
    let job = Job(document.job, number: number, time: document.time, layers: document.layers, stage: stage)
    admit(job)
    enter(job, stage)
  }

  private func hasWorkers(_ stage: Int) -> Bool { workers.values.contains { $0.stage == stage } }

  private mutating func admit(_ job: Job) {
    jobs[job.id] = job
    windowBytes += job.layers.size
    if let partition = job.partition { assignments[partition, default: 0] += 1 }
  }

  /// A job's partition is on disk: if it has come to the sink, it may go there now.
  private mutating func settle(_ job: Job) {
    guard !job.isAssigned else { return }
    job.isAssigned = true
    if job.stage == topology.sink, job.place == .committing { enqueue(job) }
  }

  /// A job's verdict is on disk, and its partition with it.
  private mutating func judged(_ job: Job) {
    if let partition = job.partition { knownPartitions.insert(partition) }
    job.isAssigned = job.partition != nil
    enter(job, topology.sink)
  }

  private mutating func finish(_ id: JobID, _ final: Change.Final) {
    guard let job = jobs.removeValue(forKey: id) else { return }
    finished[final, default: 0] += 1
    if final == .dead, let stage = job.verdict.flatMap({ topology.place(of: $0.stage) }) {
      meters[stage].deadLetters += 1
    }
    windowBytes -= job.layers.size
    if let partition = job.partition {
      assignments[partition] = assignments[partition].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
  }

  /// Documents that found no room on disk: their producers begin again after the last one that did.
  mutating func bounced(_ changes: [Change]) {
    var first: [[UInt8]: UInt64] = [:]
    for change in changes {
      switch change {
      case .accept(let document): first[document.producer] = min(first[document.producer] ?? .max, document.sequence)
      case .skip(let producer, let sequence, _): first[producer] = min(first[producer] ?? .max, sequence)
      default: break
      }
    }
    for (producer, sequence) in first {
      guard let session = producers[producer], session.taken >= sequence else { continue }
      producers[producer]?.taken = sequence - 1
      reply(session.peer, wait(sequence - 1))
    }
  }

  mutating func loaded(_ stageName: String, _ documents: [StoredDocument]) {
    guard let stage = topology.place(of: stageName) else { return }
    backlogs[stage].isLoading = false
    // A document that a checkpoint or a verdict moved to this stage is in the window already and was never in the count.
    let fresh = documents.filter { jobs[$0.job] == nil }
    backlogs[stage].count = documents.isEmpty ? 0 : max(0, backlogs[stage].count - fresh.count)
    guard let last = documents.last else { return }
    backlogs[stage].cursor = last.number
    backlogs[stage].oldest = last.time
    for document in fresh { admit(document, stage) }
  }

  private mutating func admit(_ document: StoredDocument, _ stage: Int) {
    let job = Job(document, stage: stage)
    admit(job)
    if document.verdict != nil {
      enter(job, topology.sink)
    } else if document.layers == nil {
      let entry = name(of: stage)
      job.lastError = LastError(
        stage: entry, code: "internal_error",
        message: "The document's body cannot be read from the ledger any more. Push it again under another key.")
      judge(job, .failed)
    } else if let most = job.attempts.most(except: name(of: topology.sink)), most.count >= limits.attempts {
      if job.lastError == nil {
        job.lastError = LastError(
          stage: most.stage, code: StageFailure.Code.attemptsExhausted.rawValue,
          message: "Every attempt ended without result.")
      }
      judge(job, .dead)
    } else {
      enter(job, stage)
    }
  }
}
