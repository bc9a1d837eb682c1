internal import Record
internal import Wire

/// The documents of a producer that are not durable yet, as a value: replies of the queue and the time go in, outcomes and
/// requests come out.
///
/// The queue takes only the sequence after the last one it took, so what it has not answered is sent again, from the
/// first, when a session begins or a time to wait is over. WELCOME answers for no document: the REFUSED of one may be
/// lost with its connection, while what was accepted is recognised by its key when it comes again.
struct PushWindow {
  struct Document: Sendable {
    var key: String
    /// What the document is called in messages.
    var name: String
    var layers: Layers
    fileprivate var refusal: String?

    init(key: String, name: String, layers: Layers) {
      self.key = key
      self.name = name
      self.layers = layers
    }

    var job: JobID { JobID(key: key) }
  }

  enum Outcome: Sendable {
    /// On the queue's disk; `isKnown` if it was there before.
    case durable(job: JobID, name: String, isKnown: Bool)
    case refused(name: String, reason: String)
  }

  /// Documents and bytes that wait for the queue at most, unless there is only one document.
  static let limit = (documents: 512, bytes: 32 << 20)

  private var documents: [Document] = []
  private var bytes = 0
  /// The sequence before that of the first waiting document.
  private var last: UInt64 = 0
  /// How many of the waiting documents were sent in this session; nil without one.
  private var sent: Int?
  private var resumesAt: Duration?

  var isEmpty: Bool { documents.isEmpty }

  var hasRoom: Bool { isEmpty || documents.count < Self.limit.documents && bytes < Self.limit.bytes }

  /// Whether the queue has asked to wait.
  var isHeldBack: Bool { resumesAt != nil }

  mutating func add(_ document: Document) {
    documents.append(document)
    bytes += document.layers.size
  }

  /// The session has ended: nothing is sent until WELCOME.
  mutating func endSession() {
    sent = nil
    resumesAt = nil
  }

  /// What a reply decides, in the order of the documents. Without a session only WELCOME counts.
  mutating func take(_ reply: ClientReply, at now: Duration) -> [Outcome] {
    switch reply {
    case .welcome(_, let sequence):
      last = sequence
      for place in documents.indices { documents[place].refusal = nil }
      sent = 0
      resumesAt = nil
    case _ where sent == nil: break
    case .ok(let sequence, let known): return decide(upTo: sequence, known: Set(known))
    case .busy(let sequence, let milliseconds):
      resumesAt = now + .milliseconds(Int64(clamping: milliseconds))
      sent = place(of: sequence + 1).map { min($0, documents.count) }
    case .refused(let sequence, let code, let message):
      if let place = place(of: sequence), place < documents.count {
        documents[place].refusal = "\(code): \(message)"
      }
    default: break
    }
    return []
  }

  /// The documents that are to be sent now.
  mutating func due(at now: Duration) -> [ClientRequest] {
    if let time = resumesAt, now >= time { resumesAt = nil }
    guard let first = sent, resumesAt == nil, first < documents.count else { return [] }
    sent = documents.count
    return (first..<documents.count).map { place in
      let document = documents[place]
      return .put(sequence: last + UInt64(place) + 1, key: document.key, layers: document.layers)
    }
  }

  /// When `due` should be asked again at the latest.
  var nextDeadline: Duration? { resumesAt }

  /// The place of a sequence among the waiting documents, nil if it is decided.
  private func place(of sequence: UInt64) -> Int? {
    sequence > last ? Int(clamping: sequence - last - 1) : nil
  }

  private mutating func decide(upTo sequence: UInt64, known: Set<UInt64>) -> [Outcome] {
    guard let end = place(of: sequence) else { return [] }
    let count = min(end + 1, documents.count)
    let first = last + 1
    let outcomes = documents.prefix(count).enumerated().map { place, document -> Outcome in
      if let refusal = document.refusal { return .refused(name: document.name, reason: refusal) }
      return .durable(job: document.job, name: document.name, isKnown: known.contains(first + UInt64(place)))
    }
    bytes -= documents.prefix(count).reduce(0) { $0 + $1.layers.size }
    documents.removeFirst(count)
    last += UInt64(count)
    sent = sent.map { max(0, $0 - count) }
    return outcomes
  }
}
