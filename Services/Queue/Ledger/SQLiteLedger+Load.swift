private import Foundation
internal import GRDB
internal import Record
internal import Wire

extension SQLiteLedger {
  package func load(stage: String, after: UInt64, count: Int, bytes: Int) throws -> [StoredDocument] {
    try database.unsafeRead { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT number, job, time, timings, attempts, error_stage, error_code, error_message, partition, verdict, failure
          FROM documents INDEXED BY backlog WHERE state = 0 AND stage = ? AND number > ? ORDER BY number LIMIT ?
          """)
      let rows = try Row.fetchCursor(statement, arguments: [stage, after, count])
      var (documents, total): ([StoredDocument], Int) = ([], 0)
      while total < bytes, let row = try rows.next() {
        let document = StoredDocument(row, layers: try body(row[0], db))
        total += document.layers?.size ?? 0
        documents.append(document)
      }
      return documents
    }
  }
}

extension StoredDocument {
  fileprivate init(_ row: Row, layers: Layers?) {
    self.init(
      number: row[0], job: JobID([UInt8](row[1] as Data)), time: row[2], layers: layers, attempts: row[4],
      partition: row[8], timings: row[3])
    if let stage = row[5] as String? {
      lastError = LastError(stage: stage, code: row[6] ?? "", message: row[7] ?? "")
    }
    if let verdict = (row[9] as Int?).flatMap(Change.Final.init(rawValue:)) {
      self.verdict = Change.Verdict(final: verdict, stage: row[5] ?? "", line: [UInt8](row[10] as Data? ?? Data()))
    }
  }
}
