package import Record
package import Wire

/// A document as it is shown to people: what is known of it, and those of its layers that were asked for.
package struct Letter: Sendable, Equatable {
  package var number: UInt64
  package var job: JobID
  package var state: ClientReply.JobState
  package var stage: String
  /// When it was accepted, or put back, in milliseconds since 1970.
  package var time: UInt64
  /// Bytes of the layers that are kept.
  package var bytes: Int
  package var partition: String?
  /// The line of its failure, JSON.
  package var failure: [UInt8]?
  package var layers = Layers()

  package init(
    number: UInt64, job: JobID, state: ClientReply.JobState, stage: String, time: UInt64, bytes: Int,
    partition: String?, failure: [UInt8]?
  ) {
    self.number = number
    self.job = job
    self.state = state
    self.stage = stage
    self.time = time
    self.bytes = bytes
    self.partition = partition
    self.failure = failure
  }

  /// The object of `gongwen dlq show --json`.
  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("job", job.description)
      json.member("number", Int(clamping: number))
      json.member("state", state.rawValue)
      json.member("stage", stage)
      json.member("accepted_at", timestamp(secondsSince1970: Int(time / 1000)))
      json.member("bytes", bytes)
      json.member("partition", partition)
      guard let failure else { return }
      json.key("failure")
      json.raw(failure)
    }
    return json.bytes
  }
}

/// What a ledger is asked about documents.
package enum Inquiry: Sendable, Equatable {
  /// Those that ended without a record and were not dropped, with lower numbers than `before`.
  case letters(ClientRequest.Endings, before: UInt64, count: Int)
  /// One of any state, with the layers of these names.
  case document(JobID, layers: [String])

  /// Letters of one page at most.
  package static let page = 256
  /// Bytes of failures after which a page ends.
  package static let pageBytes = 1 << 20
}

/// Documents that ended without a record and are to be done again, or given up.
package struct Revision: Sendable, Equatable {
  package var kind: ClientRequest.Revision
  package var jobs: [JobID]
  /// By what a document's next stage is derived.
  package var topology: Topology
  /// Milliseconds since 1970.
  package var time: UInt64

  /// Bytes of bodies after which the rest is left for another revision: producers wait meanwhile.
  package static let bytes = 4 << 20
  /// Jobs of one revision at most.
  package static let count = 256

  package init(_ kind: ClientRequest.Revision, _ jobs: [JobID], _ topology: Topology, time: UInt64) {
    self.kind = kind
    self.jobs = jobs
    self.topology = topology
    self.time = time
  }
}

/// What became of one document of a revision.
package enum Revised: Sendable, Equatable {
  /// It waits for a stage under a new number.
  case retried(Ending, number: UInt64, stage: String, time: UInt64)
  /// With the bytes that were released.
  case dropped(Ending, bytes: Int)
  case refused(ClientReply.Outcome)
}

/// How a document had ended, and at which stage.
package struct Ending: Sendable, Equatable {
  package var final: Change.Final
  package var stage: String

  package init(_ final: Change.Final, stage: String) {
    self.final = final
    self.stage = stage
  }
}
