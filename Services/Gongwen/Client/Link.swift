internal import Glibc
internal import Wire
internal import ZeroMQ

/// A client's connection to a server that speaks in frames: the queue, or a sink. Its owner makes it anew when it ends.
///
/// libzmq does not connect again by itself: who is at the other end, and what it knows, may have changed.
struct Link<Reply: Sendable> {
  enum Event {
    case reply(Reply)
    /// The connection ended, or could not be made.
    case ended
  }

  private let address: String
  private let context: Context
  private let wakeUp: WakeUp?
  private let decode: ([[UInt8]]) -> Reply?
  private var sockets: (dealer: Socket, ends: ConnectionEnds, poller: Poller)?
  /// Why the last connection was not made, where somebody is there.
  private(set) var refusal: ConnectionEnds.Refusal?

  /// - Parameters:
  ///   - wakeUp: ends a wait early.
  ///   - decode: what the other side says; nil for what this version does not know.
  init(to address: String, in context: Context, wakeUp: WakeUp? = nil, _ decode: @escaping ([[UInt8]]) -> Reply?) {
    self.address = address
    self.context = context
    self.wakeUp = wakeUp
    self.decode = decode
  }

  var isOpen: Bool { sockets != nil }

  /// The socket on which replies come.
  var socket: Socket? { sockets?.dealer }

  /// Whether nobody can be there: the address is a socket in this file system, and there is none.
  static func isAbsent(_ address: String) -> Bool {
    guard address.hasPrefix("ipc://") else { return false }
    return unsafe access(String(address.dropFirst(6)), F_OK) != 0
  }

  /// Makes a new connection in place of the one there is.
  mutating func open() throws(SocketError) {
    close()
    let dealer = try Socket(
      .dealer, in: context, .sendLimit(0), .receiveLimit(0), .neverReconnect,
      .heartbeat(every: .seconds(2), timeout: .seconds(6)))
    let ends = try ConnectionEnds(of: dealer)
    try dealer.connect(address)
    sockets = (dealer, ends, Poller([dealer, ends.socket], wakeUp: wakeUp))
  }

  mutating func close() { sockets = nil }

  func send(_ frames: [[UInt8]]) throws(SocketError) { try sockets?.dealer.send(frames) }

  /// Waits until something happens or the time is over, and takes what is there.
  mutating func wait(_ time: Duration) throws(SocketError) -> [Event] {
    guard sockets != nil else {
      var poller = Poller([], wakeUp: wakeUp)
      try poller.wait(time)
      return []
    }
    try sockets!.poller.wait(time)
    var events: [Event] = []
    while events.count < 256, let frames = try sockets!.dealer.receive() {
      if let reply = decode(frames) { events.append(.reply(reply)) }
    }
    if let end = try sockets!.ends.next() {
      close()
      refusal = if case .refused(let refusal) = end { refusal } else { nil }
      events.append(.ended)
    }
    return events
  }
}

extension Link where Reply == ClientReply {
  /// A connection to the queue's clients' address.
  init(toQueue address: String, in context: Context, wakeUp: WakeUp? = nil) {
    self.init(to: address, in: context, wakeUp: wakeUp) { try? ClientReply($0) }
  }
}
