package import ArgumentParser
internal import Daemon

/// The options of the queue's HTTP endpoint.
package struct HTTPOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where metrics, health and status are served over HTTP; GONGWEN_HTTP.",
      discussion: "HOST:PORT, or 'off'. By default 127.0.0.1:7500, or any free port where that one is taken; "
        + "'gongwen status --json' says which. The pages are /metrics (Prometheus), /healthz, /readyz and /status.",
      valueName: "address"))
  package var http: String = setting("GONGWEN_HTTP") ?? ""

  @Flag(
    help: ArgumentHelp(
      "Serve HTTP at an address that other machines reach; GONGWEN_HTTP_PUBLIC=1.",
      discussion: "Who reaches it can read the numbers and the names of stages, workers and sinks. Nobody can change "
        + "anything by it, and no document is shown."))
  package var httpPublic = false

  package init() {}

  package func validate() throws { _ = try address }

  /// Where to serve; nil for nowhere.
  var address: HTTPAddress? {
    get throws {
      guard !http.isEmpty else { return .usual }
      guard http != "off" else { return nil }
      guard let address = HTTPAddress(http) else {
        throw ValidationError("--http is '\(http)'; it must be HOST:PORT, such as 127.0.0.1:7500, or off.")
      }
      guard address.isLoopback || isPublic else {
        throw ValidationError(
          "--http \(http) can be reached from other machines, without encryption or password. Use 127.0.0.1, or say "
            + "--http-public (GONGWEN_HTTP_PUBLIC=1) if the network is yours.")
      }
      return address
    }
  }

  private var isPublic: Bool { httpPublic || setting("GONGWEN_HTTP_PUBLIC") == "1" }
}
