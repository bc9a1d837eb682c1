private import Foundation
internal import Disk
internal import GRDB
internal import Record
package import Wire

/// The ledger in one SQLite file, `ledger.sqlite`.
///
/// Write-ahead log with `synchronous=FULL`: a commit is one append to the log and one fsync. Moving the log into the file
/// (a checkpoint) happens on a connection of its own.
package struct SQLiteLedger: Ledger {
  let database: DatabaseQueue
  let bodies: BodyFiles
  let keptFinished: Int
  private let checkpoints: Checkpoints

  /// Finished documents that are kept to be recognised, unless something else is said.
  package static let keptFinished = 1_000_000

  /// Opens or creates the ledger in a folder that exists. Of finished documents it keeps the last ones, as many as is said.
  ///
  /// Throws `Damaged` for a file that is no ledger, for one whose documents cannot be read, and for none where there is
  /// what only a ledger can have left.
  package init(folder: String, keepingFinished: Int = keptFinished) throws {
    keptFinished = keepingFinished
    let path = folder + "/ledger.sqlite"
    try Replacement(folder: folder).finish()
    // To be seen before SQLite opens the file: it removes the log of one that is empty.
    guard !File.isEmpty(path) || File.isEmpty(path + "-wal") else {
      throw Damaged(path: path, reason: "it is empty or missing, but its log is there")
    }
    do {
      database = try DatabaseQueue(path: path, configuration: Schema.configuration)
      try database.writeWithoutTransaction { db in
        try Self.check(db, folder)
        try Schema.create(db)
      }
      checkpoints = try Checkpoints(path: path)
      bodies = try BodyFiles(folder: folder + "/bodies")
    } catch let error as DatabaseError where Self.isDamage(error) {
      throw Damaged(path: path, reason: error.message ?? "\(error.resultCode)")
    }
  }

  /// A ledger whose file cannot be relied on.
  package struct Damaged: Error, CustomStringConvertible {
    let path: String
    let reason: String
    package var description: String { "The ledger \(path) is damaged: \(reason)." }
  }

  static func isDamage(_ error: any Error) -> Bool {
    guard let error = error as? DatabaseError else { return false }
    return [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
  }

  private static func check(_ db: Database, _ folder: String) throws {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard version <= Schema.version else {
      throw NewerLedger(version: version)
    }
    guard version > 0 else {
      guard (try? BodyFiles.numbers(in: folder + "/bodies"))?.isEmpty ?? true else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "it is empty or missing, but bodies are there")
      }
      return
    }
    let finding = try String.fetchOne(db, sql: "PRAGMA quick_check('documents')") ?? "ok"
    guard finding == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: finding) }
  }

  /// A ledger that a later release of this program made.
  package struct NewerLedger: Error, CustomStringConvertible {
    let version: Int
    package var description: String {
      "The ledger has version \(version), this program knows \(Schema.version): a later release made it. Use that one."
    }
  }

  package func start(_ topology: Topology) throws -> Recovered {
    try database.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        try adopt(topology, db)
        try forgetProducers(db)
        try db.execute(sql: "UPDATE ledger SET epoch = epoch + 1, topology = ?", arguments: [topology.text])
        return .commit
      }
      try bodies.adopt(Self.places(db))
      return try recovered(db)
    }
  }

  /// Producers that are remembered from one epoch to the next.
  static let producers = 100_000

  /// Forgets the producers that were not heard of for longest: each push is one, and there is no end to them.
  private func forgetProducers(_ db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM producers WHERE time <
          (SELECT time FROM producers ORDER BY time DESC LIMIT 1 OFFSET ?)
        """, arguments: [Self.producers])
  }

  /// Derives the next stage of each pending document anew where the topology is not the one of last time.
  private func adopt(_ topology: Topology, _ db: Database) throws {
    guard try String.fetchOne(db, sql: "SELECT topology FROM ledger") != topology.text else { return }
    let kinds = try String.fetchAll(
      db, sql: "SELECT DISTINCT layers FROM documents WHERE state = 0 AND verdict IS NULL")
    for names in kinds {
      let layers = Set(names.split(separator: " ").map(String.init))
      let stage = topology.stages[topology.next(from: 0) { layers.contains($0) }].name
      try db.execute(
        sql: "UPDATE documents SET stage = ? WHERE state = 0 AND verdict IS NULL AND layers = ?",
        arguments: [stage, names])
    }
    try db.execute(
      sql: "UPDATE documents SET stage = ? WHERE state = 0 AND verdict IS NOT NULL",
      arguments: [topology.stages[topology.sink].name])
  }

  private func recovered(_ db: Database) throws -> Recovered {
    guard let totals = try Row.fetchOne(db, sql: "SELECT epoch, done, failed, dead, bytes FROM ledger") else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the row of totals is missing")
    }
    var recovered = Recovered(epoch: totals[0])
    (recovered.done, recovered.failed, recovered.dead) = (totals[1], totals[2], totals[3])
    recovered.bytes = UInt64(clamping: totals[4] as Int64)
    recovered.highest = try UInt64.fetchOne(db, sql: "SELECT max(number) FROM documents") ?? 0
    recovered.partitions = try String.fetchSet(db, sql: "SELECT name FROM partitions")
    let letters = try Row.fetchAll(
      db,
      sql: """
        SELECT coalesce(error_stage, ''), count(*) FROM documents INDEXED BY ended
        WHERE state >= 2 AND state = 3 GROUP BY error_stage
        """)
    for row in letters { recovered.deadLetters[row[0], default: 0] += row[1] }
    let backlog = try Row.fetchAll(
      db,
      sql: """
        SELECT stage, n, time FROM documents JOIN
          (SELECT count(*) AS n, min(number) AS first FROM documents INDEXED BY backlog WHERE state = 0 GROUP BY stage)
          ON number = first
        """)
    for row in backlog { recovered.backlog[row[0]] = .init(count: row[1], oldest: row[2]) }
    return recovered
  }

  /// Begins to move the log into the file if much was written since the last time.
  func tidy(bytes: Int) { checkpoints.consider(bytes, on: database) }

  package func sequence(of producer: [UInt8]) throws -> UInt64 {
    try database.unsafeRead { db in try Self.sequence(of: producer, db) }
  }

  static func sequence(of producer: [UInt8], _ db: Database) throws -> UInt64 {
    let statement = try db.cachedStatement(sql: "SELECT sequence FROM producers WHERE id = ?")
    return try UInt64.fetchOne(statement, arguments: [Data(producer)]) ?? 0
  }

  package func states(of jobs: [JobID]) throws -> [ClientReply.JobState] {
    try database.unsafeRead { db in
      let statement = try db.cachedStatement(sql: "SELECT state FROM documents WHERE job = ?")
      return try jobs.map { job in
        let state = try Int.fetchOne(statement, arguments: [Data(job.bytes)])
        return state.map { .init(Change.Final(rawValue: $0)) } ?? .unknown
      }
    }
  }
}
