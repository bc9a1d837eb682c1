import Queue
import Record
import Wire
import TestSupport

/// A queue with its producers, workers and sinks, all of which may die at any moment, and what must be true of it.
///
/// The sinks are as the wire page wants them: they write a line for each job once, and of a job that they know they only
/// say which line it has. Their lines outlive everything.
struct World {
  var bench: Bench
  private var dice: Dice
  private var producers: [String: Producer] = [:]
  private var workers: [String: Worker] = [:]
  private var names = 0
  /// The lines of each partition: what sinks wrote, by job.
  private(set) var lines: [String: [JobID: [Line]]] = ["s1": [:], "s2": [:]]
  /// How often each job was put back.
  private(set) var retries: [JobID: Int] = [:]
  /// Jobs that were to be retried, or dropped, and nothing was heard of it.
  private var revisions: [(kind: ClientRequest.Revision, jobs: [JobID])] = []
  /// Keys that an OK covered.
  private(set) var promised: Set<String> = []
  private(set) var broken: [String] = []
  private var poison: Set<JobID> = []
  private var accepted = 0

  /// What a sink wrote, and of which number.
  struct Line {
    var number: UInt64
    var kind: String
  }

  struct Producer {
    var connection: String
    var keys: [String] = []
    /// What was sent in this session, from the sequence after WELCOME.
    var next: UInt64?
    var acknowledged: UInt64 = 0
  }

  struct Worker {
    var stage: String
    var partition: String
    var credit: WorkerMessage.Credit
    var received: (messages: UInt64, bytes: UInt64) = (0, 0)
    var jobs: [QueueMessage.Job] = []
  }

  init(seed: UInt64, ledger: any Ledger) throws {
    var limits = Limits()
    limits.windowJobs = 12
    limits.windowBytes = 20_000
    bench = try Bench("fetch:unless=raw,checkpoint clean sink", limits: limits, ledger: ledger)
    bench.isPrompt = false
    dice = Dice(seed: seed)
    for name in ["p1", "p2", "p3"] { producers[name] = Producer(connection: name) }
  }

  mutating func step() throws {
    switch dice.roll(100) {
    case 0..<25: try push()
    case 25..<40: try bench.settle()
    case 40..<75: try work()
    case 75..<83: try join()
    case 83..<86: try kill()
    case 86..<88: try die()
    case 88..<90: try bench.bounce()
    case 90: try reconnect()
    case 92..<96: try revise()
    case 91: try bench.handle(.worker(Peer(name: "w\(dice.roll(names + 1))"), [[1], [UInt8(dice.roll(128))]]))
    default: try bench.pass(milliseconds: UInt64(dice.roll(2000)))
    }
    try look()
  }

  /// Lets all get well and finishes everything.
  mutating func drain() throws {
    poison = []
    // Who goes on over another connection may have missed what was said on the former one: all say HELLO again.
    for name in producers.keys { producers[name]?.next = nil }
    for _ in 0..<400 {
      try bench.settle()
      try look()
      if try bench.settledReport().isFinished, producers.values.allSatisfy(isDone) { return }
      for stage in ["fetch", "clean"] where !workers.values.contains(where: { $0.stage == stage }) {
        try join(stage, "")
      }
      for sink in ["s1", "s2"] where !workers.values.contains(where: { $0.partition == sink }) {
        try join("sink", sink)
      }
      for name in workers.keys.sorted() { try advance(name) }
      for name in producers.keys.sorted() where !isDone(producers[name]!) { try push(name) }
      try bench.pass(milliseconds: 300)
    }
    broken.append("the queue did not finish: \(try bench.settledReport())")
  }

  private func isDone(_ producer: Producer) -> Bool { producer.acknowledged == UInt64(producer.keys.count) }
}

extension World {
  private mutating func push() throws {
    let name = ["p1", "p2", "p3"][dice.roll(3)]
    let key = "\(name)-\(producers[name]!.keys.count)"
    if dice.roll(3) > 0 { producers[name]?.keys.append(key) }
    if dice.roll(20) == 0 { producers[name]?.next = nil }
    try push(name)
  }

