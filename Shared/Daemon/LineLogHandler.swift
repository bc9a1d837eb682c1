private import Glibc
package import Logging
private import Record

/// Writes each event as one line to standard error: time, level, service, message, job, then the other fields by name.
package struct LineLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  private let service: String
  private let format: LogFormat

  /// - Parameter service: the process that speaks, `clean-1`.
  package init(service: String, format: LogFormat, level: Logger.Level) {
    self.service = service
    self.format = format
    logLevel = level
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let line = line(event, time: Self.now()).bytes(format)
    unsafe line.withUnsafeBytes { bytes in
      // A pipe takes a short line whole, so lines of several processes do not mix.
      _ = unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }

  func line(_ event: LogEvent, time: String) -> LogLine {
    var all = metadata.merging(event.metadata ?? [:]) { $1 }
    if let error = event.error { all["error"] = "\(error)" }
    var fields = [
      ("time", time), ("level", event.level.rawValue), ("service", service), ("msg", event.message.description),
    ]
    if let job = all.removeValue(forKey: "job") { fields.append(("job", "\(job)")) }
    fields += all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
    return LogLine(fields)
  }

  private static func now() -> String {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    let milliseconds = String(1000 + time.tv_nsec / 1_000_000).dropFirst()
    return timestamp(secondsSince1970: time.tv_sec).dropLast() + ".\(milliseconds)Z"
  }
}
