private import Foundation
internal import GRDB
internal import Logging

extension SQLiteLedger {
  /// The ledger of a folder. A damaged one is set aside and what can be read of it is copied to a new one, so that a
  /// queue starts whatever its disk did; the log says what was kept.
  static func opened(folder: String, _ logger: Logger) throws -> SQLiteLedger {
    do {
      return try SQLiteLedger(folder: folder)
    } catch let damaged as Damaged {
      let aside = try setAside(folder)
      let ledger = try SQLiteLedger(folder: folder)
      let kept = try Salvage(from: aside, to: ledger).copy()
      logger.critical(
        """
        \(damaged) It was set aside as \(aside). Kept: \(kept.documents) documents, \(kept.bodies) of them with their \
        bytes; holes in it: \(kept.holes). Push again what was not finished: what was kept is recognised.
        """)
      return ledger
    }
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
private struct Salvage {
  struct Kept {
    var documents = 0
    var bodies = 0
    /// Places where reading failed and went on behind.
    var holes = 0
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
      var kept = Kept()
      try target.inTransaction(.immediate) {
        try source?.unsafeRead { source in
          kept = try documents(from: source, to: target)
          try? producers(from: source, to: target)
        }
        try target.execute(sql: Self.totals)
        return .commit
      }
      return kept
    }
  }

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
        stride = 1
        try insert(row, "documents", into: target)
        kept.documents += 1
        kept.bodies += try body(number, from: source, to: target) ? 1 : 0
      } catch let error as DatabaseError where SQLiteLedger.isDamage(error) {
        kept.holes += stride == 1 ? 1 : 0
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

  private func producers(from source: Database, to target: Database) throws {
    let rows = try Row.fetchCursor(source, sql: "SELECT * FROM producers")
    while let row = try rows.next() { try insert(row, "producers", into: target) }
  }

  private func insert(_ row: Row, _ table: String, into target: Database) throws {
    let marks = Array(repeating: "?", count: row.count).joined(separator: ", ")
    let names = row.columnNames.joined(separator: ", ")
    try target.cachedStatement(sql: "INSERT OR IGNORE INTO \(table) (\(names)) VALUES (\(marks))")
      .execute(arguments: StatementArguments(row.databaseValues))
  }
}
