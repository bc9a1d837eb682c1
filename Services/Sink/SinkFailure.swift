package import Disk
package import ZeroMQ

/// Why a sink cannot work.
package enum SinkFailure: Error, Sendable, CustomStringConvertible {
  case disk(DiskError)
  /// Another process writes the partition in this folder.
  case partitionTaken(String)
  case socket(SocketError)
  /// The queue does not take this sink, and says why.
  case refused(address: String, reason: String)

  package var description: String {
    switch self {
    case .disk(let error): error.description
    case .partitionTaken(let folder):
      "Another process writes \(folder). Stop it, or give this one another number with --instance."
    case .socket(let error): error.description
    case .refused(let address, let reason): "The queue at \(address) does not take this sink: \(reason)"
    }
  }
}
