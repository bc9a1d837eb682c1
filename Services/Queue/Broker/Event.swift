internal import Record
package import Wire

/// A point in time, in milliseconds.
package struct Moment: Sendable, Equatable {
  /// Since some start; never goes back. Leases and rests are measured by it.
  package var uptime: UInt64
  /// Since 1970; what documents are stamped with.
  package var wall: UInt64

  package init(uptime: UInt64, wall: UInt64) {
    self.uptime = uptime
    self.wall = wall
  }
}

/// A connection, under the routing id that a ROUTER gave it.
package struct Peer: Hashable, Sendable {
  package let id: [UInt8]

  package init(_ id: [UInt8]) { self.id = id }
}

/// What happens to a broker.
package enum Event: Sendable {
  /// A message without its routing id.
  case client(Peer, [[UInt8]])
  case worker(Peer, [[UInt8]])
  /// A message to a worker found no connection. What it said before may still come.
  case unreachable(Peer)
  /// All that workers have said was taken: from those that are unreachable nothing comes any more.
  case heardOut
  /// Some worker's connection ended.
  case connectionLost
  case committed([Committed])
  /// Documents that could not be written; none of them is in the ledger.
  case bounced([Change])
  case loaded(stage: String, [StoredDocument])
  case sequence(Peer, producer: [UInt8], UInt64)
  case states(Peer, [JobID], [ClientReply.JobState])
  case found(Peer, Inquiry, [Letter])
  /// Free bytes on the ledger's disk.
  case space(UInt64)
  case time
}

/// What a broker wants done, in this order.
package enum Action: Sendable, Equatable {
  case reply(Peer, ClientReply)
  case send(Peer, QueueMessage)
  case commit(Change)
  case load(stage: String, after: UInt64, count: Int, bytes: Int)
  case findSequence(Peer, producer: [UInt8])
  case findStates(Peer, [JobID])
  case find(Peer, Inquiry)
  case note(Note)
}

/// A line for the log.
package struct Note: Sendable, Equatable {
  package enum Level: Sendable { case info, warning, error }

  package var level: Level
  package var text: String
  package var job: JobID?

  init(_ level: Level, _ text: String, job: JobID? = nil) {
    self.level = level
    self.text = text
    self.job = job
  }
}

/// The limits of a queue.
package struct Limits: Sendable, Equatable {
  /// Starts of a document at one stage before it is a dead letter.
  package var attempts = 5
  /// Milliseconds without a word of a lease before another worker gets the job.
  package var lease: UInt64 = 30_000
  package var documentBytes = 64 << 20
  /// Bytes of all bodies in the ledger before producers are told to wait.
  package var ledgerBytes: UInt64 = 16 << 30
  /// Bytes that stay free on the ledger's disk.
  package var diskReserve: UInt64 = 256 << 20
  /// Bytes of layers in memory before no further document is loaded.
  package var windowBytes = 48 << 20
  package var windowJobs = 2048
  /// Milliseconds before the second attempt after a retryable failure; each further wait is twice as long.
  package var rest: UInt64 = 250
  /// Milliseconds that a worker may ask the next attempt to wait; the document stays in memory meanwhile.
  package var longestRest: UInt64 = 600_000

  package init() {}

  /// Milliseconds between two heartbeats of a worker.
  var heartbeat: UInt64 { max(1, min(1000, lease / 4)) }
}
