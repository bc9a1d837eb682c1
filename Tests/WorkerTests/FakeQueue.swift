import Testing
import Wire
import ZeroMQ

/// The queue's side of the conversation as a test says it. A thread of its own has the socket, so that no test holds
/// up the stage that it waits for.
final class FakeQueue: Sendable {
  let address: String
  private let orders: Mailbox<[[UInt8]]?>
  private let received: AsyncStream<[[UInt8]]>
  private let thread: Task<Void, any Error>

  init(at address: String = "tcp://127.0.0.1:*") async throws {
    let orders = Mailbox<[[UInt8]]?>()
    let (received, sink) = AsyncStream.makeStream(of: [[UInt8]].self)
    let (bound, boundSink) = AsyncStream.makeStream(of: String.self)
    thread = Task {
      try await DedicatedThread.run("queue") { () throws(SocketError) in
        defer { boundSink.finish() }
        let router = try Socket(.router, in: Context(), .linger(.seconds(1)))
        try router.bind(address)
        boundSink.yield(try router.lastEndpoint)
        var poller = Poller([router], wakeUp: orders.wakeUp)
        while true {
          try poller.wait(nil)
          while let frames = try router.receive() { sink.yield(frames) }
          for order in orders.takeAll() {
            guard let order else { return sink.finish() }
            try router.send(order)
          }
        }
      }
    }
    (self.orders, self.received) = (orders, received)
    self.address = try #require(await bound.first { _ in true }, "the address cannot be bound")
  }

  /// Closes the socket, and returns once it is closed.
  func stop() async throws {
    orders.post(nil)
    try await thread.value
  }

  func send(_ frames: [[UInt8]], to peer: [UInt8]) { orders.post([peer] + frames) }

  func send(_ message: QueueMessage, to peer: [UInt8]) { send(message.frames, to: peer) }

  /// The next message of any connection, and whose it is.
  func receive() async throws -> (peer: [UInt8], message: WorkerMessage) {
    let frames = try #require(await received.first { _ in true }, "the queue was stopped")
    return (frames[0], try WorkerMessage(Array(frames.dropFirst())))
  }

  /// The next message of any connection that is not a heartbeat; heartbeats are answered.
  func next(epoch: UInt64 = 1) async throws -> WorkerMessage {
    while true {
      let (peer, message) = try await receive()
      guard case .heartbeat = message else { return message }
      send(.alive(epoch: epoch), to: peer)
    }
  }

  /// Waits for a worker, accepts it, and says how it announced itself.
  func accept(epoch: UInt64 = 1) async throws -> (peer: [UInt8], announcement: WorkerMessage.Announcement) {
    while true {
      guard case (let peer, .ready(let announcement)) = try await receive() else { continue }
      send(.accepted(epoch: epoch, heartbeat: 1000, lease: 15_000), to: peer)
      return (peer, announcement)
    }
  }
}
