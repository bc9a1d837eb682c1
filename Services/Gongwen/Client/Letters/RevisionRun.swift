internal import Wire

/// Has documents retried or dropped, and says of each what became of it.
struct RevisionRun {
  /// Jobs asked for at once.
  private static let batch = 256

  private let kind: ClientRequest.Revision
  private let client: QueueClient
  private var refused = 0

  init(_ kind: ClientRequest.Revision, at address: Endpoint) {
    self.kind = kind
    client = QueueClient(address: address)
  }

  mutating func revise(_ jobs: [JobID]) throws {
    var open = jobs[...]
    while !open.isEmpty {
      let asked = Array(open.prefix(Self.batch))
      let reply = try client.ask(.revise(kind, jobs: asked), within: Contact.patience)
      guard case .revised(let outcomes) = reply, 1...asked.count ~= outcomes.count else {
        throw CommandFailure.strange(reply)
      }
      for (job, outcome) in zip(asked, outcomes) { say(job, outcome) }
      open = open.dropFirst(outcomes.count)
    }
  }

  /// Throws exit status 1 if some job was refused.
  func check() throws(CommandFailure) {
    if refused > 0 { throw CommandFailure(.someFailed) }
  }

  private mutating func say(_ job: JobID, _ outcome: ClientReply.Outcome) {
    guard outcome == .ok else {
      refused += 1
      return writeError("\(job): \(Self.words(outcome))")
    }
    writeOutput(Array("\(job) \(kind == .retry ? "is to be done again" : "is dropped")\n".utf8))
  }

  private static func words(_ outcome: ClientReply.Outcome) -> String {
    switch outcome {
    case .ok: "done"
    case .dropped: "was dropped before; push the document again with --again"
    case .unfinished: "has not ended: it waits or is under way; see 'gongwen status'"
    case .done: "is a record already; see 'gongwen tail'"
    case .unknown: "is not known to this queue; see 'gongwen dlq ls --all'"
    }
  }
}
