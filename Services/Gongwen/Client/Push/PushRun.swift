internal import Record
internal import Wire
internal import ZeroMQ

/// One `gongwen push`: inputs in, job ids out once each is durable. One thread runs it and owns the connection.
struct PushRun {
  struct Plan: Sendable {
    var address: Endpoint
    /// The key in place of the document's own.
    var key: String?
    /// Gives every document another key than it ever had.
    var isAgain: Bool
    /// Whether the jobs will be waited for.
    var keepsJobs: Bool
    /// The number of documents, where it is known.
    var total: Int?
  }

  /// What became of the inputs.
  struct Counts: Sendable {
    var accepted = 0
    /// The jobs accepted, where they are waited for.
    var jobs: [Accepted] = []
    var refused = 0
    var unread = 0
    var isInterrupted = false

    var done: Int { accepted + failed }
    var failed: Int { refused + unread }
  }

  struct Accepted: Sendable {
    var job: JobID
    var name: String
  }

  private let plan: Plan
  private let intake: Intake
  private let interruption: Interruption
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var contact: Contact
  private var window = PushWindow()
  private var counts = Counts()
  private var console: PushConsole
  private var ahead = 0
  private var isAtEnd = false

  init(_ plan: Plan, _ intake: Intake, interruption: Interruption) {
    self.plan = plan
    self.intake = intake
    self.interruption = interruption
    start = clock.now
    contact = Contact(plan.address, wakeUp: intake.items.wakeUp)
    console = PushConsole(total: plan.total)
  }

  /// Runs until every input is durable, refused or unreadable, or Ctrl-C.
  mutating func run() throws -> Counts {
    defer { console.end() }
    while !(isAtEnd && window.isEmpty), !interruption.isRequested { try step() }
    counts.isInterrupted = interruption.isRequested
    return counts
  }

  private var now: Duration { start.duration(to: clock.now) }

  private mutating func step() throws {
    if try contact.keep(at: now) { window.endSession() }
    while !isAtEnd, window.hasRoom, ahead < Intake.ahead {
      intake.want()
      ahead += 1
    }
    for request in window.due(at: now) { try contact.send(request) }
    let deadline = [window.nextDeadline, contact.nextDeadline].compactMap(\.self).min().map { $0 - now }
    for reply in try contact.wait(min(interval, max(.zero, deadline ?? interval)), at: now) { try take(reply) }
    for item in intake.items.takeAll() { try take(item) }
    console.show(counts, isHeldBack: window.isHeldBack, isAlone: contact.isLost)
  }

  /// How long Ctrl-C may go unnoticed.
  private let interval = Duration.milliseconds(100)

  private mutating func take(_ reply: ClientReply) throws {
    if case .error(let error) = reply {
      guard error.code == WireError.Code.noSession.rawValue else {
        throw CommandFailure(.internalError, "the queue does not understand this version: \(error.message)")
      }
      window.endSession()
      return try contact.greet(at: now)
    }
    for outcome in window.take(reply, at: now) {
      switch outcome {
      case .durable(let job, let name, _):
        counts.accepted += 1
        if plan.keepsJobs { counts.jobs.append(Accepted(job: job, name: name)) }
        console.print(job)
      case .refused(let name, let reason):
        counts.refused += 1
        console.say("\(name): \(reason)")
      }
    }
  }

  private mutating func take(_ item: Intake.Item) throws {
    ahead -= 1
    switch item {
    case .end: isAtEnd = true
    case .input(.failure(let failure)):
      counts.unread += 1
      console.say("\(failure.uri): \(failure.failure.code.rawValue) (read): \(failure.failure.message)")
    case .input(.note(let text)): console.say("gongwen: \(text)")
    case .input(.document(let document)):
      window.add(
        PushWindow.Document(key: try key(of: document), name: document.source.uri, layers: document.layers))
    }
  }

  private mutating func key(of document: InputDocument) throws -> String {
    defer { documents += 1 }
    guard plan.key == nil || documents == 0 else {
      throw CommandFailure(.usage, "--key is the key of one document, but the inputs hold more.")
    }
    let key = plan.key ?? document.id
    guard plan.isAgain else { return key }
    return "\(key)-\((0..<8).map { _ in UInt8.random(in: .min ... .max) }.hexadecimal)"
  }

  /// Documents read so far.
  private var documents = 0
}
