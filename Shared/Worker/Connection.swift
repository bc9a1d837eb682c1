package import Wire
package import ZeroMQ

/// One connection to the queue. It does not come back by itself: a session must never be continued on another one.
package struct Connection {
  private let dealer: Socket
  private var ends: ConnectionEnds
  /// Why the connection was not made, where somebody is there.
  package private(set) var refusal: ConnectionEnds.Refusal?
  private var poller: Poller

  /// - Parameter beside: sockets of the same thread, for whose messages `nextEvents` waits as well.
  package init(
    to address: String, in context: Context, wakeUp: WakeUp, beside: [Socket] = []
  ) throws(SocketError) {
    dealer = try Socket(
      .dealer, in: context, .sendLimit(0), .receiveLimit(0), .neverReconnect,
      .heartbeat(every: .seconds(2), timeout: .seconds(6)))
    ends = try ConnectionEnds(of: dealer)
    try dealer.connect(address)
    poller = Poller([dealer, ends.socket] + beside, wakeUp: wakeUp)
  }

  package func send(_ message: WorkerMessage) throws(SocketError) {
    try dealer.send(message.frames)
    // What was said before the farewell must arrive; on any other way out the queue is not listening.
    if message == .bye { try dealer.set(.linger(.seconds(2))) }
  }

  /// Waits for messages, the end of the connection or what stands beside it, and takes at most 256 of what is there.
  package mutating func nextEvents(within time: Duration?) throws(SocketError) -> [Session.Event] {
    try poller.wait(time)
    var events: [Session.Event] = []
    while poller.isReady(0), events.count < 256, let frames = try dealer.receive() {
      // What the queue says and this version does not know is not for it.
      if let message = try? QueueMessage(frames) { events.append(.received(message)) }
    }
    if poller.isReady(1), let end = try ends.next() {
      if case .refused(let reason) = end { refusal = reason }
      events.append(.disconnected)
    }
    return events
  }
}
