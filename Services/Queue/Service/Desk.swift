internal import Logging
internal import Wire
internal import ZeroMQ

/// Carries events to the broker, and its actions to sockets, ledger and log.
struct Desk {
  /// What is taken from one socket before the others are looked at and the ledger gets what came.
  static let batch = (messages: 256, bytes: 4 << 20)
  /// Bytes of documents that wait to be committed before no more are received.
  static let waitingLimit = 16 << 20

  private var broker: Broker
  private var sockets: QueueSockets
  private let thread: LedgerThread
  private let board: Board?
  private var lastSnapshot: UInt64?
  private let logger: Logger
  private var lastTime = Moment.now.uptime
  /// Whether a worker was found to be gone whose last words may not be taken yet.
  private var hasUnreachable = false
  /// What this turn wants of the ledger: it gets all of it at once, so that documents that come together are one group.
  private var requests: [LedgerThread.Request] = []

  init(broker: Broker, sockets: QueueSockets, thread: LedgerThread, board: Board?, logger: Logger) {
    self.broker = broker
    self.sockets = sockets
    self.thread = thread
    self.board = board
    self.logger = logger
  }

  /// Waits for something to happen and deals with all that did.
  mutating func turn() throws {
    sockets.poller.listen(thread.waitingBytes < Self.waitingLimit, to: QueueSockets.Place.clients.rawValue)
    try sockets.poller.wait(.milliseconds(broker.patience))
    for event in thread.events.takeAll() { try handle(event) }
    if sockets.poller.isReady(QueueSockets.Place.disconnections.rawValue) {
      while try sockets.disconnections.receive() != nil {}
      try handle(.connectionLost)
    }
    let isHeardOut = try receive(from: sockets.workers) { .worker($0, $1) }
    if hasUnreachable, isHeardOut {
      hasUnreachable = false
      try handle(.heardOut)
    }
    if sockets.poller.isReady(QueueSockets.Place.clients.rawValue) {
      _ = try receive(from: sockets.clients) { .client($0, $1) }
    }
    if Moment.now.uptime >= lastTime + broker.patience {
      lastTime = Moment.now.uptime
      try handle(.time)
    }
    passOn()
    if let board { hangUp(board) }
  }

  /// Milliseconds between two snapshots at least; a quiet queue takes one a second.
  static let snapshotInterval: UInt64 = 250

  private mutating func hangUp(_ board: Board) {
    let now = Moment.now.uptime
    guard now >= (lastSnapshot ?? 0) + Self.snapshotInterval else { return }
    lastSnapshot = now
    var snapshot = broker.snapshot
    snapshot.commits = thread.commits
    board.snapshot = snapshot
  }

  private mutating func passOn() {
    thread.post(requests)
    requests.removeAll(keepingCapacity: true)
  }

  /// Answers what the ledger has still committed; nothing is received any more.
  mutating func finish() throws {
    while !thread.hasEnded { try sockets.poller.wait(.milliseconds(50)) }
    for event in thread.events.takeAll() { try handle(event) }
  }

  /// Takes a batch of messages; the result is whether there are no more.
  private mutating func receive(from socket: Socket, _ event: (Peer, [[UInt8]]) -> Event) throws -> Bool {
    var bytes = 0
    for _ in 0..<Self.batch.messages where bytes < Self.batch.bytes {
      guard var frames = try socket.receive() else { return true }
      bytes += frames.reduce(0) { $0 + $1.count }
      let peer = Peer(frames.removeFirst())
      try handle(event(peer, frames))
    }
    return false
  }

  private mutating func handle(_ event: Event) throws {
    var events = [event]
    while let event = events.popLast() {
      for action in broker.handle(event, at: .now) {
        guard let peer = try perform(action) else { continue }
        hasUnreachable = true
        events.append(.unreachable(peer))
      }
    }
  }

  /// The result is the worker that an action could not reach.
  private mutating func perform(_ action: Action) throws -> Peer? {
    switch action {
    case .reply(let peer, let reply): try sockets.clients.send([peer.id] + reply.frames)
    case .send(let peer, let message):
      do throws(SocketError) {
        try sockets.workers.send([peer.id] + message.frames)
      } catch {
        guard error == .unreachable else { throw error }
        return peer
      }
    case .commit(let change): requests.append(.commit(change))
    case .load(let stage, let after, let count, let bytes):
      requests.append(.load(stage: stage, after: after, count: count, bytes: bytes))
    case .findSequence(let peer, let producer): requests.append(.findSequence(peer, producer: producer))
    case .findStates(let peer, let jobs): requests.append(.findStates(peer, jobs))
    case .find(let peer, let inquiry): requests.append(.find(peer, inquiry))
    case .note(let note): log(note)
    }
    return nil
  }

  private func log(_ note: Note) {
    let level: Logger.Level =
      switch note.level {
      case .info: .info
      case .warning: .warning
      case .error: .error
      }
    logger.log(level: level, "\(note.text)", metadata: note.job.map { ["job": "\($0)"] })
  }
}
