package import Disk

/// The jobs that have their line and that the queue may still deliver again.
///
/// The queue's watermark bounds them: every job with a lower number is finished for the queue as well.
package struct FinishedJobs: Sendable {
  private var jobs: Set<FinishedJob> = []
  private var watermark: UInt64 = 0
  private var pruneAt = 1024

  package init() {}

  /// How many are remembered.
  package var count: Int { jobs.count }

  package func contains(_ job: FinishedJob) -> Bool { jobs.contains(job) }

  package mutating func insert(_ job: FinishedJob) { jobs.insert(job) }

  /// Takes note of the watermark that came with a job, and forgets the jobs below it once they are about half of all.
  ///
  /// A watermark may fall: a queue that starts with another ledger counts anew.
  package mutating func advance(to watermark: UInt64) {
    self.watermark = watermark
    guard jobs.count >= pruneAt else { return }
    jobs = jobs.filter { $0.number >= watermark }
    pruneAt = max(1024, jobs.count * 2)
  }

  /// Remembers what the index of a log says, as far back as a job at or above the log's last watermark may stand.
  package mutating func load(_ log: borrowing SegmentLog) throws(DiskError) {
    var watermark: UInt64?
    try log.backward { entry in
      let bound = watermark ?? entry.watermark
      watermark = bound
      guard entry.highest >= bound else { return false }
      if entry.job.number >= bound { jobs.insert(entry.job) }
      return true
    }
    pruneAt = max(1024, jobs.count * 2)
  }
}
