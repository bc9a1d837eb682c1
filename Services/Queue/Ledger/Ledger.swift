package import Record
package import Wire

/// Where documents are durable.
///
/// Calls come from one thread. `commit` is the only way in: when it returns, all of its changes are on disk; when it
/// throws, none is.
package protocol Ledger: Sendable {
  /// Opens another epoch under a topology, and says what there is.
  func start(_ topology: Topology) throws -> Recovered

  /// Writes the changes in their order, all or none, and returns with what became of each, and then of the bodies that
  /// were released if there were any, once they are fsynced.
  func commit(_ changes: [Change]) throws -> [Committed]

  /// Unfinished documents of an entry stage with numbers above `after`, in their order: at most `count`, and no more
  /// after the one that exceeds `bytes`. Reads bodies.
  func load(stage: String, after: UInt64, count: Int, bytes: Int) throws -> [StoredDocument]

  /// The last committed sequence of a producer, 0 for one that is not known.
  func sequence(of producer: [UInt8]) throws -> UInt64

  /// What is known of each job; `pending` for all that are not finished.
  func states(of jobs: [JobID]) throws -> [ClientReply.JobState]

  /// The documents of an inquiry: those of a page with the highest number first, or the one, or none.
  func find(_ inquiry: Inquiry) throws -> [Letter]

  /// Removes some of the finished documents that need not be recognised any more, as commits do beside; says whether there
  /// may be more of them.
  func removeFinished() throws -> Bool
}

/// What a ledger holds when an epoch begins.
package struct Recovered: Sendable, Equatable {
  /// Unfinished documents of one entry stage.
  package struct Backlog: Sendable, Equatable {
    package var count: Int
    /// When the first of them was accepted, in milliseconds since 1970.
    package var oldest: UInt64

    package init(count: Int, oldest: UInt64) {
      self.count = count
      self.oldest = oldest
    }
  }

  package var epoch: UInt64
  package var backlog: [String: Backlog] = [:]
  package var done = 0
  package var failed = 0
  package var dead = 0
  /// Dead letters by the stage where they failed.
  package var deadLetters: [String: Int] = [:]
  /// Bytes of all bodies.
  package var bytes: UInt64 = 0
  /// The highest number given to a document.
  package var highest: UInt64 = 0
  /// Every partition that a document was ever assigned to.
  package var partitions: Set<String> = []

  package init(epoch: UInt64) { self.epoch = epoch }
}

/// What the broker asks to be made durable.
package enum Change: Sendable, Equatable {
  case accept(Acceptance)
  /// A sequence that was taken but holds no document.
  ///
  /// With the time in milliseconds since 1970.
  case skip(producer: [UInt8], sequence: UInt64, time: UInt64)
  /// The output of a checkpoint stage: the document's layers from now on, and its next stage.
  case checkpoint(Subject, stage: String, layers: Layers, timings: String)
  /// Starts by stage, `clean=2`, of the stages that were not passed, and the last error.
  case attempts(Subject, String, lastError: LastError?)
  case assign(Subject, partition: String)
  /// The document will be a failure; its next stage is the sink.
  case judge(Subject, Verdict, stage: String, partition: String?)
  case finish(Subject, Final)
  /// Retries or drops documents that ended without a record, as many of the first ones as move `Revision.bytes`.
  case revise(Revision)

  /// The document that a change is about: its job, and the number by which the ledger finds it without a search.
  package struct Subject: Hashable, Sendable {
    package var job: JobID
    package var number: UInt64

    package init(_ job: JobID, number: UInt64) {
      self.job = job
      self.number = number
    }
  }

  /// How a document ends.
  package enum Final: Int, Sendable, Equatable, CaseIterable {
    case done = 1
    case failed, dead
  }

  /// A document on its way into the ledger.
  package struct Acceptance: Sendable, Equatable {
    package var producer: [UInt8]
    package var sequence: UInt64
    package var job: JobID
    package var stage: String
    package var layers: Layers
    /// Milliseconds since 1970.
    package var time: UInt64

    package init(producer: [UInt8], sequence: UInt64, job: JobID, stage: String, layers: Layers, time: UInt64) {
      self.producer = producer
      self.sequence = sequence
      self.job = job
      self.stage = stage
      self.layers = layers
      self.time = time
    }
  }

  /// That a document will be a failure, the stage where it failed, and its line.
  package struct Verdict: Sendable, Equatable {
    package var final: Final
    package var stage: String
    package var line: [UInt8]

    package init(final: Final, stage: String, line: [UInt8]) {
      self.final = final
      self.stage = stage
      self.line = line
    }
  }
}

/// What went wrong with a document last.
package struct LastError: Sendable, Equatable {
  package var stage: String
  package var code: String
  package var message: String

  package init(stage: String, code: String, message: String) {
    self.stage = stage
    self.code = code
    self.message = message
  }
}

/// What became of a change.
package enum Committed: Sendable, Equatable {
  case accepted(Change.Acceptance, number: UInt64, bytes: Int)
  /// The same bytes were accepted under this key before.
  case known(producer: [UInt8], sequence: UInt64)
  /// Other bytes were accepted under this key before.
  case conflict(producer: [UInt8], sequence: UInt64)
  case skipped(producer: [UInt8], sequence: UInt64)
  /// A sequence that is not the next one of its producer: nothing was written.
  case outOfOrder(producer: [UInt8], sequence: UInt64)
  case checkpointed(JobID, bytes: Int)
  case counted(JobID)
  case assigned(JobID, partition: String)
  case judged(JobID)
  case finished(JobID, Change.Final)
  /// The bytes of all bodies that the group's finished documents gave up.
  case released(bytes: Int)
  /// What became of the first jobs of a revision, of one at least where there is one.
  case revised([Revised])
}

/// An unfinished document as the ledger has it.
package struct StoredDocument: Sendable, Equatable {
  package var number: UInt64
  package var job: JobID
  /// Milliseconds since 1970.
  package var time: UInt64
  /// Nil where the body cannot be read any more.
  package var layers: Layers?
  package var attempts: String
  package var lastError: LastError?
  package var partition: String?
  package var verdict: Change.Verdict?
  package var timings: String

  package init(
    number: UInt64, job: JobID, time: UInt64, layers: Layers?, attempts: String = "", lastError: LastError? = nil,
    partition: String? = nil, verdict: Change.Verdict? = nil, timings: String = ""
  ) {
    self.number = number
    self.job = job
    self.time = time
    self.layers = layers
    self.attempts = attempts
    self.lastError = lastError
    self.partition = partition
    self.verdict = verdict
    self.timings = timings
  }
}
