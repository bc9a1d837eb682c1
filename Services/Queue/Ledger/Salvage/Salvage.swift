internal import GRDB

/// Copies what can be read of a damaged ledger.
struct Salvage {
  private let source: DatabaseQueue?
  private let bodies: String

  /// - Parameter bodies: the folder of the files of bodies.
  init(from path: String, bodies: String) {
    source = try? Walk.open(path)
    self.bodies = bodies
  }

  /// Fills the tables of a new ledger, and says what it was given.
  ///
  /// - Parameter progress: is told of each document.
  func copy(to target: Database, progress: () -> Void = {}) throws -> Readable {
    var (kept, totals, highest): (Readable, Row?, Int64) = (Readable(), nil, 0)
    try target.inTransaction(.immediate) {
      if let source {
        kept = try Walk(source, bodies: bodies).run { document, body in
          try insert(document, "documents", into: target)
          if case .whole(let row) = body { try insert(row, "bodies", into: target) }
          progress()
        }
        source.unsafeRead { source in
          try? rows(of: "producers", from: source, to: target)
          try? rows(of: "partitions", from: source, to: target)
          totals = try? Row.fetchOne(source, sql: "SELECT done, failed FROM ledger")
          highest = Numbers.highest(source)
        }
      } else {
        kept.holes = [(0, nil)]
      }
      try target.execute(sql: Self.totals)
      if let totals {
        try target.execute(
          sql: "UPDATE ledger SET done = max(done, ?), failed = max(failed, ?)",
          arguments: [totals[0] as Int, totals[1] as Int])
      }
      try Numbers.goOn(above: highest, in: target)
      try target.execute(sql: Schema.listFinished + Schema.listPartitions)
      return .commit
    }
    return kept
  }

  /// Rows of finished documents may be gone: where the totals can be read, they say more.
  private static let totals = """
    UPDATE ledger SET
      done = (SELECT count(*) FROM documents WHERE state = 1),
      failed = (SELECT count(*) FROM documents WHERE state = 2),
      dead = (SELECT count(*) FROM documents WHERE state = 3),
      bytes = (SELECT coalesce(sum(coalesce(size, length(layers))), 0) FROM bodies)
    """

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
