internal import Record
internal import Wire

extension Broker {
  /// Takes back all leases of a job; nobody's word on it counts any more until it is given out again.
  mutating func release(_ job: Job) {
    for holder in job.holders {
      holder.worker.held[holder.lease] = nil
      stirred.insert(holder.worker.line)
    }
    if job.place == .ready { lines[line(of: job)]?.remove(job.id) }
    job.holders = []
    job.lease = nil
    job.isStarted = false
  }

  mutating func countStart(_ job: Job) {
    job.isStarted = true
    job.attempts.count(name(of: job.stage))
    meters[job.stage].attempts += 1
  }

  /// A stage is done with a job: the first result wins.
  mutating func pass(_ job: Job, _ microseconds: UInt64, _ layers: Layers) {
    let stage = job.stage
    release(job)
    if let bad = layers.all.first(where: { !isLayerName($0.name) }) {
      return fail(
        job, StageFailure.Code.malformedLayer.rawValue, isRetryable: false,
        "'\(bad.name.prefix(64))' is no name of a layer.")
    }
    show(job, .passed(microseconds: microseconds, layers))
    meters[stage].passes.count(at: now.uptime)
    meters[stage].seconds.observe(seconds: Double(microseconds) / 1_000_000)
    meters[stage].receivedBytes += layers.size
    let name = name(of: stage)
    job.attempts.pass(name)
    job.addTiming(name, microseconds: microseconds)
    guard stage != topology.sink else {
      job.place = .committing
      return actions.append(.commit(.finish(job.subject, final(job, WrittenLine(layers)))))
    }
    job.layers.append(layers)
    windowBytes += layers.size
    advance(job)
  }

  /// How a document ends whose line a sink has. A sink that knew the job may have another line than it was given: that of
  /// a delivery before this queue was started, and that one stays.
  private mutating func final(_ job: Job, _ line: WrittenLine?) -> Change.Final {
    let verdict = job.verdict?.final
    guard let line, (line == .record) == (verdict != nil) else { return verdict ?? .done }
    note(.info, "The sink had another line already, a \(line.rawValue), which counts.", job: job.id)
    return line == .record ? .done : .failed
  }

  private mutating func advance(_ job: Job) {
    let (stage, next) = (job.stage, topology.next(from: job.stage + 1) { job.layers[$0] != nil })
    guard topology.stages[stage].isCheckpoint else { return enter(job, next) }
    job.stage = next
    job.place = .committing
    actions.append(.commit(.checkpoint(job.subject, stage: name(of: next), layers: job.layers, timings: job.timings)))
  }

  /// A job arrives at a stage.
  mutating func enter(_ job: Job, _ stage: Int) {
    job.stage = stage
    guard stage == topology.sink else { return enqueue(job) }
    replaceLayers(job, job.sinkLayers)
    assign(job)
    guard job.isAssigned || job.partition == nil else { return job.place = .committing }
    enqueue(job)
  }

  private mutating func replaceLayers(_ job: Job, _ layers: Layers) {
    windowBytes += layers.size - job.layers.size
    job.layers = layers
  }

  /// Chooses the partition of a job that has none, if there is a sink: the one with the fewest jobs under way.
  mutating func assign(_ job: Job) {
    guard let partition = choosePartition(for: job) else { return }
    actions.append(.commit(.assign(job.subject, partition: partition)))
  }

  /// The partition that is now a job's, nil where it had one or there is no sink; it is to be committed.
  private mutating func choosePartition(for job: Job) -> String? {
    guard job.partition == nil, let partition = freestPartition else { return nil }
    job.partition = partition
    assignments[partition, default: 0] += 1
    return partition
  }

  private var freestPartition: String? {
    workers.values.filter { $0.stage == topology.sink }.map(\.announcement.partition)
      .min { (assignments[$0] ?? 0, $0) < (assignments[$1] ?? 0, $1) }
  }

  /// Puts a job into its line.
  mutating func enqueue(_ job: Job, isFirst: Bool = false) {
    job.place = .ready
    let key = line(of: job)
    lines[key, default: Lines()].append(job.id, bytes: job.layers.size, isFirst: isFirst)
    stirred.insert(key)
  }

  func line(of job: Job) -> LineKey {
    LineKey(stage: job.stage, partition: job.stage == topology.sink ? job.partition ?? "" : "")
  }

  /// A worker says that a stage failed.
  ///
  /// - Parameter rest: milliseconds that the next attempt waits at least.
  mutating func fail(_ job: Job, _ code: String, isRetryable: Bool, _ message: String, rest: UInt64 = 0) {
    if !job.isStarted { countStart(job) }
    release(job)
    job.lastError = LastError(stage: name(of: job.stage), code: code, message: message)
    if !isRetryable, job.verdict == nil { return judge(job, .failed) }
    guard !isExhausted(job) else { return judge(job, .dead) }
    meters[job.stage].retries += 1
    if let error = job.lastError { show(job, .ended("retried", error)) }
    save(job)
    self.rest(job, atLeast: min(rest, limits.longestRest))
  }

  /// A lease ended without a word: another attempt at once, or the end of attempts.
  mutating func abandon(_ job: Job, _ message: String) {
    job.lease = nil
    if job.isStarted {
      job.isStarted = false
      job.lastError = LastError(
        stage: name(of: job.stage), code: StageFailure.Code.attemptsExhausted.rawValue, message: message)
      guard !isExhausted(job) else {
        release(job)
        return judge(job, .dead)
      }
      save(job)
    }
    enqueue(job, isFirst: true)
  }

  /// Whether a job was started as often as is allowed at its stage; at a sink there is no limit.
  private func isExhausted(_ job: Job) -> Bool {
    job.stage != topology.sink && job.attempts[name(of: job.stage)] >= limits.attempts
  }

  private func rest(_ job: Job, atLeast least: UInt64) {
    let doublings = max(0, min(job.attempts[name(of: job.stage)], 8) - 1)
    job.place = .resting(until: now.uptime + max(least, limits.rest << doublings))
  }

  mutating func save(_ job: Job) {
    actions.append(.commit(.attempts(job.subject, job.attempts.text, lastError: job.lastError)))
  }

  /// The document becomes a failure: its line is committed before a sink sees it.
  mutating func judge(_ job: Job, _ final: Change.Final) {
    _ = choosePartition(for: job)
    let error = job.lastError ?? LastError(stage: name(of: job.stage), code: "internal_error", message: "")
    let verdict = Change.Verdict(final: final, stage: error.stage, line: failureLine(job, error))
    if final == .dead { meters[job.stage].exhausted += 1 } else { meters[job.stage].failed += 1 }
    job.verdict = verdict
    show(job, .ended(final == .dead ? "dead" : "failed", error))
    job.place = .committing
    note(
      .warning, "The document \(final == .dead ? "is a dead letter" : "failed"): \(error.code) in \(error.stage).",
      job: job.id)
    actions.append(.commit(.judge(job.subject, verdict, stage: name(of: topology.sink), partition: job.partition)))
  }

  private func failureLine(_ job: Job, _ error: LastError) -> [UInt8] {
    let source = (try? Source(job.layers, stage: error.stage)) ?? Source(uri: "")
    let id = sha256(Array(source.uri.utf8), [0], job.layers["raw"] ?? []).hexadecimal
    return FailureRecord(
      id: id, source: source, stage: error.stage, code: error.code, message: error.message,
      attempts: job.attempts[error.stage], failedAt: timestamp(secondsSince1970: Int(now.wall / 1000))
    ).line
  }
}
