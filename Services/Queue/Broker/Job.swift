internal import Record
internal import Wire

/// A document in the window: what is known of it, and where it is. There is one object for each.
final class Job {
  enum Place: Equatable {
    /// In its line, waiting for a worker.
    case ready
    case leased
    /// Until its next attempt, in milliseconds of uptime.
    case resting(until: UInt64)
    /// Until the ledger has what happened to it.
    case committing
  }

  let id: JobID
  let number: UInt64
  /// When it was accepted, in milliseconds since 1970.
  let time: UInt64
  var layers: Layers
  var stage: Int { didSet { isRepeated = false } }
  var place = Place.committing
  /// The lease that counts; an older one is still held by a worker that was silent for too long.
  var lease: Lease?
  var holders: [(worker: WorkerSession, lease: Lease)] = []
  var deliveries: UInt32 = 0
  /// Whether it was given out at its stage before.
  var isRepeated = false
  var isStarted = false
  var attempts: Attempts
  var lastError: LastError?
  var partition: String?
  /// Whether the partition is in the ledger.
  var isAssigned = false
  var verdict: Change.Verdict?
  var timings: String

  init(_ id: JobID, number: UInt64, time: UInt64, layers: Layers, stage: Int) {
    self.id = id
    self.number = number
    self.time = time
    self.layers = layers
    self.stage = stage
    attempts = Attempts("")
    timings = ""
  }

  convenience init(_ document: StoredDocument, stage: Int) {
    self.init(
      document.job, number: document.number, time: document.time, layers: document.layers ?? Layers(), stage: stage)
    attempts = Attempts(document.attempts)
    lastError = document.lastError
    partition = document.partition
    isAssigned = document.partition != nil
    verdict = document.verdict
    timings = document.timings
  }

  /// Whether it counts as in flight, not as pending.
  var isInFlight: Bool { place == .leased || place == .committing }

  var subject: Change.Subject { Change.Subject(id, number: number) }

  /// The layers that a sink gets: the line it writes, and nothing of what the line was made from.
  var sinkLayers: Layers {
    var slim = Layers()
    if let verdict {
      slim.append("source", layers["source"] ?? [])
      slim.append("failure", verdict.line)
    } else if let record = layers["record"] {
      slim.append("record", record)
    } else {
      slim = layers
    }
    return slim
  }

  func addTiming(_ stage: String, microseconds: UInt64) {
    let digits = String(microseconds % 1_000_000)
    let fraction = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    timings += (timings.isEmpty ? "" : " ") + "\(stage)=\(microseconds / 1_000_000).\(fraction)"
  }
}

/// Starts by stage, of the stages that a document has not passed: `clean=2 extract=1`.
struct Attempts: Equatable {
  private var starts: [String: Int] = [:]

  init(_ text: String) {
    for word in text.split(separator: " ") {
      let parts = word.split(separator: "=")
      guard parts.count == 2, let count = Int(parts[1]) else { continue }
      starts[String(parts[0])] = count
    }
  }

  subscript(stage: String) -> Int { starts[stage] ?? 0 }

  /// The stage that was started most, of all but one.
  func most(except stage: String) -> (stage: String, count: Int)? {
    starts.filter { $0.key != stage }.max { $0.value < $1.value }.map { ($0.key, $0.value) }
  }

  mutating func count(_ stage: String) { starts[stage, default: 0] += 1 }

  mutating func pass(_ stage: String) { starts[stage] = nil }

  var text: String { starts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ") }
}
