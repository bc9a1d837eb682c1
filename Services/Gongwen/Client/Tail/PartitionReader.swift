internal import Wire
internal import ZeroMQ

/// Reads the records of one partition from its sink, a piece at a time, and finds it again when it was away.
struct PartitionReader {
  /// Where reading begins.
  enum Start: Sendable, Equatable {
    /// The first line that is still there.
    case first
    /// After the last line.
    case end
    case offset(UInt64)
  }

  /// Lines of the partition, and where the next ones begin.
  struct Piece {
    var lines: ArraySlice<UInt8>
    var next: UInt64
  }

  private static let limit: UInt64 = 1 << 20
  /// How long an answer that is due is awaited before the question is put anew on another connection.
  private static let patience = Duration.seconds(5)
  /// How long the sink may wait for lines before it answers.
  private static let wait = Duration.seconds(10)
  /// Between questions to a sink that does not wait.
  private static let pauses = (shortest: Duration.milliseconds(4), longest: Duration.milliseconds(64))

  let name: String
  /// Empty until its sink is there for the first time.
  private(set) var address: String
  /// Since when the queue has known nothing of its sink; nil where it is there.
  private(set) var awaySince: Duration?
  private var link: Link<FetchReply>
  private let context: Context
  private var start: Start
  /// Whether it goes on behind lines that were removed before they were read.
  private let skipsLost: Bool
  /// Whether it waits for lines that are written later.
  private let follows: Bool
  /// Where the sink says that no line starts, until it has said which ones there are.
  private var missed: UInt64?
  /// Where the lines that come next begin, once it is known.
  private(set) var offset: UInt64?
  private var isAsked = false
  private var dueAt = Duration.zero
  private var pause = Self.pauses.shortest
  /// Whether everything that was there has been read.
  private(set) var isAtEnd = false

  init(_ partition: ClientReply.Partition, from start: Start, follows: Bool, skipsLost: Bool, in context: Context) {
    self.follows = follows
    self.skipsLost = skipsLost
    name = partition.name
    address = partition.address
    self.context = context
    self.start = start
    if case .offset(let offset) = start { self.offset = offset }
    link = Self.link(to: partition.address, in: context)
  }

  private static func link(to address: String, in context: Context) -> Link<FetchReply> {
    Link(to: address, in: context) { try? FetchReply($0) }
  }

  /// When `advance` should be called at the latest.
  var deadline: Duration { address.isEmpty ? .seconds(1 << 30) : dueAt }

  /// The socket to wait for, while an answer is due.
  var socket: Socket? { isAsked ? link.socket : nil }

  /// The sink may serve at another address after a restart; one that is away has none, and the last one is tried on.
  mutating func move(to address: String, at now: Duration) {
    awaySince = address.isEmpty ? awaySince ?? now : nil
    guard !address.isEmpty, address != self.address else { return }
    self.address = address
    link = Self.link(to: address, in: context)
    isAsked = false
    dueAt = .zero
  }

  /// Asks where it is time to, and returns what has come.
  mutating func advance(at now: Duration) throws -> Piece? {
    guard !address.isEmpty else { return nil }
    if isAsked {
      for event in try link.wait(.zero) {
        switch event {
        case .ended: rest(now, for: .milliseconds(100))
        case .reply(let reply): if let piece = try take(reply, now) { return piece }
        }
      }
      if isAsked, now >= dueAt {
        link.close()
        rest(now, for: .zero)
      }
    }
    if !isAsked, now >= dueAt { try ask(now) }
    return nil
  }

  private mutating func ask(_ now: Duration) throws(SocketError) {
    if !link.isOpen { try link.open() }
    let wait = follows && offset != nil ? Self.wait : .zero
    var request = FetchRequest(stream: .records, offset: offset ?? 0, limit: offset == nil ? 0 : Self.limit)
    request.wait = UInt64(wait / .milliseconds(1))
    try link.send(request.frames)
    isAsked = true
    dueAt = now + wait + Self.patience
  }

  private mutating func rest(_ now: Duration, for time: Duration) {
    isAsked = false
    dueAt = now + time
  }

  private mutating func take(_ reply: FetchReply, _ now: Duration) throws -> Piece? {
    switch reply {
    case .error(let error): try note(error, now)
    case .data(_, let first, let next, let end, let lines):
      guard let offset else {
        try settle(first, end)
        self.offset = start == .end ? end : first
        isAtEnd = start == .end || first == end
        rest(now, for: .zero)
        return nil
      }
      // An answer to a question that was given up.
      guard first == offset, isAsked else { return nil }
      isAtEnd = next == end
      pause = lines.isEmpty ? min(pause * 2, Self.pauses.longest) : Self.pauses.shortest
      rest(now, for: lines.isEmpty ? pause : .zero)
      self.offset = next
      if !lines.isEmpty { return Piece(lines: lines[...], next: next) }
    }
    return nil
  }

  /// Asks which lines there are where none starts at the offset.
  private mutating func note(_ error: WireError, _ now: Duration) throws(CommandFailure) {
    guard error.code == WireError.Code.offsetOutOfRange.rawValue, offset != nil else {
      throw CommandFailure(.internalError, "the sink of \(name) does not understand this version: \(error.message)")
    }
    (missed, offset, start) = (offset, nil, .first)
    rest(now, for: .zero)
  }

  /// Ends where the lines to go on with are not there, unless they were removed and may be skipped.
  private mutating func settle(_ first: UInt64, _ end: UInt64) throws(CommandFailure) {
    guard let missed else { return }
    self.missed = nil
    guard missed < first else {
      throw CommandFailure(
        .usage,
        "no line of \(name) starts at \(missed); there are lines from \(first) to \(end). The cursor is another home's, "
          + "or was changed: read all with --from start and without the cursor's file.")
    }
    let lost = "\(first - missed) bytes of \(name) were removed before they were read"
    guard skipsLost else {
      throw CommandFailure(
        .someFailed,
        "\(lost): the first line there is starts at \(first). Go on there with --skip-lost, or read all that is there "
          + "with --from start and without the cursor's file.")
    }
    writeError("gongwen: \(lost); goes on at \(first).")
  }
}
