internal import Wire
internal import ZeroMQ

/// A producer's session with the queue: made at the start, and again whenever it ends.
///
/// Each session is that of another producer, so that nothing which the queue has still to say of the last one is taken
/// for an answer in this one.
struct Contact {
  /// How long a queue that was there is awaited when it is gone.
  static let patience = Duration.seconds(60)
  /// How long the answer to HELLO is awaited.
  private static let greeting = Duration.seconds(3)
  private static let pause = Duration.milliseconds(50)

  private let address: Endpoint
  private var link: Link<ClientReply>
  /// When it is given up; nil while there is a session.
  private var givesUpAt: Duration? = QueueClient.patience
  /// When the next attempt is due.
  private var triesAt = Duration.zero
  private var lastHeard: Duration?

  init(_ address: Endpoint, wakeUp: WakeUp) {
    self.address = address
    link = Link(toQueue: address.address, in: address.context, wakeUp: wakeUp)
  }

  /// Whether there was a session and is none.
  var isLost: Bool { lastHeard != nil && givesUpAt != nil }

  var nextDeadline: Duration? { givesUpAt.map { min($0, triesAt) } }

  /// Makes a connection where one is due; true if what was under way on the last one is lost.
  mutating func keep(at now: Duration) throws(CommandFailure) -> Bool {
    guard let givesUpAt, now >= triesAt else { return false }
    let isAbsent = lastHeard == nil && Link<ClientReply>.isAbsent(address.address)
    if lastHeard == nil { try CommandFailure.check(link.refusal, by: address) }
    guard now < givesUpAt, !isAbsent else { throw CommandFailure.noQueue(at: address, refusal: link.refusal) }
    if link.isOpen {
      link.close()
      triesAt = now + Self.pause
    } else {
      do throws(SocketError) {
        try link.open()
        try greet(at: now)
      } catch {
        throw CommandFailure(.unreachable, "\(error)")
      }
    }
    return true
  }

  /// Begins a session on the connection.
  mutating func greet(at now: Duration) throws(SocketError) {
    if givesUpAt == nil { givesUpAt = now + Self.patience }
    triesAt = now + Self.greeting
    let producer = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    try link.send(ClientRequest.hello(producer: producer).frames)
  }

  func send(_ request: ClientRequest) throws(SocketError) { try link.send(request.frames) }

  /// Waits for replies, at most a while.
  mutating func wait(_ time: Duration, at now: Duration) throws(SocketError) -> [ClientReply] {
    var replies: [ClientReply] = []
    for event in try link.wait(time) {
      switch event {
      case .ended:
        if givesUpAt == nil { givesUpAt = now + Self.patience }
        triesAt = now + Self.pause
      case .reply(let reply):
        if case .welcome = reply { givesUpAt = nil }
        lastHeard = now
        replies.append(reply)
      }
    }
    return replies
  }
}
