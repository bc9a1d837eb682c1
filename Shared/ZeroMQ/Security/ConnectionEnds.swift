private import CZeroMQ

/// Says of a client's socket when its connection has ended or could not be made, and whether the keys were why.
package struct ConnectionEnds {
  /// Why a connection was not made, though somebody is there.
  package enum Refusal: Sendable, Equatable {
    /// The server does not allow the client's key.
    case key
    /// The connection ended before the two sides knew each other: most likely the server's key is not the one wanted, or
    /// only one side has keys. Which it was, only the side knows that ended it.
    case handshake
  }

  /// What a `Poller` waits for.
  package let socket: Socket
  /// What was said of the connection so far.
  private var refusal: Refusal?

  package init(of client: Socket) throws(SocketError) {
    socket = try client.monitor(
      ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_CLOSED | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
        | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH)
  }

  package enum End: Sendable, Equatable {
    case lost
    case refused(Refusal)
  }

  /// The next end of a connection, or nil if there was none.
  package mutating func next() throws(SocketError) -> End? {
    while let frames = try socket.receive() {
      // The number of the event (16 bits) and a value (32 bits) in the order of this machine, then the address.
      guard let facts = frames.first, facts.count >= 6 else { continue }
      switch Int32(facts[0]) | Int32(facts[1]) << 8 {
      case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH: refusal = .key
      case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL, ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL: refusal = refusal ?? .handshake
      default:
        defer { refusal = nil }
        return refusal.map(End.refused) ?? .lost
      }
    }
    return nil
  }
}

extension ConnectionEnds.Refusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .key:
      "The key of this client is not allowed there. Where the queue runs, 'gongwen keys add NAME KEY' allows it; here "
        + "'gongwen keys show' prints it."
    case .handshake:
      "Somebody is there, but the connection ended before it was made. Either one side has keys and the other has none, or "
        + "server.pub here is not the key of that server: compare 'gongwen keys show' on both sides. The keys are in "
        + "GONGWEN_KEYS, else in keys/ of GONGWEN_HOME."
    }
  }
}
