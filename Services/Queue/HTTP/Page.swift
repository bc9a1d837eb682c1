internal import Record

/// What the queue answers to one path.
struct Page: Equatable {
  enum Status: Equatable { case ok, notFound, unavailable }

  var status = Status.ok
  var type = "text/plain; charset=utf-8"
  var body: [UInt8]

  /// Silence of the thread of the sockets after which the queue counts as stuck, in milliseconds: it turns once a second.
  static let patience: UInt64 = 10_000

  private static let paths = "/metrics  /healthz  /readyz  /status\n"

  /// - Parameters:
  ///   - path: without the query.
  ///   - uptime: the time of now, on the clock of the snapshots.
  static func at(_ path: Substring, _ snapshot: Snapshot?, uptime: UInt64) -> Page {
    switch path {
    case "/": return Page(body: Array(paths.utf8))
    case "/healthz": return health(snapshot, uptime)
    case "/readyz": return readiness(snapshot, uptime)
    case "/metrics", "/status":
      guard let snapshot else { return starting }
      return path == "/status"
        ? Page(type: "application/json", body: snapshot.json + [UInt8(ascii: "\n")])
        : Page(type: "text/plain; version=0.0.4; charset=utf-8", body: snapshot.metrics + ProcessMetrics.now)
    default: return Page(status: .notFound, body: Array("There is nothing at this path. There are: \(paths)".utf8))
    }
  }

  private static let starting = unavailable("The queue is starting.")

  private static func unavailable(_ words: String) -> Page {
    Page(status: .unavailable, body: Array((words + "\n").utf8))
  }

  private static func health(_ snapshot: Snapshot?, _ uptime: UInt64) -> Page {
    guard let snapshot else { return starting }
    let silence = uptime - min(uptime, snapshot.uptime)
    guard silence < patience else { return unavailable("The queue has not turned for \(silence / 1000) s.") }
    return Page(body: Array("ok\n".utf8))
  }

  /// Whether a producer would be served now.
  private static func readiness(_ snapshot: Snapshot?, _ uptime: UInt64) -> Page {
    let health = health(snapshot, uptime)
    guard health.status == .ok, let snapshot else { return health }
    if snapshot.isFull {
      return unavailable(
        "Producers have to wait: the ledger holds \(snapshot.ledgerBytes) bytes"
          + (snapshot.freeBytes.map { ", its disk has \($0) left" } ?? "") + ".")
    }
    return snapshot.commits.isFailing ? unavailable("The ledger's disk does not take what is written.") : health
  }
}
