private import CZeroMQ
private import Synchronization

/// The I/O threads that all sockets of a process share, and the keys with which they speak over a network.
///
/// It ends when the last socket made in it and the last reference to it are gone; messages still to be sent are then
/// given as long as each socket's linger allows.
@safe package final class Context: @unchecked Sendable {
  // libzmq's contexts are safe to use from any thread; sockets are not.
  let handle: UnsafeMutableRawPointer
  /// The keys for tcp; without them tcp goes no further than loopback.
  let keys: (any KeyRing)?
  private let authenticator = Mutex<Authenticator?>(nil)

  package init(keys: (any KeyRing)? = nil) {
    guard let handle = unsafe zmq_ctx_new() else { preconditionFailure("libzmq has no memory for a context") }
    unsafe self.handle = handle
    self.keys = keys
  }

  deinit {
    authenticator.withLock { $0 }?.stop()
    while unsafe zmq_ctx_term(handle) == -1 && zmq_errno() == EINTR {}
  }

  /// Makes every call on a socket of this context throw `SocketError.terminated`, also one that waits at this moment.
  package func shutdown() { unsafe zmq_ctx_shutdown(handle) }

  /// Sees to it that somebody answers which clients may connect.
  func authenticate(_ keys: any KeyRing) throws(SocketError) {
    let made = authenticator.withLock { (held) -> Result<Void, SocketError> in
      guard held == nil else { return .success(()) }
      do throws(SocketError) {
        held = try Authenticator.start(in: self, keys)
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try made.get()
  }
}

/// A context that its user does not keep alive.
@safe struct ContextHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
}