  /// Says HELLO, or sends all that was not sent in this session.
  private mutating func push(_ name: String) throws {
    guard var producer = producers[name] else { return }
    guard let next = producer.next else { return try bench.say(producer.connection, .hello(producer: id(name))) }
    for sequence in next..<max(next, UInt64(producer.keys.count) + 1) {
      let key = producer.keys[Int(sequence) - 1]
      let layers = JobID(key: key).bytes[0] % 4 == 0 ? Layers.url(key) : .document(key, bytes: size(of: key))
      try bench.say(producer.connection, .put(sequence: sequence, key: key, layers: layers))
    }
    producer.next = UInt64(producer.keys.count) + 1
    producers[name] = producer
  }

  private func size(of key: String) -> Int { JobID(key: key).bytes[1] < 16 ? 300_000 : Int(JobID(key: key).bytes[2]) }

  /// A producer goes on over another connection.
  private mutating func reconnect() throws {
    names += 1
    producers["p\(1 + dice.roll(3))"]?.connection = "c\(names)"
    for name in producers.keys where dice.roll(2) == 0 { producers[name]?.next = nil }
  }

  /// The queue dies.
  private mutating func die() throws {
    try bench.crash()
    bench.isPrompt = false
    workers = [:]
    revisions = []
    for name in producers.keys { producers[name]?.next = nil }
  }

  /// Somebody retries or drops jobs that have a failure's line, or had one, and one that may be anything.
  private mutating func revise() throws {
    let failures = lines.values.joined().filter { $0.value.contains { $0.kind == "failure" } }.map(\.key)
    let any = promised.sorted().randomElement(using: &dice).map { [JobID(key: $0)] } ?? []
    let jobs = any + failures.sorted { $0.description < $1.description }.shuffled(using: &dice).prefix(dice.roll(5))
    let kind: ClientRequest.Revision = dice.roll(4) == 0 ? .drop : .retry
    revisions.append((kind, jobs))
    try bench.say("dlq", .revise(kind, jobs: jobs))
  }

  private mutating func join() throws {
    switch dice.roll(4) {
    case 0: try join("fetch", "")
    case 1, 2: try join("clean", "")
    default: try join("sink", ["s1", "s2"][dice.roll(2)])
    }
  }

  private mutating func join(_ stage: String, _ partition: String) throws {
    if !partition.isEmpty, let old = workers.first(where: { $0.value.partition == partition })?.key {
      workers[old] = nil
      bench.unreachable.insert(old)
    }
    names += 1
    workers["w\(names)"] = Worker(stage: stage, partition: partition, credit: .init(messages: 0, bytes: 0))
    try grant("w\(names)")
  }

  private mutating func grant(_ name: String) throws {
    guard var worker = workers[name] else { return }
    worker.credit.messages = max(worker.credit.messages, worker.received.messages + UInt64(1 + dice.roll(4)))
    worker.credit.bytes = max(worker.credit.bytes, worker.received.bytes + UInt64(dice.roll(2000)))
    workers[name] = worker
    try bench.ready(
      name, worker.stage, messages: worker.credit.messages, bytes: worker.credit.bytes, partition: worker.partition)
  }

  private mutating func kill() throws {
    guard let name = workers.keys.sorted().randomElement(using: &dice) else { return }
    workers[name] = nil
    if dice.roll(3) == 0 { try bench.say(name, .bye) }
    bench.unreachable.insert(name)
    if dice.roll(2) == 0 { try bench.handle(.connectionLost) }
  }

  private mutating func work() throws {
    guard let name = workers.keys.sorted().randomElement(using: &dice) else { return }
    try advance(name)
  }

  /// A worker deals with one job in hand, or asks for more.
  private mutating func advance(_ name: String) throws {
    guard var worker = workers[name] else { return }
    try bench.say(name, .heartbeat(dice.roll(10) == 0 ? [] : worker.jobs.map(\.lease)))
    guard !worker.jobs.isEmpty else { return try grant(name) }
    let job = worker.jobs.remove(at: dice.roll(worker.jobs.count))
    workers[name] = worker
    if dice.roll(20) == 0 { return try bench.say(name, .giveBack(job.lease)) }
    try bench.say(name, .start(job.lease))
    if worker.partition.isEmpty { try process(job, name, worker) } else { try write(job, name, worker.partition) }
  }

