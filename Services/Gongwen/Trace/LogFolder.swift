internal import Daemon
internal import Glibc
internal import Wire

/// The logs of all processes of a home, those that were rotated away as well.
struct LogFolder {
  /// Bytes of a line at most: longer ones are not of the kind that is looked for.
  static let longestLine = 64 << 10

  let path: String

  /// What was said of the documents whose ids begin with some digits, by job; linear in the logs.
  func events(prefix: String) -> [String: [TraceEvent]] {
    let files = ((try? Path(path).names()) ?? []).map { String(decoding: $0, as: UTF8.self) }.filter {
      $0.contains(".log")
    }
    var events: [String: [TraceEvent]] = [:]
    for file in files { read(path + "/" + file, prefix, into: &events) }
    return events.mapValues { $0.sorted { ($0.time, $0.service) < ($1.time, $1.service) } }
  }

  private func read(_ file: String, _ prefix: String, into events: inout [String: [TraceEvent]]) {
    let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var lines = LineReader(descriptor, limit: Self.longestLine)
    let digits = Array(prefix.utf8)
    while let line = lines.next() {
      // Most lines are of other documents, and need not be taken apart.
      guard let bytes = line.bytes, bytes.contains(digits), let fields = LogLine(bytes), let job = fields["job"],
        job.hasPrefix(prefix), JobID(job) != nil, let event = TraceEvent(fields)
      else { continue }
      events[job, default: []].append(event)
    }
  }
}
