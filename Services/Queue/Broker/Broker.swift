internal import Record
internal import Wire

/// The queue's state machine: one event in, actions out.
///
/// It is never copied, as its jobs and workers are objects. It has no sockets, no disk and no clock. What it holds in memory is the window of documents under way, the sessions of
/// its peers, and for each entry stage how many documents wait on disk. `DESIGN.md` has the states and the invariants.
package struct Broker {
  let topology: Topology
  let limits: Limits
  package let epoch: UInt64
  var now: Moment
  var actions: [Action] = []

  var producers = Producers()
  var workers: [Peer: WorkerSession] = [:]
  var jobs: [JobID: Job] = [:]
  var lines: [LineKey: Lines] = [:]
  /// Lines that may have a job and a worker for it.
  var stirred: Set<LineKey> = []
  var backlogs: [Backlog]
  var finished: [Change.Final: Int]
  /// What happened at each stage since the start.
  var meters: [StageMeter]
  /// Where the queue serves HTTP, for the report.
  var http: String?
  /// Started jobs whose starts are not saved, in the order of time.
  var unsaved: [(job: Job, lease: Lease, time: UInt64)] = []

  var taps: [Peer: Tap] = [:]

  /// Who asked for the revisions that are not committed yet; the ledger keeps their order.
  var revisers: [Peer] = []

  /// Every partition that a job was ever assigned to.
  var knownPartitions: Set<String>
  /// Jobs of the window by partition.
  var assignments: [String: Int] = [:]
  /// Bytes of layers in the window.
  var windowBytes = 0
  /// Bytes of all bodies in the ledger.
  var ledgerBytes: UInt64
  var freeBytes = UInt64.max
  var isFull = false
  var highest: UInt64
  var watermark: UInt64 = 0
  var lastSweep: UInt64
  var lastWarning: UInt64

  /// Documents of one entry stage that wait on disk.
  struct Backlog {
    var count = 0
    /// When the first of them was accepted; no later than that if only some were loaded.
    var oldest: UInt64 = 0
    /// All up to this number were loaded.
    var cursor: UInt64 = 0
    var isLoading = false
  }

  /// Workers that are alike: those of a stage, or the one sink of a partition.
  struct LineKey: Hashable {
    let stage: Int
    var partition = ""
  }

  package init(_ topology: Topology, _ limits: Limits, recovered: Recovered, now: Moment) {
    self.topology = topology
    self.limits = limits
    self.now = now
    epoch = recovered.epoch
    finished = [.done: recovered.done, .failed: recovered.failed, .dead: recovered.dead]
    ledgerBytes = recovered.bytes
    highest = recovered.highest
    knownPartitions = recovered.partitions
    lastSweep = now.uptime
    lastWarning = now.uptime
    meters = topology.stages.map { stage in
      var meter = StageMeter()
      meter.deadLetters = recovered.deadLetters[stage.name] ?? 0
      return meter
    }
    backlogs = topology.stages.map { stage in
      let backlog = recovered.backlog[stage.name]
      return Backlog(count: backlog?.count ?? 0, oldest: backlog?.oldest ?? 0)
    }
  }

  /// Takes an event and says what to do about it.
  package mutating func handle(_ event: Event, at moment: Moment) -> [Action] {
    now = moment
    switch event {
    case .client(let peer, let frames): client(peer, frames)
    case .worker(let peer, let frames): worker(peer, frames)
    case .unreachable(let peer): workers[peer]?.isGone = true
    case .heardOut: for worker in workers.values where worker.isGone { lose(worker.peer, "its connection is gone") }
    case .connectionLost: for peer in workers.keys { actions.append(.send(peer, .alive(epoch: epoch))) }
    case .committed(let changes): committed(changes)
    case .bounced(let changes): bounced(changes)
    case .loaded(let stage, let documents): loaded(stage, documents)
    case .sequence(let peer, let producer, let sequence): welcome(peer, producer, sequence)
    case .states(let peer, let jobs, let states): answer(peer, jobs, states)
    case .found(let peer, let inquiry, let letters): answer(peer, inquiry, letters)
    case .space(let bytes): freeBytes = bytes
    case .time: sweep()
    }
    dispatch()
    load()
    defer { actions = [] }
    return actions
  }

  /// Milliseconds after which the next `time` is due.
  package var patience: UInt64 { jobs.isEmpty ? 1000 : 50 }

  func name(of stage: Int) -> String { topology.stages[stage].name }

  mutating func note(_ level: Note.Level, _ text: String, job: JobID? = nil) {
    actions.append(.note(Note(level, text, job: job)))
  }
}