  private mutating func process(_ job: QueueMessage.Job, _ name: String, _ worker: Worker) throws {
    if dice.roll(60) == 0 { poison.insert(job.lease.job) }
    if poison.contains(job.lease.job) {
      workers[name] = nil
      bench.unreachable.insert(name)
      return
    }
    switch dice.roll(30) {
    case 0: try bench.say(name, .fail(job.lease, code: "no_text", isRetryable: false, message: ""))
    case 1: try bench.say(name, .fail(job.lease, code: "timed_out", isRetryable: true, message: ""))
    default: try bench.finish(job, by: name, adding: worker.stage == "fetch" ? "raw" : "record")
    }
  }

  /// A sink writes the line, unless it has one of this job, and may die before it says so.
  private mutating func write(_ job: QueueMessage.Job, _ name: String, _ partition: String) throws {
    let kinds = job.layers.all.map(\.name)
    if kinds != ["record"], kinds != ["source", "failure"] { broken.append("a sink got \(kinds)") }
    let kind = kinds.last ?? ""
    let known = lines[partition]?[job.lease.job]?.first { $0.number == job.number }
    if known == nil { lines[partition]?[job.lease.job, default: []].append(Line(number: job.number, kind: kind)) }
    if dice.roll(15) == 0 {
      workers[name] = nil
      bench.unreachable.insert(name)
    } else {
      try bench.finish(job, by: name, having: WrittenLine(rawValue: known?.kind ?? kind))
    }
  }
}

extension World {
  /// Reads what the queue sent, as its peers would, and holds it against what it may do.
  private mutating func look() throws {
    for name in workers.keys.sorted() { receive(bench.takeSent(name), name) }
    for name in producers.keys.sorted() {
      guard let connection = producers[name]?.connection else { continue }
      for reply in bench.takeReplies(connection) { take(reply, name) }
    }
    for case .revised(let outcomes) in bench.takeReplies("dlq") { take(outcomes) }
    let report = try bench.report()
    if report.accepted < accepted { broken.append("documents were accepted and are no longer: \(report)") }
    accepted = report.accepted
    if !report.isBalanced { broken.append("the counts do not add up: \(report)") }
  }

  private mutating func take(_ outcomes: [ClientReply.Outcome]) {
    let revision = revisions.removeFirst()
    for (job, outcome) in zip(revision.jobs, outcomes) where outcome == .ok {
      poison.remove(job)
      if revision.kind == .retry { retries[job, default: 0] += 1 }
    }
  }

  private mutating func receive(_ messages: [QueueMessage], _ name: String) {
    for message in messages {
      // Its session is gone: it begins anew under another name.
      if case .error(let error) = message, error.code == "no_session" { workers[name] = nil }
      guard case .job(let job) = message, var worker = workers[name] else { continue }
      worker.received.messages += 1
      worker.received.bytes += UInt64(job.layers.size)
      if worker.received.messages > worker.credit.messages { broken.append("\(name) got more jobs than it granted") }
      if worker.received.bytes > worker.credit.bytes, !worker.jobs.isEmpty {
        broken.append("\(name) got more bytes than it granted while it held jobs")
      }
      worker.jobs.append(job)
      workers[name] = worker
    }
  }

  private mutating func take(_ reply: ClientReply, _ name: String) {
    switch reply {
    case .welcome(_, let sequence):
      if sequence < producers[name]!.acknowledged { broken.append("\(name) was welcomed before what it had an OK for") }
      producers[name]?.next = sequence + 1
      acknowledge(sequence, name)
    case .ok(let sequence, _): acknowledge(sequence, name)
    case .busy(let sequence, _): producers[name]?.next = sequence + 1
    case .error: producers[name]?.next = nil
    default: broken.append("\(name) got \(reply)")
    }
  }

  private mutating func acknowledge(_ sequence: UInt64, _ name: String) {
    guard let producer = producers[name], sequence > producer.acknowledged else { return }
    promised.formUnion(producer.keys[Int(producer.acknowledged)..<Int(sequence)])
    producers[name]?.acknowledged = sequence
  }
}
