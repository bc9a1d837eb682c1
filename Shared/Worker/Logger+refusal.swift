package import Logging
package import ZeroMQ

extension Logger {
  /// Says that the queue is not there, or that it does not take the keys of this process.
  package func waits(for queue: String, _ refusal: ConnectionEnds.Refusal?) {
    guard let refusal, queue.hasPrefix("tcp:") else { return warning("waits for the queue") }
    error("is not let in by the queue and goes on trying", metadata: ["queue": "\(queue)", "reason": "\(refusal)"])
  }
}
