internal import Disk
internal import Logging
internal import Wire
internal import ZeroMQ

/// The socket at which a sink answers FETCH.
struct FetchServer {
  let socket: Socket
  /// Where it can be reached from this machine.
  let address: String

  init(at address: String, in home: Home, _ context: Context) throws(SinkFailure) {
    do throws(DiskError) {
      if address.hasPrefix("ipc://\(home.run)/") { try Folder(home.run).keepToOwner() }
    } catch {
      throw .disk(error)
    }
    do throws(SocketError) {
      // Answers that a reader does not take are dropped, and asked for once more: they never fill the memory.
      socket = try Socket(.router, in: context, .sendLimit(4), .receiveLimit(64), .maximumFrame(1024))
      try socket.bind(address)
      self.address = try socket.lastEndpoint
    } catch {
      throw .socket(error)
    }
  }

  /// Answers a few of the requests that are there; the next ones come after the queue's jobs have had their turn.
  func answer(from store: borrowing SinkStore, _ logger: Logger) throws(SocketError) {
    for _ in 0..<16 {
      guard let message = try socket.receive() else { return }
      guard let reply = reply(to: Array(message.dropFirst()), store, logger) else { continue }
      try socket.send([message[0]] + reply.frames)
    }
  }

  /// Nil where the disk gives no answer: the reader asks again.
  private func reply(to frames: [[UInt8]], _ store: borrowing SinkStore, _ logger: Logger) -> FetchReply? {
    let request: FetchRequest
    do throws(WireError) {
      request = try FetchRequest(frames)
    } catch {
      return .error(error)
    }
    do throws(DiskError) {
      return try store.answer(request)
    } catch {
      logger.error("cannot read", metadata: ["stream": "\(request.stream.rawValue)", "reason": "\(error)"])
      return nil
    }
  }
}
