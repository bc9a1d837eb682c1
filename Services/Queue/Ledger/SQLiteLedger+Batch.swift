internal import GRDB
private import Foundation

/// Assignments and ends of documents that wait to be written together: most changes are such, and one statement for many
/// rows costs a third of a statement for each.
struct Batch {
  fileprivate var assigned: [String: [UInt64]] = [:]
  fileprivate var ended: [Change.Final: [UInt64]] = [:]
  private var numbers: Set<UInt64> = []

  mutating func assign(_ subject: Change.Subject, _ partition: String) {
    assigned[partition, default: []].append(subject.number)
  }

  /// The first end of a document counts.
  mutating func finish(_ subject: Change.Subject, _ final: Change.Final) {
    if numbers.insert(subject.number).inserted { ended[final, default: []].append(subject.number) }
  }
}

extension Group {
  /// Writes what waits; to be called before a change that may be about the same documents.
  mutating func writeBatch() throws {
    for (partition, numbers) in batch.assigned {
      partitions.insert(partition)
      try run(
        "UPDATE documents SET partition = ? WHERE number IN (SELECT value FROM json_each(?))",
        [partition, list(numbers)])
    }
    for (final, numbers) in batch.ended { try finish(list(numbers), final) }
    batch = Batch()
  }

  /// Only documents that are unfinished are counted: a second finish changes nothing.
  private mutating func finish(_ numbers: String, _ final: Change.Final) throws {
    if final == .done {
      try run(
        """
        INSERT INTO finished (number)
          SELECT number FROM json_each(?) CROSS JOIN documents ON number = value WHERE state = 0
        """, [numbers])
      try removeBodies(numbers)
    }
    try run(
      "UPDATE documents SET state = ?, attempts = '' WHERE number IN (SELECT value FROM json_each(?)) AND state = 0",
      [final.rawValue, numbers])
    finished[final, default: 0] += db.changesCount
  }

  private mutating func removeBodies(_ numbers: String) throws {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          DELETE FROM bodies WHERE number IN
            (SELECT number FROM json_each(?) CROSS JOIN documents ON number = value WHERE state = 0)
          RETURNING coalesce(size, length(layers)), file
          """), arguments: [numbers])
    while let row = try rows.next() {
      if let file = row[1] as Int64? { files.release(file: file, size: row[0]) }
      released += row[0] as Int
    }
  }
}

/// Numbers as SQLite's `json_each` reads them.
private func list(_ numbers: [UInt64]) -> String { "[\(numbers.map(String.init).joined(separator: ","))]" }
