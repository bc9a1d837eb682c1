internal import Foundation
internal import GRDB
private import Wire

/// How a salvaged ledger goes on counting above every number that was ever given: a sink knows a job by its id and number,
/// and writes no line for one that it has.
///
/// The page with the highest numbers may be lost, or all of them. So it goes on at the time, in 2^20ths of a second since
/// 1970: no queue accepts documents so fast. Where the clock is behind the numbers that can be read, it goes on a wide gap
/// above these.
enum Numbers {
  /// The id of a row that stands for no document: no document has an empty key.
  static let marker = Data(JobID(key: "").bytes)

  private static let gap: Int64 = 1 << 32

  /// Wherever numbers are noted, those in front that are likely to be the highest.
  static let places = [
    "SELECT number FROM documents NOT INDEXED ORDER BY number DESC LIMIT 1",
    "SELECT number FROM documents INDEXED BY sqlite_autoindex_documents_1 WHERE job >= x''",
    "SELECT number FROM documents INDEXED BY backlog WHERE state = 0",
    "SELECT number FROM documents INDEXED BY ended WHERE state >= 2",
    "SELECT number FROM bodies ORDER BY number DESC LIMIT 1",
    "SELECT number FROM finished ORDER BY place DESC",
  ]

  /// The highest number that can be found.
  static func highest(_ source: Database) -> Int64 { places.reduce(0) { max($0, highest(of: $1, source)) } }

  /// Reads up to the first damage.
  static func highest(of numbers: String, _ source: Database) -> Int64 {
    var highest: Int64 = 0
    guard let cursor = try? Int64.fetchCursor(source, sql: numbers) else { return 0 }
    while let number = try? cursor.next() { highest = max(highest, number) }
    return highest
  }

  /// Gives the next number above: a row that is finished already has it, as the row with the highest number stays.
  static func goOn(above highest: Int64, in target: Database) throws {
    let time = Int64(Date().timeIntervalSince1970 * Double(1 << 20))
    try target.execute(
      sql: "INSERT INTO documents (number, job, digest, state, stage, layers, time) VALUES (?, ?, x'', 1, '', '', ?)",
      arguments: [highest < time ? time : highest + gap, marker, time / (1 << 20) * 1000])
  }
}
