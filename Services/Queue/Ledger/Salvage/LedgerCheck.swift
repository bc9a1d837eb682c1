internal import Disk
private import Foundation
internal import GRDB

/// A look at the ledger of a folder that changes nothing, so a queue may run meanwhile; and its repair, for which none may.
package struct LedgerCheck: Sendable {
  package let path: String
  /// What SQLite finds wrong with the file.
  package private(set) var faults: [String] = []
  package private(set) var readable = Readable()
  /// Files of bodies that no document has a place in. A queue that starts removes them.
  package private(set) var strayFiles = 0

  package var isWhole: Bool { faults.isEmpty && readable.isWhole }

  /// Reads all of the ledger and all bodies; nil where there is no ledger and nothing that one left.
  ///
  /// Throws where the ledger cannot be opened, or a later release made it.
  ///
  /// - Parameter progress: is told of each document, and how many there are if that can be told.
  package init?(folder: String, progress: (Int?) -> Void = { _ in }) throws {
    let path = folder + "/ledger.sqlite"
    self.path = path
    let files = Set((try? BodyFiles.numbers(in: folder + "/bodies")) ?? [])
    strayFiles = files.count
    readable.holes = [(0, nil)]
    guard let source = try reading(nil, { try Walk.open(path) }), try version(source) > 0 else {
      if faults.isEmpty {
        guard !files.isEmpty || !File.isEmpty(path + "-wal") else { return nil }
        faults = ["it is empty or missing, but its log or bodies are there"]
      }
      return
    }
    try lookAtPages(source)
    let total = try? source.unsafeRead { try Int.fetchOne($0, sql: "SELECT count(*) FROM documents") }
    readable = try Walk(source, bodies: folder + "/bodies").run { _, _ in progress(total) }
    let places = try reading([:]) { try source.unsafeRead(SQLiteLedger.places) }
    strayFiles = files.subtracting(places.keys).count
  }

  /// What SQLite says may be several lines under a title, and may end before its end where it cannot go on.
  private mutating func lookAtPages(_ source: DatabaseQueue) throws {
    var lines: [Substring] = []
    try reading(()) {
      try source.unsafeRead { db in
        let findings = try String.fetchCursor(db, sql: "PRAGMA integrity_check")
        while let finding = try findings.next() { lines += finding.split(separator: "\n") }
      }
    }
    faults += lines.filter { $0 != "ok" && !$0.hasPrefix("***") }.map(String.init)
  }

  /// The version of the ledger, 0 for one without tables and for one that is none.
  private mutating func version(_ source: DatabaseQueue) throws -> Int {
    let version = try reading(0) { try source.unsafeRead { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 } }
    guard version <= Schema.version else { throw SQLiteLedger.NewerLedger(version: version) }
    return version
  }

  /// What is read, or something else where damage is in the way, which is noted.
  private mutating func reading<Value>(_ fallback: Value, _ read: () throws -> Value) throws -> Value {
    do { return try read() } catch let error as DatabaseError where SQLiteLedger.isDamage(error) {
      let fault = error.message ?? "\(error.resultCode)"
      if !faults.contains(fault) { faults.append(fault) }
      return fallback
    }
  }

  /// Sets the ledger of a folder aside and makes a new one of what can be read; says where the old one is and what was
  /// kept. To be called with the folder locked.
  ///
  /// - Parameter progress: is told of each document.
  package static func repair(folder: String, progress: () -> Void = {}) throws -> (aside: String, kept: Readable) {
    let (_, aside, kept) = try SQLiteLedger.salvaged(folder: folder, progress: progress)
    return (aside, kept)
  }
}
