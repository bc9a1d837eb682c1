package import Record

/// What a worker says to the queue.
package enum WorkerMessage: Sendable, Equatable {
  /// Absolute credit: what the worker has granted in all since its session began.
  package struct Credit: Sendable, Equatable {
    package var messages: UInt64
    package var bytes: UInt64

    package init(messages: UInt64, bytes: UInt64) {
      self.messages = messages
      self.bytes = bytes
    }
  }

  /// Who the worker is. `partition` and `address` are empty but for sinks.
  package struct Announcement: Sendable, Equatable {
    package var stage: String
    package var name: String
    package var credit: Credit
    package var partition: String
    package var address: String

    package init(stage: String, name: String, credit: Credit, partition: String = "", address: String = "") {
      self.stage = stage
      self.name = name
      self.credit = credit
      self.partition = partition
      self.address = address
    }
  }

  case ready(Announcement)
  case start(Lease)
  case heartbeat([Lease])
  case result(Lease, microseconds: UInt64, layers: Layers)
  /// `rest` is how many milliseconds the next attempt waits at least.
  case fail(Lease, code: String, isRetryable: Bool, message: String, rest: UInt64 = 0)
  case giveBack(Lease)
  case bye

  package enum Command: String, CaseIterable, Sendable {
    case ready = "READY"
    case start = "START"
    case heartbeat = "HEARTBEAT"
    case result = "RES"
    case fail = "FAIL"
    case giveBack = "RETURN"
    case bye = "BYE"
  }

  package var frames: [[UInt8]] {
    switch self {
    case .ready(let announcement):
      FrameWriter(Command.ready).adding(announcement.stage).adding(announcement.name)
        .adding(announcement.credit.messages).adding(announcement.credit.bytes)
        .adding(announcement.partition).adding(announcement.address).frames
    case .start(let lease): FrameWriter(Command.start).adding(lease).frames
    case .heartbeat(let leases): FrameWriter(Command.heartbeat).adding(each: leases.map(\.bytes)).frames
    case .result(let lease, let microseconds, let layers):
      FrameWriter(Command.result).adding(lease).adding(microseconds).adding(layers).frames
    case .fail(let lease, let code, let isRetryable, let message, let rest):
      FrameWriter(Command.fail).adding(lease).adding(code).adding(isRetryable ? "R" : "F").adding(message)
        .adding(each: rest == 0 ? [] : [bigEndian(rest)]).frames
    case .giveBack(let lease): FrameWriter(Command.giveBack).adding(lease).frames
    case .bye: FrameWriter(Command.bye).frames
    }
  }

  package init(_ frames: [[UInt8]]) throws(WireError) {
    var (command, reader) = try FrameReader.open(frames, Command.self)
    switch command {
    case .ready:
      let stage = try reader.text()
      let name = try reader.text()
      let credit = Credit(messages: try reader.u64(), bytes: try reader.u64())
      self = .ready(
        Announcement(
          stage: stage, name: name, credit: credit, partition: try reader.text(), address: try reader.text()))
    case .start: self = .start(try reader.lease())
    case .heartbeat: self = .heartbeat(try reader.rest { (reader) throws(WireError) in try reader.lease() })
    case .result:
      self = .result(try reader.lease(), microseconds: try reader.u64(), layers: try reader.layers())
    case .fail:
      let lease = try reader.lease()
      let code = try reader.text()
      let verdict = try reader.bytes(width: 1)
      guard verdict == Array("R".utf8) || verdict == Array("F".utf8) else {
        throw WireError(.malformed, "A verdict is R or F.")
      }
      let message = try reader.text()
      let rest = reader.isAtEnd ? 0 : try reader.u64()
      self = .fail(lease, code: code, isRetryable: verdict == Array("R".utf8), message: message, rest: rest)
    case .giveBack: self = .giveBack(try reader.lease())
    case .bye: self = .bye
    }
  }
}

/// Which line a sink has of a job, as the layers of its RES: one of that name, without bytes.
package enum WrittenLine: String, Sendable {
  case record, failure

  package var layers: Layers {
    var layers = Layers()
    layers.append(rawValue, [])
    return layers
  }

  /// Nil for the layers of a sink that does not say.
  package init?(_ layers: Layers) {
    guard let name = layers.all.first?.name else { return nil }
    self.init(rawValue: name)
  }
}

/// What the queue says to a worker.
package enum QueueMessage: Sendable, Equatable {
  /// A document to work on.
  package struct Job: Sendable, Equatable {
    package var lease: Lease
    /// The order of acceptance.
    package var number: UInt64
    /// Every job with a lower number is finished.
    package var watermark: UInt64
    /// Processing starts so far, this one included.
    package var attempt: UInt32
    /// Seconds by stage, `fetch=0.0123 clean=0.0021`.
    package var timings: String
    package var layers: Layers

    package init(
      lease: Lease, number: UInt64, watermark: UInt64, attempt: UInt32, timings: String, layers: Layers
    ) {
      self.lease = lease
      self.number = number
      self.watermark = watermark
      self.attempt = attempt
      self.timings = timings
      self.layers = layers
    }
  }

  case accepted(epoch: UInt64, heartbeat: UInt64, lease: UInt64)
  case job(Job)
  case alive(epoch: UInt64)
  case error(WireError)

  package enum Command: String, CaseIterable, Sendable {
    case accepted = "ACCEPTED"
    case job = "JOB"
    case alive = "ALIVE"
    case error = "ERROR"
  }

  package var frames: [[UInt8]] {
    switch self {
    case .accepted(let epoch, let heartbeat, let lease):
      FrameWriter(Command.accepted).adding(epoch).adding(heartbeat).adding(lease).frames
    case .job(let job):
      FrameWriter(Command.job).adding(job.lease).adding(job.number).adding(job.watermark).adding(job.attempt)
        .adding(job.timings).adding(job.layers).frames
    case .alive(let epoch): FrameWriter(Command.alive).adding(epoch).frames
    case .error(let error): FrameWriter(Command.error).adding(error.code).adding(error.message).frames
    }
  }

  package init(_ frames: [[UInt8]]) throws(WireError) {
    var (command, reader) = try FrameReader.open(frames, Command.self)
    switch command {
    case .accepted:
      self = .accepted(epoch: try reader.u64(), heartbeat: try reader.u64(), lease: try reader.u64())
    case .job:
      let lease = try reader.lease()
      let number = try reader.u64()
      let watermark = try reader.u64()
      let attempt = try reader.u32()
      let timings = try reader.text()
      self = .job(
        Job(
          lease: lease, number: number, watermark: watermark, attempt: attempt, timings: timings,
          layers: try reader.layers()))
    case .alive: self = .alive(epoch: try reader.u64())
    case .error: self = .error(WireError(code: try reader.text(), message: try reader.text()))
    }
  }
}
