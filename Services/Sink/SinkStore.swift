package import Disk
package import Record
package import Wire

/// What a sink keeps of its partition: the streams of records and of failures, and which jobs they hold.
///
/// Jobs are added to a group, which `commit` makes durable as a whole. A job that comes again is part of the group without
/// a line of its own: its answer is due when everything that was written before it is durable.
package struct SinkStore: ~Copyable {
  package let partition: String
  private var records: SegmentLog
  private var failures: SegmentLog
  private var finished: Finished
  private var group: [Answer] = []
  private let lock: File

  /// What the queue is to be told of a job.
  package struct Answer: Sendable, Equatable {
    package var lease: Lease
    /// That of this delivery, or of an earlier one.
    package var line: WrittenLine
  }

  /// The jobs that have a line, by stream.
  private struct Finished {
    var records = FinishedJobs()
    var failures = FinishedJobs()

    func line(of job: FinishedJob) -> WrittenLine? {
      records.contains(job) ? .record : failures.contains(job) ? .failure : nil
    }

    mutating func insert(_ job: FinishedJob, _ line: WrittenLine) {
      switch line {
      case .record: records.insert(job)
      case .failure: failures.insert(job)
      }
    }

    mutating func advance(to watermark: UInt64) {
      records.advance(to: watermark)
      failures.advance(to: watermark)
    }
  }

  /// Opens the streams of a partition, and makes this process the only one that writes them.
  package static func open(
    _ home: Home, partition: String, segmentLimit: UInt64 = 128 << 20
  ) throws(SinkFailure) -> SinkStore {
    let folder = "\(home.records)/\(partition)"
    let lock = try lock(folder)
    let records = try log(folder, segmentLimit)
    let failures = try log("\(home.failures)/\(partition)", segmentLimit)
    let finished = try finished(records, failures)
    return SinkStore(partition, records, failures, finished, lock)
  }

  private init(
    _ partition: String, _ records: consuming SegmentLog, _ failures: consuming SegmentLog, _ finished: Finished,
    _ lock: File
  ) {
    self.partition = partition
    self.records = records
    self.failures = failures
    self.finished = finished
    self.lock = lock
  }

  private static func lock(_ folder: String) throws(SinkFailure) -> File {
    do throws(DiskError) {
      _ = try Folder(folder)
      let lock = try File("\(folder)/lock", .create)
      if lock.lock() { return lock }
    } catch {
      throw .disk(error)
    }
    throw .partitionTaken(folder)
  }

  private static func log(_ folder: String, _ segmentLimit: UInt64) throws(SinkFailure) -> SegmentLog {
    do throws(DiskError) {
      return try SegmentLog(folder, segmentLimit: segmentLimit)
    } catch {
      throw .disk(error)
    }
  }

  private static func finished(
    _ records: borrowing SegmentLog, _ failures: borrowing SegmentLog
  ) throws(SinkFailure) -> Finished {
    var finished = Finished()
    do throws(DiskError) {
      try finished.records.load(records)
      try finished.failures.load(failures)
    } catch {
      throw .disk(error)
    }
    return finished
  }

  /// Adds a job to the group: the layer `record` or `failure` becomes a line.
  ///
  /// A job without such a layer, or whose layer is not one line, is none of the group's and fails.
  package mutating func add(_ job: QueueMessage.Job) throws(StageFailure) {
    let finishedJob = FinishedJob(job.lease.job, number: job.number)
    finished.advance(to: job.watermark)
    (records.watermark, failures.watermark) = (job.watermark, job.watermark)
    let line = if let known = finished.line(of: finishedJob) { known } else { try write(job, of: finishedJob) }
    group.append(Answer(lease: job.lease, line: line))
  }

  private mutating func write(_ job: QueueMessage.Job, of finishedJob: FinishedJob) throws(StageFailure) -> WrittenLine
  {
    let line: WrittenLine = job.layers["failure"] == nil ? .record : .failure
    let bytes = try Self.line(job.layers.required(line.rawValue, stage: "sink"))
    switch line {
    case .record: records.append(bytes, of: finishedJob, watermark: job.watermark)
    case .failure: failures.append(bytes, of: finishedJob, watermark: job.watermark)
    }
    finished.insert(finishedJob, line)
    return line
  }

  /// Makes the group durable and returns its answers, which may now be given.
  ///
  /// When it throws, the group stays as it is and can be committed again, with more jobs added or not.
  package mutating func commit() throws(DiskError) -> [Answer] {
    try records.commit()
    try failures.commit()
    defer { group.removeAll(keepingCapacity: true) }
    return group
  }

  /// Removes the oldest file of each stream if it is beyond what is kept, and returns the offsets that went.
  ///
  /// - Parameter time: seconds since 1970.
  package mutating func removeOldest(
    _ retention: Retention, at time: Double
  ) throws(DiskError) -> [FetchRequest.Stream: Range<UInt64>] {
    var removed: [FetchRequest.Stream: Range<UInt64>] = [:]
    removed[.records] = try records.removeOldest(retention, at: time)
    removed[.failures] = try failures.removeOldest(retention, at: time)
    return removed
  }

  /// Whether jobs wait for a commit.
  package var hasGroup: Bool { !group.isEmpty }

  /// What was cut off when the streams were opened, in bytes.
  package var cut: UInt64 { records.cut + failures.cut }

  /// Where the durable lines of a stream end.
  package func end(of stream: FetchRequest.Stream) -> UInt64 {
    switch stream {
    case .records: records.end
    case .failures: failures.end
    }
  }

  /// Where the durable lines of each stream end.
  var ends: [FetchRequest.Stream: UInt64] { [.records: records.end, .failures: failures.end] }

  /// The answer to a request for lines.
  package func answer(_ request: FetchRequest) throws(DiskError) -> FetchReply {
    switch request.stream {
    case .records: try Self.answer(request, from: records)
    case .failures: try Self.answer(request, from: failures)
    }
  }

  /// Bytes that one answer has at most, unless a single line is longer: a slow reader must not make the sink wait.
  static let answerLimit: UInt64 = 1 << 20

  private static func answer(
    _ request: FetchRequest, from log: borrowing SegmentLog
  ) throws(DiskError) -> FetchReply {
    guard request.limit > 0 else {
      return .data(stream: request.stream, offset: log.start, next: log.start, end: log.end, lines: [])
    }
    let limit = Int(min(request.limit, answerLimit))
    guard let lines = try log.read(from: request.offset, limit: limit) else {
      return .error(
        WireError(
          .offsetOutOfRange,
          "No line of \(request.stream.rawValue) starts at \(request.offset); there are lines from \(log.start) to "
            + "\(log.end)."))
    }
    return .data(
      stream: request.stream, offset: request.offset, next: lines.next, end: log.end, lines: lines.bytes)
  }

  private static func line(_ layer: [UInt8]) throws(StageFailure) -> [UInt8] {
    guard !layer.isEmpty, !layer.contains(UInt8(ascii: "\n")) else {
      throw StageFailure(.malformedLayer, stage: "sink", "The layer to write is not one line of JSON.")
    }
    return layer
  }
}
