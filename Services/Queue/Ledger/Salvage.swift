private import Foundation
internal import GRDB
internal import Logging
private import Record
private import Wire

extension SQLiteLedger {
  /// The ledger of a folder. A damaged one is set aside and what can be read of it is copied to a new one, so that a
  /// queue starts whatever its disk did; the log says what was kept.
  static func opened(
    folder: String, keepingFinished: Int = keptFinished, _ logger: Logger
  ) throws -> SQLiteLedger {
    do {
      return try SQLiteLedger(folder: folder, keepingFinished: keepingFinished)
    } catch let damaged as Damaged {
      let (ledger, aside, kept) = try salvaged(folder: folder, keepingFinished: keepingFinished)
      logger.critical(
        "\(damaged) It was set aside as \(aside). \(kept) Push again what was not finished: what was kept is recognised."
      )
      return ledger
    }
  }

  /// A new ledger with what can be read of the one of a folder, where that was set aside, and what was kept.
  static func salvaged(
    folder: String, keepingFinished: Int = keptFinished
  ) throws -> (ledger: SQLiteLedger, aside: String, kept: Salvage.Kept) {
    let aside = try setAside(folder)
    let ledger = try SQLiteLedger(folder: folder, keepingFinished: keepingFinished)
    return (ledger, aside, try Salvage(from: aside, to: ledger).copy())
  }

  /// Renames the ledger and its log to the first name that is free. The files of bodies get a second name beside them:
  /// the new ledger removes those that it has no place in.
  private static func setAside(_ folder: String) throws -> String {
    let files = FileManager.default
    let number = (1...).first { !files.fileExists(atPath: "\(folder)/ledger.damaged-\($0)") } ?? 1
    let aside = "\(folder)/ledger.damaged-\(number)"
    for suffix in ["-wal", "-shm", ""] where files.fileExists(atPath: "\(folder)/ledger.sqlite\(suffix)") {
      try files.moveItem(atPath: "\(folder)/ledger.sqlite\(suffix)", toPath: aside + suffix)
    }
    if files.fileExists(atPath: folder + "/bodies") {
      try files.linkItem(atPath: folder + "/bodies", toPath: aside + ".bodies")
    }
    return aside
  }
}

/// Copies what can be read of a damaged ledger.
struct Salvage {
  struct Kept: CustomStringConvertible {
    var documents = 0
    var bodies = 0
    /// Places where reading failed and went on behind: the numbers between which documents are lost, if there were any.
    var holes: [(after: Int64, before: Int64?)] = []
    /// Unfinished documents without their bytes: they will be failures.
    var bodiless: [(number: Int64, job: String)] = []

    /// Holes and documents that are named at most.
    private static let named = 20

    var description: String {
      let places = holes.map { $0.before.map { "\($0)" } ?? "the end" }
      let lost = zip(holes, places).map { "between \($0.after) and \($1)" }
      let failing = bodiless.map { "\($0.number) (job \($0.job))" }
      return "Kept: \(documents) documents, \(bodies) of them with their bytes. "
        + "Unreadable numbers: \(Self.list(lost)). Without their bytes, will be failures: \(Self.list(failing))."
    }

    private static func list(_ items: [String]) -> String {
      guard !items.isEmpty else { return "none" }
      let more = items.count > named ? " and \(items.count - named) more" : ""
      return items.prefix(named).joined(separator: ", ") + more
    }
  }

  private let source: DatabaseQueue?
  private let ledger: SQLiteLedger

  init(from path: String, to ledger: SQLiteLedger) {
    var configuration = Configuration()
    configuration.readonly = true
    source = try? DatabaseQueue(path: path, configuration: configuration)
    self.ledger = ledger
  }

  func copy() throws -> Kept {
    try ledger.database.writeWithoutTransaction { target in
      var (kept, totals): (Kept, Row?) = (Kept(), nil)
      try target.inTransaction(.immediate) {
        try source?.unsafeRead { source in
          kept = try documents(from: source, to: target)
          try? rows(of: "producers", from: source, to: target)
          try? rows(of: "partitions", from: source, to: target)
          totals = try? Row.fetchOne(source, sql: "SELECT done, failed FROM ledger")
        }
        try target.execute(sql: Schema.listFinished + Schema.listPartitions + Self.totals)
        if let totals {
          try target.execute(
            sql: "UPDATE ledger SET done = max(done, ?), failed = max(failed, ?)",
            arguments: [totals[0] as Int, totals[1] as Int])
        }
        return .commit
      }
      return kept
    }
  }

  /// Rows of finished documents may be gone: where the totals can be read, they say more.
  private static let totals = """
    UPDATE ledger SET
      done = (SELECT count(*) FROM documents WHERE state = 1),
      failed = (SELECT count(*) FROM documents WHERE state = 2),
      dead = (SELECT count(*) FROM documents WHERE state = 3),
      bytes = (SELECT coalesce(sum(coalesce(size, length(layers))), 0) FROM bodies)
    """

  /// Reads row by row; behind a hole it goes on at ever longer strides until there are rows again.
  private func documents(from source: Database, to target: Database) throws -> Kept {
    var (kept, number, stride): (Kept, Int64, Int64) = (Kept(), 0, 1)
    while stride < 1 << 40 {
      do {
        guard let row = try next(after: number, source) else { break }
        number = row["number"]
        if stride > 1 { kept.holes[kept.holes.count - 1].before = number }
        stride = 1
        try insert(row, "documents", into: target)
        kept.documents += 1
        if try body(number, from: source, to: target) {
          kept.bodies += 1
        } else if row["state"] == 0 {
          kept.bodiless.append((number, JobID([UInt8](row["job"] as Data)).description))
        }
      } catch let error as DatabaseError where SQLiteLedger.isDamage(error) {
        if stride == 1 { kept.holes.append((number, nil)) }
        number += stride
        stride *= 2
      }
    }
    return kept
  }

  private func next(after number: Int64, _ source: Database) throws -> Row? {
    try Row.fetchOne(
      source.cachedStatement(
        sql: "SELECT * FROM documents NOT INDEXED WHERE number > ? ORDER BY number LIMIT 1"), arguments: [number])
  }

  private func body(_ number: Int64, from source: Database, to target: Database) throws -> Bool {
    let row = try? Row.fetchOne(
      source.cachedStatement(sql: "SELECT * FROM bodies WHERE number = ?"), arguments: [number])
    guard let row else { return false }
    try insert(row, "bodies", into: target)
    return true
  }

  private func rows(of table: String, from source: Database, to target: Database) throws {
    let rows = try Row.fetchCursor(source, sql: "SELECT * FROM \(table)")
    while let row = try rows.next() { try insert(row, table, into: target) }
  }

  private func insert(_ row: Row, _ table: String, into target: Database) throws {
    let marks = Array(repeating: "?", count: row.count).joined(separator: ", ")
    let names = row.columnNames.joined(separator: ", ")
    try target.cachedStatement(sql: "INSERT OR IGNORE INTO \(table) (\(names)) VALUES (\(marks))")
      .execute(arguments: StatementArguments(row.databaseValues))
  }
}
