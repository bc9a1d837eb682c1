internal import Disk
internal import Logging
internal import Wire
internal import ZeroMQ

/// The socket at which a sink answers FETCH.
struct FetchServer {
  let socket: Socket
  /// Where it can be reached from this machine.
  let address: String
  private var held = HeldFetches()

  /// Requests that are answered before the queue's jobs have their turn.
  private static let turn = 8
  /// Answers that wait to be sent to a reader. libzmq counts those that were sent by halves of the limit, and looks at the
  /// count between turns: with twice a turn, a reader that asks for one answer after the other never loses one.
  private static let unsent = 2 * turn

  init(at address: String, in home: Home, _ context: Context) throws(SinkFailure) {
    do throws(DiskError) {
      if address.hasPrefix("ipc://\(home.run)/") { try Folder(home.run).keepToOwner() }
    } catch {
      throw .disk(error)
    }
    do throws(SocketError) {
      // Answers that a reader does not take are dropped, and asked for once more: they never fill the memory.
      socket = try Socket(
        .router, in: context, .sendLimit(Self.unsent), .receiveLimit(64), .maximumFrame(1024),
        .handshakeLimit(.seconds(5)), .backlog(1024))
      try socket.bind(address)
      self.address = try socket.lastEndpoint
    } catch {
      throw .socket(error)
    }
  }

  /// Answers a few of the requests that are there, or keeps them until there are lines.
  mutating func answer(from store: borrowing SinkStore, at now: Duration, _ logger: Logger) throws(SocketError) {
    for _ in 0..<Self.turn {
      guard let message = try socket.receive() else { return }
      let client = message[0]
      if let before = held.take(of: client) { try answer(before, of: client, store, logger) }
      switch Result(catching: { () throws(WireError) in try FetchRequest(Array(message.dropFirst())) }) {
      case .success(let request):
        if held.hold(request, of: client, end: store.end(of: request.stream), at: now) { continue }
        try answer(request, of: client, store, logger)
      case .failure(let error): try socket.send([client] + FetchReply.error(error).frames)
      }
    }
  }

  /// Answers a few of those that waited and need not any more, and says when there is more to do, if nothing happens.
  mutating func answerHeld(
    from store: borrowing SinkStore, at now: Duration, _ logger: Logger
  ) throws(SocketError) -> Duration? {
    let due = held.takeDue(Self.turn, ends: store.ends, at: now)
    for (client, request) in due { try answer(request, of: client, store, logger) }
    return due.count == Self.turn ? now : held.nextDeadline
  }

  /// Where the disk gives no answer there is none: the reader asks again. Nor does one that is gone cost anything.
  private func answer(
    _ request: FetchRequest, of client: HeldFetches.Client, _ store: borrowing SinkStore, _ logger: Logger
  ) throws(SocketError) {
    let reply: FetchReply
    do throws(DiskError) {
      reply = try store.answer(request)
    } catch {
      logger.error("cannot read", metadata: ["stream": "\(request.stream.rawValue)", "reason": "\(error)"])
      return
    }
    try socket.send([client] + reply.frames)
  }
}
