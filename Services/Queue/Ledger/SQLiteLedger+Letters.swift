private import Foundation
internal import GRDB
internal import Record
internal import Wire

extension SQLiteLedger {
  package func find(_ inquiry: Inquiry) throws -> [Letter] {
    try database.unsafeRead { db in
      switch inquiry {
      case .letters(let endings, let before, let count):
        try Self.letters(endings, Int64(clamping: before), min(count, Inquiry.page), db)
      case .document(let job, let names): try document(job, names, db).map { [$0] } ?? []
      }
    }
  }

  /// A dropped document has no layers; it is not listed any more.
  private static func letters(
    _ endings: ClientRequest.Endings, _ before: Int64, _ count: Int, _ db: Database
  ) throws -> [Letter] {
    let finals: [Change.Final] = endings == .dead ? [.dead] : [.failed, .dead]
    let letters = try finals.flatMap { final in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            \(columns) INDEXED BY ended
            WHERE state >= 2 AND state = ? AND number < ? AND layers <> '' ORDER BY number DESC LIMIT ?
            """), arguments: [final.rawValue, before, count]
      ).map(Letter.init)
    }
    var bytes = 0
    return Array(
      letters.sorted { $0.number > $1.number }.prefix(count).prefix { letter in
        defer { bytes += letter.failure?.count ?? 0 }
        return bytes < Inquiry.pageBytes
      })
  }

  private func document(_ job: JobID, _ names: [String], _ db: Database) throws -> Letter? {
    let statement = try db.cachedStatement(sql: "\(Self.columns) WHERE job = ?")
    guard let row = try Row.fetchOne(statement, arguments: [Data(job.bytes)]) else { return nil }
    var letter = Letter(row)
    guard !names.isEmpty, let layers = try body(letter.number, db) else { return letter }
    for layer in layers.all where names.contains(layer.name) { letter.layers.append(layer.name, layer.bytes) }
    return letter
  }

  private static let columns = """
    SELECT number, job, state, stage, time, partition, failure,
      coalesce((SELECT coalesce(size, length(layers)) FROM bodies WHERE bodies.number = documents.number), 0) FROM documents
    """
}

extension Letter {
  fileprivate init(_ row: Row) {
    self.init(
      number: row[0], job: JobID([UInt8](row[1] as Data)), state: .init(Change.Final(rawValue: row[2])),
      stage: row[3], time: row[4], bytes: row[7], partition: row[5], failure: (row[6] as Data?).map { [UInt8]($0) })
  }
}

extension ClientReply.JobState {
  /// Of a document that ended so, or has not.
  package init(_ final: Change.Final?) {
    self =
      switch final {
      case nil: .pending
      case .done: .done
      case .failed: .failed
      case .dead: .dead
      }
  }
}

extension Group {
  /// Revises the jobs in their order, until the bodies moved are as large as one revision may be.
  mutating func revise(_ revision: Revision) throws -> [Revised] {
    var (revised, moved): ([Revised], Int) = ([], 0)
    for job in revision.jobs where moved < Revision.bytes {
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT number, state, layers, coalesce(error_stage, ''),
              coalesce((SELECT coalesce(size, length(layers)) FROM bodies WHERE bodies.number = documents.number), 0)
            FROM documents WHERE job = ?
            """),
        arguments: [Data(job.bytes)])
      guard let row else {
        revised.append(.refused(.unknown))
        continue
      }
      let (number, names) = (row[0] as Int64, row[2] as String)
      switch Change.Final(rawValue: row[1]) {
      case nil: revised.append(.refused(.unfinished))
      case .done: revised.append(.refused(.done))
      case .some where names.isEmpty: revised.append(.refused(.dropped))
      case .some(let final):
        moved += row[4]
        let ending = Ending(final, stage: row[3])
        revised.append(
          revision.kind == .drop ? try drop(number, ending) : try retry(number, ending, names, revision))
      }
    }
    return revised
  }

  private mutating func retry(
    _ number: Int64, _ ending: Ending, _ names: String, _ revision: Revision
  ) throws -> Revised {
    let layers = Set(names.split(separator: " ").map(String.init))
    let stage = revision.topology.stages[revision.topology.next(from: 0, has: layers.contains)].name
    let next = try Int64.fetchOne(db, sql: "SELECT max(number) + 1 FROM documents") ?? 1
    try run(
      """
      UPDATE documents SET number = ?, state = 0, stage = ?, time = ?, attempts = '', error_stage = NULL,
        error_code = NULL, error_message = NULL, verdict = NULL, failure = NULL WHERE number = ?
      """, [next, stage, revision.time, number])
    try run("UPDATE bodies SET number = ? WHERE number = ?", [next, number])
    finished[ending.final, default: 0] -= 1
    return .retried(ending, number: UInt64(next), stage: stage, time: revision.time)
  }

  private mutating func drop(_ number: Int64, _ ending: Ending) throws -> Revised {
    let released = try removeBody(number)
    try run("UPDATE documents SET state = ?, layers = '' WHERE number = ?", [Change.Final.failed.rawValue, number])
    try run("INSERT INTO finished (number) VALUES (?)", [number])
    finished[ending.final, default: 0] -= 1
    finished[.failed, default: 0] += 1
    bytes -= released
    return .dropped(ending, bytes: released)
  }
}
