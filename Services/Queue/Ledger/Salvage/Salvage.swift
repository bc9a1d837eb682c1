private import Disk
private import Foundation
internal import GRDB
private import Record
private import Wire

/// Copies what can be read of a damaged ledger.
struct Salvage {
  private let source: DatabaseQueue?
  private let bodies: BodyFiles
  private let progress: (Int) -> Void

  /// - Parameter progress: is told now and then how many documents were copied.
  init(from path: String, bodies: BodyFiles, progress: @escaping (Int) -> Void = { _ in }) {
    var configuration = Configuration()
    configuration.readonly = true
    // Else SQLite reads nothing of a file that ends before the last of its pages.
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA writable_schema = ON") }
    // Else SQLite removes the log of a file that is empty.
    source = File.isEmpty(path) ? nil : try? DatabaseQueue(path: path, configuration: configuration)
    self.bodies = bodies
    self.progress = progress
  }

  /// Fills the tables of a new ledger.
  func copy(to target: Database) throws -> Kept {
    var (kept, totals, highest): (Kept, Row?, Int64) = (Kept(), nil, 0)
    try target.inTransaction(.immediate) {
      if let source {
        try source.unsafeRead { source in
          kept = try documents(from: source, to: target)
          try? rows(of: "producers", from: source, to: target)
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
      try target.execute(sql: Schema.listFinished)
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

  /// Reads row by row, and behind a hole goes on where there are rows again.
  private func documents(from source: Database, to target: Database) throws -> Kept {
    var (kept, number): (Kept, Int64) = (Kept(), 0)
    while true {
      switch Self.read(after: number, source) {
      case .document(let row):
        number = row["number"]
        kept.closeHole(number)
        guard row["job"] as Data != Numbers.marker else { continue }
        try insert(row, "documents", into: target)
        kept.count(row, hasBody: try body(number, from: source, to: target))
        if kept.documents % 256 == 0 { progress(kept.documents) }
      case .end: return kept
      case .damage:
        kept.holes.append((number, nil))
        guard let behind = Self.end(ofHole: number, source) else { return kept }
        number = behind
      }
    }
  }

  private enum Reading { case document(Row), end, damage }

  private static func read(after number: Int64, _ source: Database) -> Reading {
    do {
      let statement = try source.cachedStatement(
        sql: "SELECT * FROM documents NOT INDEXED WHERE number > ? ORDER BY number LIMIT 1")
      return try Row.fetchOne(statement, arguments: [number]).map(Reading.document) ?? .end
    } catch {
      return .damage
    }
  }

  /// The first number after which there is no damage any more: found at ever longer strides, then by halves.
  private static func end(ofHole number: Int64, _ source: Database) -> Int64? {
    var (bad, stride): (Int64, Int64) = (number, 1)
    while case .damage = read(after: number + stride, source) {
      bad = number + stride
      stride *= 2
      guard stride < 1 << 60 else { return nil }
    }
    var good = number + stride
    while good - bad > 1 {
      let middle = bad + (good - bad) / 2
      if case .damage = read(after: middle, source) { bad = middle } else { good = middle }
    }
    return good
  }

  /// Copies the place or the bytes of a body that can be read and is what was written.
  private func body(_ number: Int64, from source: Database, to target: Database) throws -> Bool {
    let row = try? Row.fetchOne(
      source.cachedStatement(sql: "SELECT * FROM bodies WHERE number = ?"), arguments: [number])
    guard let row, bodies.layers(row) != nil else { return false }
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
