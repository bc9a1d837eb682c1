internal import Wire
internal import ZeroMQ

/// The sockets of a queue, owned by the thread that makes them.
struct QueueSockets {
  enum Place: Int { case workers, clients, disconnections }

  let workers: Socket
  let clients: Socket
  let disconnections: Socket
  var poller: Poller

  /// Messages that wait in memory for each client at most; behind them the sender's own queue fills.
  static let clientLimit = 64
  /// How long a connection may stay without its two sides knowing each other: it holds a descriptor, and memory for what
  /// it sends.
  static let greeting = Duration.seconds(5)
  /// Connections that wait to be taken.
  static let backlog = 1024

  init(_ configuration: QueueConfiguration, wakeUp: WakeUp) throws {
    let context = Context(keys: configuration.keys)
    let limits = configuration.limits
    let beat = SocketOption.heartbeat(
      every: .milliseconds(max(100, limits.lease / 4)), timeout: .milliseconds(max(300, limits.lease)))
    let greeting = SocketOption.handshakeLimit(Self.greeting)
    let backlog = SocketOption.backlog(Self.backlog)
    // Credit bounds what is sent to a worker, so no message to it may find a full queue.
    workers = try Socket(
      .router, in: context, .mandatory, .sendLimit(0), .maximumFrame(limits.documentBytes * 8), beat, greeting,
      backlog)
    // A document that is a little too large is refused with words; one that is far too large, by its connection's end.
    clients = try Socket(
      .router, in: context, .receiveLimit(Self.clientLimit), .maximumFrame(limits.documentBytes * 2), beat,
      greeting, backlog,
      .linger(.seconds(1)))
    disconnections = try workers.disconnections()
    poller = Poller([workers, clients, disconnections], wakeUp: wakeUp)
    try workers.bind(configuration.address.workers)
    try clients.bind(configuration.address.clients)
  }
}
