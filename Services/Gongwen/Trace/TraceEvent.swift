internal import Daemon

/// What one process said of one document.
struct TraceEvent: Equatable {
  /// As in the log: UTC, with milliseconds, so that its order is that of time.
  var time: String
  /// The process, `clean-1`.
  var service: String
  var message: String
  /// The stage's own time, where it says one.
  var seconds: Double?
  var code: String?
  var reason: String?

  /// The words that end an attempt at a stage.
  static let endings: Set<String> = ["is done", "is durable", "failed"]

  init?(_ line: LogLine) {
    guard let time = line["time"], let service = line["service"], let message = line["msg"] else { return nil }
    (self.time, self.service, self.message) = (time, service, message)
    (seconds, code, reason) = (line["seconds"].flatMap(Double.init), line["code"], line["reason"])
  }

  /// The service without the number of the process.
  var stage: String {
    guard let hyphen = service.lastIndex(of: "-") else { return service }
    return String(service[..<hyphen])
  }

  var isEnding: Bool { Self.endings.contains(message) }
}
