package import Wire
package import ZeroMQ

/// What a queue is run with.
package struct QueueConfiguration: Sendable {
  package var home: Home
  package var address: QueueAddress
  package var topology: Topology
  package var limits: Limits
  /// Finished documents that are recognised when they are pushed again: the last ones.
  package var keepFinished: Int
  /// The keys for addresses of tcp.
  package var keys: (any KeyRing)?
  /// Where it serves HTTP, if it does.
  package var http: HTTPAddress?

  package init(
    home: Home, address: QueueAddress, topology: Topology, limits: Limits = Limits(),
    keepFinished: Int = SQLiteLedger.keptFinished, http: HTTPAddress? = nil
  ) {
    self.home = home
    self.address = address
    self.topology = topology
    self.limits = limits
    self.keepFinished = keepFinished
    self.http = http
  }
}
