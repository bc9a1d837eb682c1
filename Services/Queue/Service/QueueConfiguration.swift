package import Wire

/// What a queue is run with.
package struct QueueConfiguration: Sendable {
  package var home: Home
  package var address: QueueAddress
  package var topology: Topology
  package var limits: Limits

  package init(home: Home, address: QueueAddress, topology: Topology, limits: Limits = Limits()) {
    self.home = home
    self.address = address
    self.topology = topology
    self.limits = limits
  }
}
