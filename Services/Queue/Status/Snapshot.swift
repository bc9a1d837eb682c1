internal import Wire

/// The queue's numbers at one moment: what `status`, the metrics and the health checks are written from.
///
/// It is a value of its own, so that whoever reads it keeps nobody waiting.
struct Snapshot: Sendable {
  struct Stage: Sendable {
    var name: String
    var pending = 0
    var inFlight = 0
    var workers = 0
    /// Since the acceptance of the oldest document that is at this stage; 0 without one.
    var oldestSeconds = 0.0
    /// Documents a second that pass, over the last ten.
    var rate = 0.0
    /// What may still be sent to all its workers.
    var credit = Credit()
    var meter: StageMeter
  }

  struct Worker: Sendable {
    var name: String
    var stage: String
    var jobs: Int
    var credit: Credit
    var heartbeatSeconds: Double
    var rate: Double
  }

  /// A sink that documents were ever given to.
  struct Partition: Sendable {
    var name: String
    var isConnected: Bool
    /// Documents that are given to it and not yet known to be written.
    var lag: Int
  }

  struct Credit: Sendable, Equatable {
    var messages = 0
    /// Below 0 while a document is under way that is larger than the whole grant.
    var bytes = 0
  }

  /// Milliseconds of uptime at which it was taken.
  var uptime: UInt64
  var epoch: UInt64
  /// Where the queue serves HTTP, `http://127.0.0.1:7500`.
  var http: String?
  var done: Int
  var failed: Int
  var dead: Int
  /// In the order of the topology.
  var stages: [Stage]
  /// By name.
  var workers: [Worker]
  var partitions: [Partition]
  var producers: Int
  var windowJobs: Int
  var windowBytes: Int
  /// Bytes of all bodies in the ledger.
  var ledgerBytes: UInt64
  /// Free bytes of its disk; nil before the first look.
  var freeBytes: UInt64?
  /// Whether producers have to wait.
  var isFull: Bool
  var limits: Limits
  var commits = CommitMeter()

  var pending: Int { stages.reduce(0) { $0 + $1.pending } }
  var inFlight: Int { stages.reduce(0) { $0 + $1.inFlight } }
  var accepted: Int { pending + inFlight + done + failed + dead }
}
