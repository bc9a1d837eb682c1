/// The keys of a process, with which the sockets of its context speak over a network.
///
/// Every call may come from any thread. What cannot be had is `SocketError.insecure`, whose words say what to do.
package protocol KeyRing: Sendable {
  /// The key by which the servers of the pipeline prove who they are.
  func server() throws(SocketError) -> SecretKey
  /// The key by which this process says who it is, and the public one that it wants of servers.
  func client() throws(SocketError) -> (own: SecretKey, server: PublicKey)
  /// The name of a client that may connect; nil refuses it. Asked once for each connection.
  func name(ofClient key: PublicKey, at address: String) -> String?
}

/// Where an address leads, as far as it matters for who could listen on the way.
enum Reach {
  /// Within this machine, where file permissions say who may come.
  case machine
  /// tcp on the loopback interface, which only users of this machine reach.
  case loopback
  case network

  init(_ address: String) {
    let parts = address.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    switch parts.first {
    case "ipc:", "inproc:": self = .machine
    case "tcp:" where parts.count == 3: self = Self.isLoopback(parts[2]) ? .loopback : .network
    default: self = .network
    }
  }

  /// Whether a host is loopback by its digits or by the name that the system reserves; others are not looked up.
  private static func isLoopback(_ place: Substring) -> Bool {
    // `source;target` connects to the target.
    let target = place.split(separator: ";", omittingEmptySubsequences: false).last ?? ""
    let host = target.lastIndex(of: ":").map { target[..<$0] } ?? target
    if ["localhost", "[::1]", "::1"].contains(host) { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && !numbers.contains(nil) && numbers[0] == 127
  }
}

extension SocketError {
  static func needsKeys(_ address: String) -> SocketError {
    .insecure(
      "\(address) is open to the network, and there are no keys: whoever reaches it could read and write documents. Run "
        + "'gongwen keys init' where the queue runs, give each other machine its keys ('gongwen keys --help' says how), "
        + "or stay on this machine with tcp://127.0.0.1:port or ipc.")
  }
}
