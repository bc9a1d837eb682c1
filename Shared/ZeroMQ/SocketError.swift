private import CZeroMQ
private import Glibc

/// What libzmq did not do, in words that say what to do next.
package enum SocketError: Error, Sendable, Equatable {
  /// The context was shut down: close the sockets and end.
  case terminated
  /// A ROUTER has no connection to the peer that a message names.
  case unreachable
  /// Another process listens at the address.
  case addressInUse(String)
  /// The path of an ipc address is longer than the operating system takes.
  case pathTooLong(String)
  /// The address cannot be bound or connected to.
  case badAddress(String, reason: String)
  /// The address would be open to others, or the keys for it cannot be had; the sentence says what to do.
  case insecure(String)
  /// Any other error, with the call and libzmq's words for it.
  case failed(call: String, reason: String)

  /// Bytes that the path of an ipc address has at most.
  package static let maximumPath = 107

  /// The error of the last call on this thread.
  static func last(_ call: String, address: String? = nil) -> SocketError {
    let number = zmq_errno()
    let reason = unsafe String(cString: zmq_strerror(number))
    return switch (number, address) {
    case (ETERM, _): .terminated
    case (EHOSTUNREACH, _): .unreachable
    case (EADDRINUSE, let address?): .addressInUse(address)
    case (ENAMETOOLONG, let address?): .pathTooLong(address)
    case (_, let address?): .badAddress(address, reason: reason)
    default: .failed(call: call, reason: reason)
    }
  }
}

extension SocketError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .terminated: "The sockets of this process are being closed."
    case .unreachable: "The peer is not connected."
    case .addressInUse(let address):
      "\(address) is in use by another process. Stop that process, or choose another address."
    case .pathTooLong(let address):
      "The path of \(address) is longer than the \(Self.maximumPath) bytes that a socket's path may have. "
        + "Set GONGWEN_HOME to a folder with a shorter path."
    case .badAddress(let address, let reason):
      "\(address) cannot be used: \(reason). An address is ipc:///path/of/a/socket or tcp://host:port; "
        + "the folder of the socket must exist and be writable."
    case .insecure(let sentence): sentence
    case .failed(let call, let reason): "\(call) failed: \(reason)."
    }
  }
}
