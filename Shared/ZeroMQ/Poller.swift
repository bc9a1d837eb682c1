private import CZeroMQ

/// Waits for messages on several sockets, and for a wake-up from other threads.
@safe package struct Poller {
  private let sockets: [Socket]
  private let wakeUp: WakeUp?
  private var items: [zmq_pollitem_t]

  /// A poller for sockets and, if given, a wake-up, all of them for input.
  package init(_ sockets: [Socket], wakeUp: WakeUp? = nil) {
    self.sockets = sockets
    self.wakeUp = wakeUp
    unsafe items = sockets.map {
      unsafe zmq_pollitem_t(socket: $0.handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
    }
    if let wakeUp {
      unsafe items.append(
        zmq_pollitem_t(socket: nil, fd: wakeUp.descriptor, events: Int16(ZMQ_POLLIN), revents: 0))
    }
  }

  /// Waits until a socket has a message, the wake-up was signalled (it is then cleared), or the time is over; nil waits
  /// for ever. A signal ends the wait early. The result is whether the wake-up was signalled.
  @discardableResult
  package mutating func wait(_ time: Duration?) throws(SocketError) -> Bool {
    let count = unsafe items.count
    let result = unsafe zmq_poll(&items, Int32(count), time.map { Int($0.wholeMilliseconds) } ?? -1)
    if result == -1 {
      for index in unsafe items.indices { unsafe items[index].revents = 0 }
      guard zmq_errno() == EINTR else { throw .last("zmq_poll") }
    }
    guard let wakeUp, unsafe items[count - 1].revents != 0 else { return false }
    wakeUp.clear()
    return true
  }

  /// Whether the last wait found a message on the socket at a place of the initializer's list.
  package func isReady(_ place: Int) -> Bool {
    precondition(place < sockets.count, "there is no socket \(place) in this poller")
    return unsafe items[place].revents & Int16(ZMQ_POLLIN) != 0
  }

  /// Whether the next message on a socket should be awaited; a socket that is left alone stays full until the peer waits.
  package mutating func listen(_ isWanted: Bool, to place: Int) {
    unsafe items[place].events = isWanted ? Int16(ZMQ_POLLIN) : 0
  }
}
