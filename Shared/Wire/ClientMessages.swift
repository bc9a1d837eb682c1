package import Record

/// What a client says to the queue.
package enum ClientRequest: Sendable, Equatable {
  case hello(producer: [UInt8])
  case put(sequence: UInt64, key: String, layers: Layers)
  case ask(jobs: [JobID])
  case status
  case sinks
  /// A page of letters with lower numbers than `before`, the newest first.
  case letters(Endings, before: UInt64, count: UInt64)
  /// One document, with those of its layers that are named.
  case show(JobID, layers: [String])
  case revise(Revision, jobs: [JobID])
  /// Of the documents that pass a stage from now on, each `every`th one is to be shown, `count` at most.
  case tap(stage: String, every: UInt64, count: UInt64, layers: [String])

  package enum Command: String, CaseIterable, Sendable {
    case hello = "HELLO"
    case put = "PUT"
    case ask = "ASK"
    case status = "STATUS"
    case sinks = "SINKS"
    case letters = "LETTERS"
    case show = "SHOW"
    case retry = "RETRY"
    case drop = "DROP"
    case tap = "TAP"
  }

  package var frames: [[UInt8]] {
    switch self {
    case .hello(let producer): FrameWriter(Command.hello).adding(producer).frames
    case .put(let sequence, let key, let layers):
      FrameWriter(Command.put).adding(sequence).adding(key).adding(layers).frames
    case .ask(let jobs): FrameWriter(Command.ask).adding(each: jobs.map(\.bytes)).frames
    case .status: FrameWriter(Command.status).frames
    case .sinks: FrameWriter(Command.sinks).frames
    case .letters(let endings, let before, let count):
      FrameWriter(Command.letters).adding(endings.rawValue).adding(before).adding(count).frames
    case .show(let job, let layers):
      FrameWriter(Command.show).adding(job.bytes).adding(each: layers.map { Array($0.utf8) }).frames
    case .revise(let revision, let jobs):
      FrameWriter(revision == .retry ? Command.retry : .drop).adding(each: jobs.map(\.bytes)).frames
    case .tap(let stage, let every, let count, let layers):
      FrameWriter(Command.tap).adding(stage).adding(every).adding(count).adding(each: layers.map { Array($0.utf8) })
        .frames
    }
  }

  package init(_ frames: [[UInt8]]) throws(WireError) {
    var (command, reader) = try FrameReader.open(frames, Command.self)
    switch command {
    case .hello: self = .hello(producer: try reader.bytes(width: 16))
    case .put:
      let sequence = try reader.u64()
      let key = try reader.text()
      guard 1...255 ~= key.utf8.count else { throw WireError(.malformed, "A key has 1 to 255 bytes.") }
      self = .put(sequence: sequence, key: key, layers: try reader.layers())
    case .ask: self = .ask(jobs: try reader.jobs())
    case .status: self = .status
    case .sinks: self = .sinks
    case .letters:
      self = .letters(try reader.word(Endings.self), before: try reader.u64(), count: try reader.u64())
    case .show:
      self = .show(
        JobID(try reader.bytes(width: 16)),
        layers: try reader.rest { (reader) throws(WireError) in try reader.text() })
    case .retry: self = .revise(.retry, jobs: try reader.jobs())
    case .drop: self = .revise(.drop, jobs: try reader.jobs())
    case .tap:
      self = .tap(
        stage: try reader.text(), every: try reader.u64(), count: try reader.u64(),
        layers: try reader.rest { (reader) throws(WireError) in try reader.text() })
    }
  }
}

