import Foundation
import GRDB
import Record
import Testing
import Wire

@testable import Queue

/// Ledgers whose files were really damaged while no queue ran.
struct DamageTests {
  private let folder: Folder
  private let topology = try! Topology("clean sink")

  init() throws { folder = try Folder() }

  private var path: String { folder.path + "/ledger.sqlite" }

  /// Leaves the files as a kill does: the first hundred documents in the ledger's file, the second one in its log only.
  private func leave(version: Int = Schema.version) throws {
    let origin = try Folder()
    let ledger = try SQLiteLedger(folder: origin.path)
    _ = try ledger.start(topology)
    _ = try ledger.commit((1...100).map(acceptance))
    try ledger.database.writeWithoutTransaction { db in
      if version == 1 { try db.execute(sql: Self.downgrade) }
      _ = try db.checkpoint(.truncate)
    }
    if version == Schema.version { _ = try ledger.commit((101...200).map(acceptance)) }
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: origin.path + "/ledger.sqlite" + suffix, toPath: path + suffix)
    }
  }

  private static let downgrade = """
    DROP TABLE finished; DROP INDEX ended; DROP INDEX places;
    ALTER TABLE bodies DROP COLUMN file; ALTER TABLE bodies DROP COLUMN offset;
    ALTER TABLE bodies DROP COLUMN size; ALTER TABLE bodies DROP COLUMN checksum;
    PRAGMA user_version = 1;
    """

  private func acceptance(_ number: Int) -> Change {
    .accept(
      .init(
        producer: id("p"), sequence: UInt64(number), job: JobID(key: "\(number)"), stage: "clean",
        layers: .document("\(number)", bytes: 500), time: 0))
  }

  private func change(_ file: String, _ change: (inout Data) -> Void) throws {
    var data = try Data(contentsOf: URL(filePath: file))
    change(&data)
    try data.write(to: URL(filePath: file))
  }

  private func pending(_ ledger: SQLiteLedger) throws -> Int { try ledger.start(topology).backlog["clean"]?.count ?? 0 }

  @Test func aWholeLogIsTakenOverAfterAKill() throws {
    try leave()
    #expect(try pending(SQLiteLedger(folder: folder.path)) == 200)
  }

  @Test(arguments: ["torn", "garbage", "missing"]) func aDamagedLogCostsOnlyWhatItHeld(_ damage: String) throws {
    try leave()
    switch damage {
    case "torn": try change(path + "-wal") { $0 = $0.prefix($0.count / 2) }
    case "garbage": try change(path + "-wal") { $0 = Data(repeating: 0x5A, count: $0.count) }
    default: try FileManager.default.removeItem(atPath: path + "-wal")
    }
    #expect(try pending(SQLiteLedger(folder: folder.path)) == 100)
  }

  @Test func aFileThatEndsTooEarlyIsDamagedAndItsFirstDocumentsAreKept() throws {
    try leave()
    try FileManager.default.removeItem(atPath: path + "-wal")
    try change(path) { $0 = $0.prefix($0.count / 8192 * 3 / 4 * 8192) }
    #expect(throws: SQLiteLedger.Damaged.self) { try SQLiteLedger(folder: folder.path) }
    let (ledger, _, kept) = try SQLiteLedger.salvaged(folder: folder.path)
    #expect(kept.documents > 0)
    #expect(try pending(ledger) == kept.documents)
  }

  @Test func aDamagedLedgerOfVersion1IsSalvagedToThisVersion() throws {
    try leave(version: 1)
    try FileManager.default.removeItem(atPath: path + "-wal")
    try change(path) { $0.replaceSubrange($0.count - 8192..<$0.count, with: Data(count: 8192)) }
    let (ledger, _, kept) = try SQLiteLedger.salvaged(folder: folder.path)
    #expect(kept.documents > 0)
    #expect(try pending(ledger) == kept.documents)
    #expect(try ledger.load(stage: "clean", after: 0, count: 1, bytes: 1).first?.layers != nil)
  }
}
