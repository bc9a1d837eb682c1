internal import Record
internal import Wire

extension Broker {
  /// Takes back all leases of a job; nobody's word on it counts any more until it is given out again.
  mutating func release(_ id: JobID) {
    for holder in jobs[id]?.holders ?? [] {
      workers[holder.peer]?.held[holder.lease] = nil
      stirred.insert(key(of: holder.peer))
    }
    if let job = jobs[id], job.place == .ready { lines[line(of: job)]?.remove(id) }
    jobs[id]?.holders = []
    jobs[id]?.lease = nil
    jobs[id]?.isStarted = false
  }

  mutating func countStart(_ id: JobID) {
    guard let stage = jobs[id].map({ name(of: $0.stage) }) else { return }
    jobs[id]?.isStarted = true
    jobs[id]?.attempts.count(stage)
  }

  /// A stage is done with a job: the first result wins.
  mutating func pass(_ id: JobID, _ microseconds: UInt64, _ layers: Layers) {
    guard let stage = jobs[id]?.stage else { return }
    release(id)
    if let bad = layers.all.first(where: { !isLayerName($0.name) }) {
      return fail(
        id, StageFailure.Code.malformedLayer.rawValue, isRetryable: false,
        "'\(bad.name.prefix(64))' is no name of a layer.")
    }
    passes[stage].count(at: now.uptime)
    let name = name(of: stage)
    jobs[id]?.attempts.pass(name)
    jobs[id]?.addTiming(name, microseconds: microseconds)
    guard stage != topology.sink else {
      jobs[id]?.place = .committing
      return actions.append(.commit(.finish(id, final(id, WrittenLine(layers)))))
    }
    jobs[id]?.layers.append(layers)
    windowBytes += layers.size
    advance(id, from: stage)
  }

  /// How a document ends whose line a sink has. A sink that knew the job may have another line than it was given: that of
  /// a delivery before this queue was started, and that one stays.
  private mutating func final(_ id: JobID, _ line: WrittenLine?) -> Change.Final {
    let verdict = jobs[id]?.verdict?.final
    guard let line, (line == .record) == (verdict != nil) else { return verdict ?? .done }
    note(.info, "The sink had another line already, a \(line.rawValue), which counts.", job: id)
    return line == .record ? .done : .failed
  }

  private mutating func advance(_ id: JobID, from stage: Int) {
    guard let job = jobs[id] else { return }
    let next = topology.next(from: stage + 1) { job.layers[$0] != nil }
    jobs[id]?.stage = next
    guard topology.stages[stage].isCheckpoint else { return enter(id, next) }
    jobs[id]?.place = .committing
    actions.append(.commit(.checkpoint(id, stage: name(of: next), layers: job.layers, timings: job.timings)))
  }

  /// A job arrives at a stage.
  mutating func enter(_ id: JobID, _ stage: Int) {
    jobs[id]?.stage = stage
    guard stage == topology.sink else { return enqueue(id) }
    replaceLayers(id, jobs[id]?.sinkLayers ?? Layers())
    assign(id)
    guard let job = jobs[id], job.isAssigned || job.partition == nil else {
      jobs[id]?.place = .committing
      return
    }
    enqueue(id)
  }

  private mutating func replaceLayers(_ id: JobID, _ layers: Layers) {
    guard let before = jobs[id]?.layers.size else { return }
    windowBytes += layers.size - before
    jobs[id]?.layers = layers
  }

  /// Chooses the partition of a job that has none, if there is a sink: the one with the fewest jobs under way.
  mutating func assign(_ id: JobID) {
    guard jobs[id]?.partition == nil, let partition = freestPartition else { return }
    jobs[id]?.partition = partition
    assignments[partition, default: 0] += 1
    actions.append(.commit(.assign(id, partition: partition)))
  }

  private var freestPartition: String? {
    workers.values.filter { $0.stage == topology.sink }.map(\.announcement.partition)
      .min { (assignments[$0] ?? 0, $0) < (assignments[$1] ?? 0, $1) }
  }

  /// Puts a job into its line.
  mutating func enqueue(_ id: JobID, isFirst: Bool = false) {
    jobs[id]?.place = .ready
    guard let job = jobs[id] else { return }
    let key = line(of: job)
    lines[key, default: Lines()].append(id, bytes: job.layers.size, isFirst: isFirst)
    stirred.insert(key)
  }

  func line(of job: Job) -> LineKey {
    LineKey(stage: job.stage, partition: job.stage == topology.sink ? job.partition ?? "" : "")
  }

  /// A worker says that a stage failed.
  mutating func fail(_ id: JobID, _ code: String, isRetryable: Bool, _ message: String) {
    guard let job = jobs[id] else { return }
    if !job.isStarted { countStart(id) }
    release(id)
    let stage = name(of: job.stage)
    jobs[id]?.lastError = LastError(stage: stage, code: code, message: message)
    if !isRetryable, job.verdict == nil { return judge(id, .failed) }
    guard !isExhausted(id) else { return judge(id, .dead) }
    save(id)
    rest(id)
  }

  /// A lease ended without a word: another attempt at once, or the end of attempts.
  mutating func abandon(_ id: JobID, _ message: String) {
    guard let job = jobs[id] else { return }
    jobs[id]?.lease = nil
    jobs[id]?.isStarted = false
    if job.isStarted {
      let stage = name(of: job.stage)
      jobs[id]?.lastError = LastError(
        stage: stage, code: StageFailure.Code.attemptsExhausted.rawValue, message: message)
      guard !isExhausted(id) else {
        release(id)
        return judge(id, .dead)
      }
      save(id)
    }
    enqueue(id, isFirst: true)
  }

  /// Whether a job was started as often as is allowed at its stage; at a sink there is no limit.
  private func isExhausted(_ id: JobID) -> Bool {
    guard let job = jobs[id], job.stage != topology.sink else { return false }
    return job.attempts[name(of: job.stage)] >= limits.attempts
  }

  private mutating func rest(_ id: JobID) {
    guard let job = jobs[id] else { return }
    let doublings = max(0, min(job.attempts[name(of: job.stage)], 8) - 1)
    jobs[id]?.place = .resting(until: now.uptime + limits.rest << doublings)
  }

  mutating func save(_ id: JobID) {
    guard let job = jobs[id] else { return }
    actions.append(.commit(.attempts(id, job.attempts.text, lastError: job.lastError)))
  }

  /// The document becomes a failure: its line is committed before a sink sees it.
  mutating func judge(_ id: JobID, _ final: Change.Final) {
    if jobs[id]?.partition == nil, let partition = freestPartition {
      jobs[id]?.partition = partition
      assignments[partition, default: 0] += 1
    }
    guard let job = jobs[id] else { return }
    let error = job.lastError ?? LastError(stage: name(of: job.stage), code: "internal_error", message: "")
    let verdict = Change.Verdict(final: final, line: failureLine(job, error))
    jobs[id]?.verdict = verdict
    jobs[id]?.place = .committing
    note(
      .warning, "The document \(final == .dead ? "is a dead letter" : "failed"): \(error.code) in \(error.stage).",
      job: id)
    actions.append(.commit(.judge(id, verdict, stage: name(of: topology.sink), partition: job.partition)))
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
