private import Glibc
internal import Logging
internal import Record
internal import Synchronization
internal import Wire
internal import ZeroMQ

/// Carries out a broker's wishes at the ledger, in groups, and posts what came of them as events.
///
/// One group is what has come while the last one was written: it is committed whole. Questions are answered after the
/// group that came with them.
final class LedgerThread: Sendable {
  enum Request: Sendable {
    case commit(Change)
    case load(stage: String, after: UInt64, count: Int, bytes: Int)
    case findSequence(Peer, producer: [UInt8])
    case findStates(Peer, [JobID])
    case find(Peer, Inquiry)
    case stop
  }

  /// Documents in one transaction at most.
  static let groupSize = 1024
  /// How long to wait before what could not be written is tried again.
  static let retry = Duration.milliseconds(200)

  let events = Mailbox<Event>()
  private let requests = Mailbox<Request>()
  private let ledger: any Ledger
  private let folder: String
  private let logger: Logger
  /// Bytes of documents that wait to be committed.
  private let waiting = Atomic<Int>(0)
  private let ended = Atomic<Bool>(false)
  private let meter = Mutex(CommitMeter())

  init(_ ledger: any Ledger, folder: String, logger: Logger) {
    self.ledger = ledger
    self.folder = folder
    self.logger = logger
  }

  var waitingBytes: Int { waiting.load(ordering: .relaxed) }

  /// What it wrote so far.
  var commits: CommitMeter { meter.withLock { $0 } }

  /// Whether `run` has returned: no further event comes.
  var hasEnded: Bool { ended.load(ordering: .sequentiallyConsistent) }

  func post(_ requests: [Request]) {
    waiting.add(requests.reduce(0) { $0 + $1.size }, ordering: .relaxed)
    self.requests.post(requests)
  }

  /// Works until `stop` comes and all before it is done. Throws if the ledger is found to be damaged.
  func run() throws {
    defer {
      ended.store(true, ordering: .sequentiallyConsistent)
      events.wakeUp.signal()
    }
    var poller = Poller([], wakeUp: requests.wakeUp)
    var backlog = Backlog()
    while true {
      backlog.append(requests.takeAll())
      if backlog.isEmpty {
        guard !backlog.isStopping else { return }
        if try !removeFinished() { try poller.wait(.seconds(1)) }
        reportSpace()
      } else if try !commit(backlog.takeGroup(Self.groupSize), &backlog) {
        guard !backlog.isStopping else { return }
        reportSpace()
        try poller.wait(Self.retry)
      }
      for question in backlog.takeQuestions() { try answer(question) }
    }
  }

  /// Commits a group. If the disk does not take it, its documents go back to their producers and the rest is kept for
  /// another try: then the result is false.
  private func commit(_ group: [Change], _ backlog: inout Backlog) throws -> Bool {
    guard !group.isEmpty else { return true }
    let size = group.reduce(0) { $0 + $1.size }
    let start = ContinuousClock.now
    do {
      let committed = try ledger.commit(group)
      meter.withLock { $0.wrote(in: start.duration(to: .now)) }
      waiting.subtract(size, ordering: .relaxed)
      events.post(.committed(committed))
      return true
    } catch  where !SQLiteLedger.isDamage(error) {
      meter.withLock { $0.failed() }
      logger.error("A group could not be written: \(error)")
      waiting.subtract(size, ordering: .relaxed)
      events.post(.bounced(group.filter(\.isFromProducer)))
      backlog.putBack(group.filter { !$0.isFromProducer })
      return false
    }
  }

  private func answer(_ question: Request) throws {
    switch question {
    case .load(let stage, let after, let count, let bytes):
      events.post(
        .loaded(stage: stage, try ledger.load(stage: stage, after: after, count: count, bytes: bytes)))
    case .findSequence(let peer, let producer):
      events.post(.sequence(peer, producer: producer, try ledger.sequence(of: producer)))
    case .findStates(let peer, let jobs): events.post(.states(peer, jobs, try ledger.states(of: jobs)))
    case .find(let peer, let inquiry): events.post(.found(peer, inquiry, try ledger.find(inquiry)))
    case .commit, .stop: break
    }
  }

  /// Whether there may be more to remove; what a full disk does not take now is removed later.
  private func removeFinished() throws -> Bool {
    do { return try ledger.removeFinished() } catch  where !SQLiteLedger.isDamage(error) { return false }
  }

  private func reportSpace() {
    var facts = statvfs()
    guard unsafe statvfs(folder, &facts) == 0 else { return }
    events.post(.space(UInt64(facts.f_bavail) * UInt64(facts.f_frsize)))
  }
}

/// Requests that were taken and not yet carried out.
private struct Backlog {
  private var changes: [Change] = []
  private var questions: [LedgerThread.Request] = []
  private(set) var isStopping = false

  var isEmpty: Bool { changes.isEmpty && questions.isEmpty }

  mutating func append(_ requests: [LedgerThread.Request]) {
    for request in requests {
      switch request {
      case .commit(let change): changes.append(change)
      case .stop: isStopping = true
      case .load, .findSequence, .findStates, .find: questions.append(request)
      }
    }
  }

  /// The first changes, up to a number of documents.
  mutating func takeGroup(_ documents: Int) -> [Change] {
    var found = 0
    let end = changes.firstIndex { change in
      found += change.isFromProducer ? 1 : 0
      return found > documents
    }
    guard let end else {
      defer { changes = [] }
      return changes
    }
    defer { changes.removeFirst(end) }
    return Array(changes.prefix(end))
  }

  mutating func putBack(_ group: [Change]) { changes = group + changes }

  mutating func takeQuestions() -> [LedgerThread.Request] {
    defer { questions = [] }
    return questions
  }
}

extension Change {
  /// Whether its producer can send it again.
  fileprivate var isFromProducer: Bool {
    switch self {
    case .accept, .skip: true
    default: false
    }
  }

  fileprivate var size: Int {
    if case .accept(let document) = self { document.layers.size } else { 0 }
  }
}

extension LedgerThread.Request {
  fileprivate var size: Int {
    if case .commit(let change) = self { change.size } else { 0 }
  }
}
