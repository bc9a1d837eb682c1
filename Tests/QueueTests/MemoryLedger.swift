import Queue
import Record
import Synchronization
import Wire

/// A ledger without a disk: the model that the one in SQLite is compared with, and what brokers are tested on.
///
/// It outlives a broker as a disk does: a test that throws the broker away and starts another one on the same ledger has
/// crashed the queue.
final class MemoryLedger: Ledger {
  struct Document {
    var stored: StoredDocument
    var stage: String
    var final: Change.Final?
    var raw: [UInt8]
  }

  struct State {
    /// Bytes of bodies that the commit under way released.
    var released = 0
    var epoch: UInt64 = 0
    var documents: [Document] = []
    var sequences: [[UInt8]: UInt64] = [:]
    var highest: UInt64 = 0
    /// What is finished and has no body, in the order in which it finished; the last ones are kept.
    var finished: [JobID] = []
    /// Every partition that a document was ever assigned to.
    var partitions: Set<String> = []
    let kept: Int
    /// Documents that were removed, by how they ended.
    var removed: [Change.Final: Int] = [:]
  }

  private let state: Mutex<State>

  init(keepingFinished: Int = .max) { state = Mutex(State(kept: keepingFinished)) }

  var documents: [Document] { state.withLock { $0.documents } }

  func start(_ topology: Topology) -> Recovered {
    state.withLock { state in
      state.epoch += 1
      for place in state.documents.indices where state.documents[place].final == nil {
        let document = state.documents[place].stored
        let stage = document.verdict == nil ? topology.entry(document.layers ?? Layers()) : topology.sink
        state.documents[place].stage = topology.stages[stage].name
      }
      return state.recovered
    }
  }

  func commit(_ changes: [Change]) -> [Committed] {
    state.withLock { state in
      defer { state.removeFinished() }
      state.released = 0
      let committed = changes.map { state.apply($0) }
      return committed + (state.released > 0 ? [.released(bytes: state.released)] : [])
    }
  }

  func removeFinished() -> Bool { false }

  func load(stage: String, after: UInt64, count: Int, bytes: Int) -> [StoredDocument] {
    state.withLock { state in
      var (loaded, total): ([StoredDocument], Int) = ([], 0)
      for document in state.documents
      where document.final == nil && document.stage == stage && document.stored.number > after {
        guard loaded.count < count, total < bytes else { break }
        loaded.append(document.stored)
        total += document.stored.layers?.size ?? 0
      }
      return loaded
    }
  }

  func find(_ inquiry: Inquiry) -> [Letter] {
    state.withLock { state in
      switch inquiry {
      case .letters(let endings, let before, let count):
        let ended = state.documents.reversed().filter { document in
          (document.final == .dead || endings == .all && document.final == .failed) && document.stored.layers != nil
            && document.stored.number < before
        }
        return ended.prefix(count).map(\.letter)
      case .document(let job, let names):
        return state.documents.filter { $0.stored.job == job }.map { document in
          var letter = document.letter
          for layer in document.stored.layers?.all ?? [] where names.contains(layer.name) {
            letter.layers.append(layer.name, layer.bytes)
          }
          return letter
        }
      }
    }
  }

  func sequence(of producer: [UInt8]) -> UInt64 { state.withLock { $0.sequences[producer] ?? 0 } }

  func states(of jobs: [JobID]) -> [ClientReply.JobState] {
    state.withLock { state in
      jobs.map { job in
        guard let document = state.documents.first(where: { $0.stored.job == job }) else { return .unknown }
        return .init(document.final)
      }
    }
  }
}

extension MemoryLedger.Document {
  var letter: Letter {
    Letter(
      number: stored.number, job: stored.job, state: .init(final), stage: stage, time: stored.time,
      bytes: stored.layers.map(MemoryLedger.State.size) ?? 0, partition: stored.partition,
      failure: stored.verdict?.line)
  }
}

extension MemoryLedger.State {
  fileprivate var recovered: Recovered {
    var recovered = Recovered(epoch: epoch)
    recovered.highest = highest
    recovered.partitions = partitions
    recovered.done = removed[.done] ?? 0
    recovered.failed = removed[.failed] ?? 0
    for document in documents {
      switch document.final {
      case .done: recovered.done += 1
      case .failed: recovered.failed += 1
      case .dead:
        recovered.dead += 1
        recovered.deadLetters[document.stored.verdict?.stage ?? "", default: 0] += 1
      case nil:
        recovered.backlog[document.stage, default: .init(count: 0, oldest: document.stored.time)].count += 1
      }
      recovered.bytes += UInt64(document.stored.layers.map(Self.size) ?? 0)
    }
    return recovered
  }

