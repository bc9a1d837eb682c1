private import Foundation
internal import GRDB
internal import Record
internal import Wire

extension SQLiteLedger {
  package func commit(_ changes: [Change]) throws -> [Committed] {
    let fillsFile = changes.reduce(0) { $0 + $1.bodySize } >= BodyFiles.worth
    defer { tidy(bytes: changes.reduce(Group.weight) { $0 + $1.weight(fillsFile ? BodyFiles.smallest : .max) }) }
    return try database.writeWithoutTransaction { db in
      var group = Group(db: db, files: bodies, keptFinished: keptFinished)
      group.fillsFile = fillsFile
      var committed: [Committed] = []
      do {
        try db.inTransaction(.immediate) {
          committed = try changes.map { try group.apply($0) }
          try group.close()
          if group.released > 0 { committed.append(.released(bytes: group.released)) }
          return .commit
        }
      } catch {
        bodies.undo()
        throw error
      }
      bodies.settle()
      return committed
    }
  }
}

extension Change {
  /// Bytes of the body that it writes.
  fileprivate var bodySize: Int {
    switch self {
    case .accept(let document): document.layers.size
    case .checkpoint(_, _, let layers, _): layers.size
    default: 0
    }
  }

  /// About how many bytes it adds to the log, where the largest body that stands in its row is known.
  fileprivate func weight(_ largest: Int) -> Int {
    if case .revise = self { Revision.bytes } else { 4096 + min(bodySize, largest) }
  }
}

/// One transaction under way: what it adds to the totals, where its producers stand, and which partitions it assigns.
struct Group {
  /// About how many bytes a group adds to the log, whatever is in it: pages of the indices, the producers and the totals. One
  /// document alone was measured to add 50 KB, itself included.
  static let weight = 44 << 10

  let db: Database
  let files: BodyFiles
  let keptFinished: Int
  /// Whether its bodies are so large together that a file is worth a sync of its own.
  var fillsFile = false
  private var sequences: [[UInt8]: (sequence: UInt64, time: UInt64)] = [:]
  var partitions: Set<String> = []
  var batch = Batch()
  var bytes = 0
  /// Bytes of the bodies that finished documents gave up.
  var released = 0
  var finished: [Change.Final: Int] = [:]

  init(db: Database, files: BodyFiles, keptFinished: Int) {
    self.db = db
    self.files = files
    self.keptFinished = keptFinished
  }

  mutating func apply(_ change: Change) throws -> Committed {
    switch change {
    case .accept(let acceptance): return try accept(acceptance)
    case .skip(let producer, let sequence, let time):
      return try take(producer, sequence, time: time)
        ? .skipped(producer: producer, sequence: sequence) : .outOfOrder(producer: producer, sequence: sequence)
    case .assign(let subject, let partition):
      batch.assign(subject, partition)
      return .assigned(subject.job, partition: partition)
    case .finish(let subject, let final):
      batch.finish(subject, final)
      return .finished(subject.job, final)
    case .checkpoint(let subject, let stage, let layers, let timings):
      try writeBatch()
      return try checkpoint(subject, stage, layers, timings)
    case .attempts(let subject, let attempts, let lastError):
      try writeBatch()
      return try count(subject, attempts, lastError)
    case .judge(let subject, let verdict, let stage, let partition):
      try writeBatch()
      return try judge(subject, verdict, stage, partition)
    case .revise(let revision):
      try writeBatch()
      return .revised(try revise(revision))
    }
  }

  mutating func close() throws {
    try writeBatch()
    if let sparse = files.sparse { try gather(sparse) }
    try files.sync()
    for (producer, last) in sequences {
      try run(
        """
        INSERT INTO producers VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, time = max(time, excluded.time)
        """, [Data(producer), last.sequence, last.time])
    }
    for partition in partitions { try run("INSERT OR IGNORE INTO partitions VALUES (?)", [partition]) }
    try forgetProducers(sequences.count, at: sequences.values.map(\.time).max() ?? 0)
    try removeFinished(finished.values.reduce(Self.slice) { $0 + max(0, $1) })
    bytes -= released
    guard bytes != 0 || !finished.isEmpty else { return }
    try run(
      "UPDATE ledger SET done = done + ?, failed = failed + ?, dead = dead + ?, bytes = bytes + ?",
      [finished[.done] ?? 0, finished[.failed] ?? 0, finished[.dead] ?? 0, bytes])
  }

  private mutating func take(_ producer: [UInt8], _ sequence: UInt64, time: UInt64) throws -> Bool {
    let last = try sequences[producer]?.sequence ?? SQLiteLedger.sequence(of: producer, db)
    guard sequence == last + 1 else { return false }
    sequences[producer] = (sequence, max(time, sequences[producer]?.time ?? 0))
    return true
  }

  private mutating func accept(_ document: Change.Acceptance) throws -> Committed {
    let (producer, sequence) = (document.producer, document.sequence)
    guard try take(producer, sequence, time: document.time) else {
      return .outOfOrder(producer: producer, sequence: sequence)
    }
    let (job, digest) = (Data(document.job.bytes), Data(Body.digest(document.layers)))
    let names = document.layers.all.map(\.name).joined(separator: " ")
    try run(
      """
      INSERT INTO documents (job, digest, state, stage, layers, time) VALUES (?, ?, 0, ?, ?, ?)
      ON CONFLICT (job) DO NOTHING
      """, [job, digest, document.stage, names, document.time])
    guard db.changesCount == 1 else {
      let known = try Data.fetchOne(
        try db.cachedStatement(sql: "SELECT digest FROM documents WHERE job = ?"), arguments: [job])
      return known == digest
        ? .known(producer: producer, sequence: sequence) : .conflict(producer: producer, sequence: sequence)
    }
    let number = db.lastInsertedRowID
    let size = try insertBody(document.layers, number)
    bytes += size
    return .accepted(document, number: UInt64(number), bytes: size)
  }

  private mutating func checkpoint(
    _ subject: Change.Subject, _ stage: String, _ layers: Layers, _ timings: String
  ) throws -> Committed {
    try run(
      "UPDATE documents SET stage = ?, layers = ?, timings = ?, attempts = '' WHERE number = ?",
      [stage, layers.all.map(\.name).joined(separator: " "), timings, subject.number])
    let released = try removeBody(Int64(subject.number))
    let size = try insertBody(layers, Int64(subject.number))
    bytes += size - released
    return .checkpointed(subject.job, bytes: size - released)
  }

  private func count(_ subject: Change.Subject, _ attempts: String, _ error: LastError?) throws -> Committed {
    try run(
      "UPDATE documents SET attempts = ?, error_stage = ?, error_code = ?, error_message = ? WHERE number = ?",
      [attempts, error?.stage, error?.code, error?.message, subject.number])
    return .counted(subject.job)
  }

  private mutating func judge(
    _ subject: Change.Subject, _ verdict: Change.Verdict, _ stage: String, _ partition: String?
  ) throws -> Committed {
    if let partition { partitions.insert(partition) }
    try run(
      """
      UPDATE documents SET verdict = ?, error_stage = ?, failure = ?, stage = ?, partition = coalesce(?, partition)
      WHERE number = ?
      """,
      [verdict.final.rawValue, verdict.stage, Data(verdict.line), stage, partition, subject.number])
    return .judged(subject.job)
  }

  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
