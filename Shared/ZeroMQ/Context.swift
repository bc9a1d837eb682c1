private import CZeroMQ

/// The I/O threads that all sockets of a process share.
///
/// It ends when the last socket made in it and the last reference to it are gone; messages still to be sent are then
/// given as long as each socket's linger allows.
@safe package final class Context: @unchecked Sendable {
  // libzmq's contexts are safe to use from any thread; sockets are not.
  let handle: UnsafeMutableRawPointer

  package init() {
    guard let handle = unsafe zmq_ctx_new() else { preconditionFailure("libzmq has no memory for a context") }
    unsafe self.handle = handle
  }

  deinit { while unsafe zmq_ctx_term(handle) == -1 && zmq_errno() == EINTR {} }

  /// Makes every call on a socket of this context throw `SocketError.terminated`, also one that waits at this moment.
  package func shutdown() { unsafe zmq_ctx_shutdown(handle) }
}