  /// The size of a body as the ledger in SQLite writes it.
  static func size(_ layers: Layers) -> Int {
    layers.all.reduce(0) { $0 + $1.bytes.count + $1.name.utf8.count + 5 }
  }

  fileprivate mutating func apply(_ change: Change) -> Committed {
    switch change {
    case .accept(let document):
      let (producer, sequence) = (document.producer, document.sequence)
      guard take(producer, sequence) else { return .outOfOrder(producer: producer, sequence: sequence) }
      return accept(document)
    case .skip(let producer, let sequence, _):
      return take(producer, sequence)
        ? .skipped(producer: producer, sequence: sequence) : .outOfOrder(producer: producer, sequence: sequence)
    case .checkpoint(let subject, let stage, let layers, let timings):
      let job = subject.job
      let before = self[job].stored.layers.map(Self.size) ?? 0
      self[job].stored.layers = layers
      self[job].stored.timings = timings
      self[job].stored.attempts = ""
      self[job].stage = stage
      return .checkpointed(job, bytes: Self.size(layers) - before)
    case .attempts(let subject, let attempts, let lastError):
      self[subject.job].stored.attempts = attempts
      self[subject.job].stored.lastError = lastError
      return .counted(subject.job)
    case .assign(let subject, let partition):
      self[subject.job].stored.partition = partition
      partitions.insert(partition)
      return .assigned(subject.job, partition: partition)
    case .judge(let subject, let verdict, let stage, let partition):
      let job = subject.job
      self[job].stored.verdict = verdict
      self[job].stage = stage
      self[job].stored.partition = partition ?? self[job].stored.partition
      if let partition { partitions.insert(partition) }
      return .judged(job)
    case .finish(let subject, let final):
      finish(subject.job, final)
      return .finished(subject.job, final)
    case .revise(let revision): return .revised(revision.jobs.map { revise($0, revision) })
    }
  }

  private mutating func take(_ producer: [UInt8], _ sequence: UInt64) -> Bool {
    guard sequence == (sequences[producer] ?? 0) + 1 else { return false }
    sequences[producer] = sequence
    return true
  }

  private mutating func accept(_ document: Change.Acceptance) -> Committed {
    let raw = document.layers["raw"] ?? document.layers["source"] ?? []
    if let known = documents.first(where: { $0.stored.job == document.job }) {
      return known.raw == raw
        ? .known(producer: document.producer, sequence: document.sequence)
        : .conflict(producer: document.producer, sequence: document.sequence)
    }
    highest += 1
    documents.append(
      .init(
        stored: StoredDocument(number: highest, job: document.job, time: document.time, layers: document.layers),
        stage: document.stage, final: nil, raw: raw))
    return .accepted(document, number: highest, bytes: Self.size(document.layers))
  }

  private mutating func finish(_ job: JobID, _ final: Change.Final) {
    guard self[job].final == nil else { return }
    self[job].final = final
    if final == .done { finished.append(job) }
    guard final == .done, let layers = self[job].stored.layers else { return }
    self[job].stored.layers = nil
    released += Self.size(layers)
  }

  fileprivate mutating func removeFinished() {
    while finished.count > kept {
      let document = documents.remove(at: place(of: finished.removeFirst()))
      removed[document.final ?? .done, default: 0] += 1
    }
  }

  private mutating func revise(_ job: JobID, _ revision: Revision) -> Revised {
    guard let place = documents.firstIndex(where: { $0.stored.job == job }) else { return .refused(.unknown) }
    guard let final = documents[place].final else { return .refused(.unfinished) }
    guard final != .done else { return .refused(.done) }
    guard let layers = documents[place].stored.layers else { return .refused(.dropped) }
    let ending = Ending(final, stage: documents[place].stored.verdict?.stage ?? "")
    guard revision.kind == .retry else {
      documents[place].stored.layers = nil
      documents[place].final = .failed
      finished.append(job)
      return .dropped(ending, bytes: Self.size(layers))
    }
    var document = documents.remove(at: place)
    highest += 1
    document.stored = StoredDocument(
      number: highest, job: job, time: revision.time, layers: layers, partition: document.stored.partition,
      timings: document.stored.timings)
    document.stage = revision.topology.stages[revision.topology.entry(layers)].name
    document.final = nil
    documents.append(document)
    return .retried(ending, number: highest, stage: document.stage, time: revision.time)
  }

  private subscript(job: JobID) -> MemoryLedger.Document {
    get { documents[place(of: job)] }
    set { documents[place(of: job)] = newValue }
  }

  private func place(of job: JobID) -> Int {
    guard let place = documents.firstIndex(where: { $0.stored.job == job }) else {
      preconditionFailure("nobody accepted \(job)")
    }
    return place
  }
}