/// What the queue answers a client.
package enum ClientReply: Sendable, Equatable {
  /// How far a job is.
  package enum JobState: String, Sendable, CaseIterable {
    case pending
    case inFlight = "in_flight"
    case done, failed, dead, unknown
  }

  /// A sink and where it serves FETCH; without an address if it is away.
  package struct Partition: Sendable, Equatable {
    package var name: String
    package var address: String

    package init(name: String, address: String) {
      self.name = name
      self.address = address
    }
  }

  case welcome(epoch: UInt64, sequence: UInt64)
  case ok(sequence: UInt64, known: [UInt64])
  case busy(sequence: UInt64, milliseconds: UInt64)
  case refused(sequence: UInt64, code: String, message: String)
  case states([JobState])
  case report(json: [UInt8])
  case partitions([Partition])
  /// A JSON object for each letter; none where there is no further one.
  case listed([[UInt8]])
  /// A document as a JSON object, empty where its job is not known, and the layers that were asked for and are there.
  case shown(json: [UInt8], layers: Layers)
  /// Of the first jobs that were to be retried or dropped, one at least.
  case revised([Outcome])
  /// What happened to a document at the stage that is tapped, as a JSON object, and the layers that were asked for.
  case tapped(json: [UInt8], layers: Layers)
  case error(WireError)

  package enum Command: String, CaseIterable, Sendable {
    case welcome = "WELCOME"
    case ok = "OK"
    case busy = "BUSY"
    case refused = "REFUSED"
    case states = "STATES"
    case report = "REPORT"
    case partitions = "PARTITIONS"
    case listed = "LISTED"
    case shown = "SHOWN"
    case revised = "REVISED"
    case tapped = "TAPPED"
    case error = "ERROR"
  }

  package var frames: [[UInt8]] {
    switch self {
    case .welcome(let epoch, let sequence): FrameWriter(Command.welcome).adding(epoch).adding(sequence).frames
    case .ok(let sequence, let known):
      FrameWriter(Command.ok).adding(sequence).adding(each: known.map(bigEndian)).frames
    case .busy(let sequence, let milliseconds):
      FrameWriter(Command.busy).adding(sequence).adding(milliseconds).frames
    case .refused(let sequence, let code, let message):
      FrameWriter(Command.refused).adding(sequence).adding(code).adding(message).frames
    case .states(let states): FrameWriter(Command.states).adding(each: states.map { Array($0.rawValue.utf8) }).frames
    case .report(let json): FrameWriter(Command.report).adding(json).frames
    case .partitions(let partitions):
      FrameWriter(Command.partitions).adding(
        each: partitions.flatMap { [Array($0.name.utf8), Array($0.address.utf8)] }
      )
      .frames
    case .listed(let letters): FrameWriter(Command.listed).adding(each: letters).frames
    case .shown(let json, let layers): FrameWriter(Command.shown).adding(json).adding(layers).frames
    case .revised(let outcomes):
      FrameWriter(Command.revised).adding(each: outcomes.map { Array($0.rawValue.utf8) }).frames
    case .tapped(let json, let layers): FrameWriter(Command.tapped).adding(json).adding(layers).frames
    case .error(let error): FrameWriter(Command.error).adding(error.code).adding(error.message).frames
    }
  }

  package init(_ frames: [[UInt8]]) throws(WireError) {
    var (command, reader) = try FrameReader.open(frames, Command.self)
    switch command {
    case .welcome: self = .welcome(epoch: try reader.u64(), sequence: try reader.u64())
    case .ok:
      self = .ok(
        sequence: try reader.u64(), known: try reader.rest { (reader) throws(WireError) in try reader.u64() })
    case .busy: self = .busy(sequence: try reader.u64(), milliseconds: try reader.u64())
    case .refused:
      self = .refused(sequence: try reader.u64(), code: try reader.text(), message: try reader.text())
    case .states:
      self = .states(
        try reader.rest { (reader) throws(WireError) in
          guard let state = JobState(rawValue: try reader.text()) else {
            throw WireError(.malformed, "A job is in a state that is not known here.")
          }
          return state
        })
    case .report: self = .report(json: try reader.bytes())
    case .partitions:
      self = .partitions(
        try reader.rest { (reader) throws(WireError) in
          Partition(name: try reader.text(), address: try reader.text())
        })
    case .listed: self = .listed(try reader.rest { (reader) throws(WireError) in try reader.bytes() })
    case .shown: self = .shown(json: try reader.bytes(), layers: try reader.layers())
    case .revised:
      self = .revised(try reader.rest { (reader) throws(WireError) in try reader.word(Outcome.self) })
    case .tapped: self = .tapped(json: try reader.bytes(), layers: try reader.layers())
    case .error: self = .error(WireError(code: try reader.text(), message: try reader.text()))
    }
  }
}
