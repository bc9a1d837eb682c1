import Queue
import Record
import Testing
import Wire

/// A broker on a ledger, with clients and workers that are only names. What it sends lies here until it is looked at.
struct Bench {
  let ledger: any Ledger
  let topology: Topology
  let limits: Limits
  private(set) var broker: Broker
  private(set) var moment: Moment
  /// Whether wishes at the ledger are carried out at once; otherwise when `settle` is called.
  var isPrompt = true
  /// Whether nothing that an unreachable worker said is still to come.
  var isHeardOut = true
  private var wishes: [Action] = []
  private(set) var replies: [(peer: String, reply: ClientReply)] = []
  private(set) var sent: [(peer: String, message: QueueMessage)] = []
  private(set) var committed: [Change] = []
  private(set) var notes: [Note] = []
  /// Workers whose connection is gone.
  var unreachable: Set<String> = []

  init(
    _ topology: String = "clean sink", limits: Limits = Limits(), ledger: any Ledger = MemoryLedger(),
    at moment: Moment = Moment(uptime: 1000, wall: 1_700_000_000_000)
  ) throws {
    self.moment = moment
    self.ledger = ledger
    self.limits = limits
    self.topology = try Topology(topology)
    broker = Broker(self.topology, limits, recovered: try ledger.start(self.topology), now: moment)
  }

  /// Throws the broker away, with all that was not committed, and starts another.
  mutating func crash(_ topology: String? = nil) throws {
    self = try Bench(topology ?? self.topology.text, limits: limits, ledger: ledger, at: moment)
  }

  mutating func handle(_ event: Event) throws {
    var events = [event]
    while !events.isEmpty {
      let event = events.removeFirst()
      for action in broker.handle(event, at: moment) { try take(action, &events) }
      if case .unreachable = event, isHeardOut { events.append(.heardOut) }
      if isPrompt { events += try carryOut() }
    }
  }

  private mutating func take(_ action: Action, _ events: inout [Event]) throws {
    switch action {
    case .reply(let peer, let reply): replies.append((peer.name, reply))
    case .send(let peer, _) where unreachable.contains(peer.name): events.append(.unreachable(peer))
    case .send(let peer, let message): sent.append((peer.name, message))
    case .note(let note): notes.append(note)
    case .commit(let change):
      committed.append(change)
      wishes.append(action)
    case .load, .findSequence, .findStates, .find: wishes.append(action)
    }
  }

  /// Carries out what the broker wants of the ledger, until it wants no more.
  mutating func settle() throws {
    while !wishes.isEmpty { for event in try carryOut() { try handle(event) } }
  }

  /// Carries out all wishes there are now: one group, then the questions.
  private mutating func carryOut() throws -> [Event] {
    defer { wishes = [] }
    let group = wishes.compactMap { if case .commit(let change) = $0 { change } else { nil } }
    var events: [Event] = group.isEmpty ? [] : [.committed(try ledger.commit(group))]
    for wish in wishes {
      switch wish {
      case .load(let stage, let after, let count, let bytes):
        let documents = try ledger.load(stage: stage, after: after, count: count, bytes: bytes)
        events.append(.loaded(stage: stage, documents))
      case .findSequence(let peer, let producer):
        events.append(.sequence(peer, producer: producer, try ledger.sequence(of: producer)))
      case .findStates(let peer, let jobs): events.append(.states(peer, jobs, try ledger.states(of: jobs)))
      case .find(let peer, let inquiry): events.append(.found(peer, inquiry, try ledger.find(inquiry)))
      default: break
      }
    }
    return events
  }

  /// The disk is full: what producers wanted committed goes back to them, all else is kept.
  mutating func bounce() throws {
    var bounced: [Change] = []
    wishes = wishes.filter { wish in
      guard case .commit(let change) = wish else { return true }
      switch change {
      case .accept, .skip: bounced.append(change)
      default: return true
      }
      return false
    }
    try handle(.bounced(bounced))
  }

