private import CZeroMQ

/// A setting of a socket, made before it binds or connects.
package enum SocketOption: Sendable {
  /// How long messages that are not sent yet are kept after the socket is closed; nil is for ever.
  case linger(Duration?)
  /// Messages that wait to be sent for each peer at most; 0 is without limit.
  case sendLimit(Int)
  /// Messages that wait to be received from each peer at most; 0 is without limit.
  case receiveLimit(Int)
  /// The first and the longest wait before a lost connection is made again.
  case reconnect(first: Duration, longest: Duration)
  /// A connection that is lost, or cannot be made, is not made again.
  case neverReconnect
  /// How often the connection is tried when nothing is sent, and after how long a silence it counts as dead.
  case heartbeat(every: Duration, timeout: Duration)
  /// A message to a peer that is not connected throws `unreachable` instead of being dropped (ROUTER).
  case mandatory
  /// A peer that connects again under its routing id takes the place of its old connection (ROUTER).
  case handover
  /// Bytes of a received frame at most; a peer that sends more is disconnected.
  case maximumFrame(Int)
  /// The name under which a ROUTER knows this socket, 1 to 255 bytes.
  case routingID([UInt8])
  /// Messages wait only for peers that are connected, not for ones that may come.
  case onlyConnected
  /// How long a peer may take to say who it is before it is disconnected.
  case handshakeLimit(Duration)
  /// Connections that the operating system keeps waiting for the server.
  case backlog(Int)
  /// A server with this key, to which only those come that the context's `KeyRing` names.
  case curveServer(SecretKey)
  /// A client with this key, for a server with that one.
  case curveClient(SecretKey, server: PublicKey)
  /// The start of the messages wanted (SUB).
  case subscription([UInt8])

  /// The settings of libzmq with their values.
  var settings: [(name: Int32, value: Value)] {
    switch self {
    case .linger(let time): [(ZMQ_LINGER, .number(time?.wholeMilliseconds ?? -1))]
    case .sendLimit(let limit): [(ZMQ_SNDHWM, .number(Int32(clamping: limit)))]
    case .receiveLimit(let limit): [(ZMQ_RCVHWM, .number(Int32(clamping: limit)))]
    case .reconnect(let first, let longest):
      [
        (ZMQ_RECONNECT_IVL, .number(first.wholeMilliseconds)),
        (ZMQ_RECONNECT_IVL_MAX, .number(longest.wholeMilliseconds)),
      ]
    case .neverReconnect: [(ZMQ_RECONNECT_IVL, .number(-1))]
    case .heartbeat(let interval, let timeout):
      [
        (ZMQ_HEARTBEAT_IVL, .number(interval.wholeMilliseconds)),
        (ZMQ_HEARTBEAT_TIMEOUT, .number(timeout.wholeMilliseconds)),
      ]
    case .mandatory: [(ZMQ_ROUTER_MANDATORY, .number(1))]
    case .handover: [(ZMQ_ROUTER_HANDOVER, .number(1))]
    case .maximumFrame(let bytes): [(ZMQ_MAXMSGSIZE, .long(Int64(bytes)))]
    case .routingID(let bytes): [(ZMQ_ROUTING_ID, .bytes(bytes))]
    case .onlyConnected: [(ZMQ_IMMEDIATE, .number(1))]
    case .handshakeLimit(let time): [(ZMQ_HANDSHAKE_IVL, .number(time.wholeMilliseconds))]
    case .backlog(let count): [(ZMQ_BACKLOG, .number(Int32(clamping: count)))]
    case .curveServer(let key):
      [
        (ZMQ_CURVE_SERVER, .number(1)), (ZMQ_CURVE_SECRETKEY, .bytes(key.bytes)),
        (ZMQ_ZAP_DOMAIN, .bytes(Array(Authenticator.domain.utf8))),
        (Int32(GONGWEN_ZAP_ENFORCE_DOMAIN), .number(1)),
      ]
    case .curveClient(let key, let server):
      [
        (ZMQ_CURVE_SECRETKEY, .bytes(key.bytes)), (ZMQ_CURVE_PUBLICKEY, .bytes(key.publicKey.bytes)),
        (ZMQ_CURVE_SERVERKEY, .bytes(server.bytes)),
      ]
    case .subscription(let prefix): [(ZMQ_SUBSCRIBE, .bytes(prefix))]
    }
  }

  enum Value {
    case number(Int32)
    case long(Int64)
    case bytes([UInt8])
  }
}

extension Duration {
  /// Milliseconds, rounded up, so that a short time does not become none.
  var wholeMilliseconds: Int32 {
    let (seconds, attoseconds) = components
    let milliseconds = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(
      clamping: seconds.multipliedReportingOverflow(by: 1000).overflow ? .max : seconds * 1000 + milliseconds)
  }
}
