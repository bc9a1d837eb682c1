private import Disk
private import Foundation
internal import GRDB

/// Goes through the documents of a ledger that may be damaged, or in use by a queue.
struct Walk {
  /// What stands for a document in the table of bodies.
  enum Body: Equatable {
    /// The bytes or their place; they can be read and are what was written.
    case whole(Row)
    case absent, damaged
  }

  private enum End { case page, ledger, hole }

  private let source: DatabaseQueue
  private let bodies: String

  /// - Parameter bodies: the folder of the files of bodies.
  init(_ source: DatabaseQueue, bodies: String) { (self.source, self.bodies) = (source, bodies) }

  /// A connection that changes nothing; nil for a file that is not there or has not a byte, of which SQLite would remove
  /// the log.
  static func open(_ path: String) throws -> DatabaseQueue? {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    // Else SQLite reads nothing of a file that ends before the last of its pages.
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA writable_schema = ON") }
    return File.isEmpty(path) ? nil : try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Gives all rows of `documents` that can be read, each with the row of its body, and says what there is. Behind a hole
  /// it goes on where there are rows again.
  ///
  /// It reads some at a time, so that a queue's log need not wait for it.
  func run(_ each: (Row, Body) throws -> Void) throws -> Readable {
    var (readable, number): (Readable, Int64) = (Readable(), 0)
    while true {
      let (rows, end) = try snapshot { db in page(after: number, db) }
      for (document, body) in rows {
        number = document["number"]
        readable.closeHole(number)
        guard document["job"] as Data != Numbers.marker, let body = try verified(body, number) else { continue }
        readable.count(document, body)
        try each(document, body)
      }
      switch end {
      case .page: continue
      case .ledger: return readable
      case .hole: readable.holes.append((number, nil))
      }
      guard let behind = try snapshot({ db in Self.end(ofHole: number, db) }) else { return readable }
      number = behind
    }
  }

  /// Reads of one state of the ledger, whoever writes meanwhile.
  private func snapshot<Result>(_ read: (Database) throws -> Result) throws -> Result {
    try source.unsafeRead { db in
      try? db.execute(sql: "BEGIN")
      defer { try? db.execute(sql: "COMMIT") }
      return try read(db)
    }
  }

  private func page(after number: Int64, _ db: Database) -> (rows: [(Row, Body)], end: End) {
    var (rows, number): ([(Row, Body)], Int64) = ([], number)
    while rows.count < 256 {
      do {
        guard let row = try Self.document(after: number, db) else { return (rows, .ledger) }
        number = row["number"]
        rows.append((row, Self.body(number, db)))
      } catch {
        return (rows, .hole)
      }
    }
    return (rows, .page)
  }

  private static func document(after number: Int64, _ db: Database) throws -> Row? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT * FROM documents NOT INDEXED WHERE number > ? ORDER BY number LIMIT 1"), arguments: [number])
  }

  private static func body(_ number: Int64, _ db: Database) -> Body {
    do {
      let statement = try db.cachedStatement(sql: "SELECT * FROM bodies WHERE number = ?")
      return try Row.fetchOne(statement, arguments: [number]).map(Body.whole) ?? .absent
    } catch {
      return .damaged
    }
  }

  /// What is to be said of a body once it was read. A queue may have moved or removed it since its place was: then the
  /// place of now counts, and nil means that there is none any more.
  private func verified(_ body: Body, _ number: Int64) throws -> Body? {
    guard case .whole(let row) = body, BodyFiles.layers(row, read: { BodyFiles.read($0, in: bodies) }) == nil else {
      return body
    }
    switch try snapshot({ db in Self.body(number, db) }) {
    case body, .damaged: return .damaged
    case .absent: return nil
    case let moved: return try verified(moved, number)
    }
  }

  /// The first number after which there is no damage any more: found at ever longer strides, then by halves.
  private static func end(ofHole number: Int64, _ db: Database) -> Int64? {
    func isDamaged(_ number: Int64) -> Bool {
      do { _ = try document(after: number, db) } catch { return true }
      return false
    }
    var (bad, stride): (Int64, Int64) = (number, 1)
    while isDamaged(number + stride) {
      bad = number + stride
      stride *= 2
      guard stride < 1 << 60 else { return nil }
    }
    var good = number + stride
    while good - bad > 1 {
      let middle = bad + (good - bad) / 2
      if isDamaged(middle) { bad = middle } else { good = middle }
    }
    return good
  }
}
