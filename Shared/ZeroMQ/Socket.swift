private import CZeroMQ

/// A ZeroMQ socket. The thread that makes it owns it: it is not Sendable, so no other can use it.
///
/// What another thread wants sent goes through a `Mailbox` whose wake-up stands in the owner's `Poller`.
@safe package final class Socket {
  package enum Kind: Sendable {
    case dealer, router, push, pull, publish, subscribe, pair, reply

    fileprivate var number: Int32 {
      switch self {
      case .dealer: ZMQ_DEALER
      case .router: ZMQ_ROUTER
      case .push: ZMQ_PUSH
      case .pull: ZMQ_PULL
      case .publish: ZMQ_PUB
      case .subscribe: ZMQ_SUB
      case .pair: ZMQ_PAIR
      case .reply: ZMQ_REP
      }
    }
  }

  let handle: UnsafeMutableRawPointer
  /// Nil where whoever made the socket closes it before the context ends.
  private let context: Context?
  /// Where it is read what is said of this socket's connections. It stays as long as anything is said: libzmq's I/O
  /// thread, without which no socket of the context does anything, would wait for ever to tell nobody.
  private var monitor: Socket?

  /// A socket with settings; unsent messages are dropped when it closes unless a linger is set.
  package init(_ kind: Kind, in context: Context, _ options: SocketOption...) throws(SocketError) {
    guard let handle = unsafe zmq_socket(context.handle, kind.number) else { throw .last("zmq_socket") }
    unsafe self.handle = handle
    self.context = context
    for option in [.linger(.zero)] + options { try set(option) }
  }

  /// A socket that does not keep its context alive.
  init(_ kind: Kind, in context: ContextHandle) throws(SocketError) {
    guard let handle = unsafe zmq_socket(context.pointer, kind.number) else { throw .last("zmq_socket") }
    unsafe self.handle = handle
    self.context = nil
    try set(.linger(.zero))
  }

  deinit {
    if monitor != nil { unsafe _ = zmq_socket_monitor(handle, nil, 0) }
    unsafe zmq_close(handle)
  }

  /// Listens at an address. `tcp://127.0.0.1:*` takes any free port; `lastEndpoint` then says which.
  ///
  /// With the context's keys, only clients that they name may connect over tcp. Without keys tcp is taken on loopback
  /// only; else this throws `insecure`.
  ///
  /// An ipc socket whose file is there is taken over without asking, also from a process that is alive: who binds must
  /// make sure by a lock of its own that it is the only one.
  package func bind(_ address: String) throws(SocketError) {
    if let keys = try keys(for: address) {
      try context?.authenticate(keys)
      try set(.curveServer(keys.server()))
    }
    guard unsafe zmq_bind(handle, address) == 0 else { throw .last("zmq_bind", address: address) }
  }

  /// Connects to an address in the background, and again whenever the connection is lost.
  ///
  /// With the context's keys, over tcp only to a server that has the key that they name; without, as `bind`.
  package func connect(_ address: String) throws(SocketError) {
    if let keys = try keys(for: address) {
      let (own, server) = try keys.client()
      try set(.curveClient(own, server: server))
    }
    guard unsafe zmq_connect(handle, address) == 0 else { throw .last("zmq_connect", address: address) }
  }

  /// The keys that an address needs, if any.
  private func keys(for address: String) throws(SocketError) -> (any KeyRing)? {
    switch Reach(address) {
    case .machine: return nil
    case .loopback: return context?.keys
    case .network:
      guard let keys = context?.keys else { throw .needsKeys(address) }
      return keys
    }
  }

  /// The address that the last `bind` or `connect` used.
  package var lastEndpoint: String {
    get throws(SocketError) {
      var length = 1024
      var characters = [UInt8](repeating: 0, count: length)
      guard unsafe zmq_getsockopt(handle, ZMQ_LAST_ENDPOINT, &characters, &length) == 0 else {
        throw .last("zmq_getsockopt")
      }
      return String(decoding: characters.prefix(max(0, length - 1)), as: UTF8.self)
    }
  }

  /// A socket that receives a message each time a connection to this one ends, or an attempt to connect fails.
  ///
  /// The message does not say whose: a ROUTER with `mandatory` finds out by sending.
  package func disconnections() throws(SocketError) -> Socket {
    try monitor(ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_CLOSED)
  }

  func monitor(_ events: Int32) throws(SocketError) -> Socket {
    guard let context else { preconditionFailure("this socket does not know its context") }
    let address = unsafe "inproc://disconnections-\(UInt(bitPattern: handle))"
    guard unsafe zmq_socket_monitor(handle, address, events) == 0 else {
      throw .last("zmq_socket_monitor", address: address)
    }
    let monitor = try Socket(.pair, in: context, .receiveLimit(0))
    self.monitor = monitor
    try monitor.connect(address)
    return monitor
  }

  /// Changes a setting; all but `linger` have an effect only on connections made later.
  package func set(_ option: SocketOption) throws(SocketError) {
    for (name, value) in option.settings {
      let result =
        switch value {
        case .number(var number): unsafe zmq_setsockopt(handle, name, &number, MemoryLayout<Int32>.size)
        case .long(var number): unsafe zmq_setsockopt(handle, name, &number, MemoryLayout<Int64>.size)
        case .bytes(let bytes): unsafe zmq_setsockopt(handle, name, bytes, bytes.count)
        }
      guard result == 0 else { throw .last("zmq_setsockopt \(option)") }
    }
  }
}

@available(*, unavailable)
extension Socket: Sendable {}
