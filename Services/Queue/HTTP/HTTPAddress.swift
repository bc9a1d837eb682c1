/// Where the queue serves HTTP.
package struct HTTPAddress: Sendable, Equatable {
  /// The port that is meant where none is said.
  static let usualPort = 7500

  package var host: String
  /// 0 for any free one.
  package var port: Int
  /// Whether any free port will do where this one is taken.
  package var mayMove = false

  /// Of a queue that was told nothing: a second one on the same machine takes another port.
  package static let usual = HTTPAddress(host: "127.0.0.1", port: usualPort, mayMove: true)

  package init(host: String, port: Int, mayMove: Bool = false) {
    self.host = host
    self.port = port
    self.mayMove = mayMove
  }

  /// Reads `HOST:PORT`, with an IPv6 address in brackets; `*` is every address of the machine. Nil for anything else.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), 0...65535 ~= port
    else { return nil }
    var host = text[..<colon]
    if host.first == "[", host.last == "]" {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty else { return nil }
    self.init(host: host == "*" ? "0.0.0.0" : String(host), port: port)
  }

  /// Whether only this machine can reach it; of names only `localhost` is taken to be so.
  package var isLoopback: Bool { host == "localhost" || host == "::1" || isIPv4Loopback }

  private var isIPv4Loopback: Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil } && parts[0] == "127"
  }
}