  mutating func pass(milliseconds: UInt64) throws {
    moment.uptime += milliseconds
    moment.wall += milliseconds
    try handle(.time)
  }

  mutating func say(_ peer: String, _ request: ClientRequest) throws {
    try handle(.client(Peer(name: peer), request.frames))
  }

  mutating func say(_ peer: String, _ message: WorkerMessage) throws {
    try handle(.worker(Peer(name: peer), message.frames))
  }

  /// All replies since the last look, to one peer.
  mutating func takeReplies(_ peer: String) -> [ClientReply] {
    defer { replies.removeAll { $0.peer == peer } }
    return replies.filter { $0.peer == peer }.map(\.reply)
  }

  mutating func takeSent(_ peer: String) -> [QueueMessage] {
    defer { sent.removeAll { $0.peer == peer } }
    return sent.filter { $0.peer == peer }.map(\.message)
  }

  /// The jobs that a worker was sent since the last look.
  mutating func takeJobs(_ peer: String) -> [QueueMessage.Job] {
    takeSent(peer).compactMap { if case .job(let job) = $0 { job } else { nil } }
  }
}

extension Bench {
  /// A producer says HELLO and PUTs documents under keys; the replies are thrown away.
  mutating func push(_ keys: String..., by producer: String = "push", bytes: Int = 8) throws {
    try say(producer, .hello(producer: id(producer)))
    var last: UInt64 = 0
    for case .welcome(_, let sequence) in takeReplies(producer) { last = sequence }
    for key in keys {
      last += 1
      try say(producer, .put(sequence: last, key: key, layers: .document(key, bytes: bytes)))
    }
    _ = takeReplies(producer)
  }

  mutating func ready(
    _ name: String, _ stage: String, messages: UInt64 = 10, bytes: UInt64 = 1 << 30, partition: String = ""
  ) throws {
    try say(
      name,
      .ready(
        .init(
          stage: stage, name: name, credit: .init(messages: messages, bytes: bytes), partition: partition,
          address: partition.isEmpty ? "" : "ipc:///\(partition)")))
  }

  /// A sink joins: its name is its partition.
  mutating func sink(_ name: String, messages: UInt64 = 1000) throws {
    try ready(name, topology.stages[topology.sink].name, messages: messages, partition: name)
  }

  mutating func finish(
    _ job: QueueMessage.Job, by worker: String, adding name: String? = nil, having line: WrittenLine? = nil
  ) throws {
    var layers = line?.layers ?? Layers()
    if let name { layers.append(name, Array("{}".utf8)) }
    try say(worker, .result(job.lease, microseconds: 1500, layers: layers))
  }

  mutating func report() throws -> Report {
    try say("report", .status)
    for case .report(let json) in takeReplies("report") { return try Report(json) }
    throw Absent()
  }

  /// The report once all wishes are carried out.
  mutating func settledReport() throws -> Report {
    try settle()
    return try report()
  }

  mutating func state(_ key: String) throws -> ClientReply.JobState? {
    try say("ask", .ask(jobs: [JobID(key: key)]))
    for case .states(let states) in takeReplies("ask") { return states.first }
    return nil
  }

  struct Absent: Error {}
}

/// Sixteen bytes that stand for a producer.
/// The document of a key, under its number.
func subject(_ key: String, _ number: UInt64) -> Change.Subject { Change.Subject(JobID(key: key), number: number) }

func id(_ name: String) -> [UInt8] { JobID(key: name).bytes }

extension Peer {
  init(name: String) { self.init(Array(name.utf8)) }
  var name: String { String(decoding: id, as: UTF8.self) }
}

extension Layers {
  /// A document that is there already: `source` and `raw`.
  static func document(_ key: String, bytes: Int = 8) -> Layers {
    var layers = url(key)
    layers.append("raw", Array(repeating: UInt8(ascii: "x"), count: bytes))
    return layers
  }

  /// A document that is yet to be fetched.
  static func url(_ key: String) -> Layers {
    var layers = Layers()
    layers.append("source", Array(#"{"uri":"\#(key)"}"#.utf8))
    return layers
  }
}
