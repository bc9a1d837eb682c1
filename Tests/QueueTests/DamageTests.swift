import Foundation
import GRDB
import Record
import Testing
import Wire
import TestSupport

@testable import Queue

/// Ledgers whose files were really damaged while no queue ran.
struct DamageTests {
  private let folder: TemporaryFolder
  private let topology = try! Topology("clean sink")

  init() throws { folder = TemporaryFolder() }

  private struct Unexpected: Error { let committed: [Committed] }

  private var path: String { folder.path + "/ledger.sqlite" }

  /// Leaves the files as a kill does: the first half of the documents in the ledger's file, the second one in its log only.
  private func leave(version: Int = Schema.version, half: Int = 100) throws {
    let origin = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: origin.path)
    _ = try ledger.start(topology)
    _ = try ledger.commit((1...half).map(acceptance))
    try ledger.database.writeWithoutTransaction { db in
      if version == 1 { try db.execute(sql: Self.downgrade) }
      _ = try db.checkpoint(.truncate)
    }
    if version == Schema.version { _ = try ledger.commit((half + 1...2 * half).map(acceptance)) }
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

  private func acceptance(_ number: Int) -> Change { acceptance(number, bytes: 500) }

  private func acceptance(
    _ number: Int, producer: String = "p", sequence: Int? = nil, bytes: Int = 500
  ) -> Change {
    .accept(
      .init(
        producer: id(producer), sequence: UInt64(sequence ?? number), job: JobID(key: "\(number)"), stage: "clean",
        layers: .document("\(number)", bytes: bytes), time: 0))
  }

  /// The page that has the highest number of a table of two levels, or the first one that reaches beyond a number.
  private func lastPage(of table: String, beyond limit: Int? = nil) throws -> Int? {
    let ledger = try SQLiteLedger(folder: folder.path)
    return try ledger.database.writeWithoutTransaction { db in
      _ = try db.checkpoint(.truncate)
      let root = try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_master WHERE name = ?", arguments: [table])
      let file = [UInt8](try Data(contentsOf: URL(filePath: path)))
      func number(_ place: Int, _ width: Int) -> Int { file[place..<place + width].reduce(0) { $0 << 8 | Int($1) } }
      let page = ((root ?? 1) - 1) * 8192
      guard let limit else { return number(page + 8, 4) }
      // A cell of an interior page is a page's number, then the highest number in it: in groups of seven bits, all but the
      // last one with the highest bit set.
      let cells = (0..<number(page + 3, 2)).map { page + number(page + 12 + 2 * $0, 2) }
      func highest(_ cell: Int) -> Int {
        let more = file[(cell + 4)...].prefix { $0 >= 128 }
        return (more + [file[more.endIndex]]).reduce(0) { $0 << 7 | Int($1 & 127) }
      }
      return cells.first { highest($0) > limit }.map { number($0, 4) }
    }
  }

  private func change(_ file: String, default missing: Data? = nil, _ change: (inout Data) -> Void) throws {
    var data = try missing ?? Data(contentsOf: URL(filePath: file))
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

  @Test(arguments: ["empty", "missing"]) func aLedgerThatIsGoneWhileItsBodiesAreThereIsDamagedAndTheyAreKept(
    _ damage: String
  ) throws {
    do {
      let ledger = try SQLiteLedger(folder: folder.path)
      _ = try ledger.start(topology)
      _ = try ledger.commit([acceptance(1, bytes: 70_000)])
    }
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    if damage == "empty" { try Data().write(to: URL(filePath: path)) }
    #expect(throws: SQLiteLedger.Damaged.self) { try SQLiteLedger(folder: folder.path) }
    let (ledger, aside, kept) = try SQLiteLedger.salvaged(folder: folder.path)
    _ = try ledger.start(topology)
    #expect(kept.description.contains("between 0 and the end"))
    let bodies = try FileManager.default.contentsOfDirectory(atPath: aside + ".bodies")
    #expect(bodies == ["1"])
  }

  @Test(arguments: ["empty", "missing"]) func aLedgerThatIsGoneWhileItsLogIsThereIsDamagedAndTheLogIsKept(
    _ damage: String
  ) throws {
    try leave()
    let log = try Data(contentsOf: URL(filePath: path + "-wal"))
    try FileManager.default.removeItem(atPath: path)
    if damage == "empty" { try Data().write(to: URL(filePath: path)) }
    #expect(throws: SQLiteLedger.Damaged.self) { try SQLiteLedger(folder: folder.path) }
    let (ledger, aside, _) = try SQLiteLedger.salvaged(folder: folder.path)
    #expect(try pending(ledger) == 0)
    #expect(try Data(contentsOf: URL(filePath: aside + "-wal")) == log)
  }

  @Test func afterThePageWithTheHighestNumbersIsLostNoNumberIsGivenAgain() throws {
    try leave(half: 1000)
    try change(path + "-wal") { $0 = Data() }
    let page = try #require(try lastPage(of: "documents"))
    try change(path) { $0.replaceSubrange((page - 1) * 8192..<page * 8192, with: Data(count: 8192)) }
    let (ledger, _, kept) = try SQLiteLedger.salvaged(folder: folder.path)
    #expect((1..<1000).contains(kept.documents))
    _ = try ledger.start(topology)
    let committed = try ledger.commit([acceptance(3000, producer: "q", sequence: 1)])
    guard case .accepted(_, let number, _) = committed.first else { throw Unexpected(committed: committed) }
    #expect(number > 1000)
  }

  @Test func afterALedgerWasLostWholeNoNumberIsGivenAgain() throws {
    var numbers: [UInt64] = []
    for _ in 1...2 {
      try change(path, default: Data(repeating: 0x5A, count: 20_000)) { $0 = Data(repeating: 0x5A, count: 20_000) }
      let (ledger, _, _) = try SQLiteLedger.salvaged(folder: folder.path)
      _ = try ledger.start(topology)
      let committed = try ledger.commit([acceptance(1)])
      guard case .accepted(_, let number, _) = committed.first else { throw Unexpected(committed: committed) }
      numbers.append(number)
    }
    #expect(numbers[0] > 1 << 40)
    #expect(numbers[0] < numbers[1])
  }

  @Test func everyPlaceInWhichANumberIsNotedIsAskedForTheHighest() throws {
    try leave()
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.commit([.finish(subject("7", 7), .done), .finish(subject("8", 8), .dead)])
    let highest = ledger.database.unsafeRead { db in Numbers.places.map { Numbers.highest(of: $0, db) } }
    #expect(highest == [200, 200, 200, 8, 200, 7])
  }

  @Test func aSalvagedLedgerIsSalvagedAgainWithNothingMore() throws {
    try leave()
    _ = try SQLiteLedger.salvaged(folder: folder.path)
    let (ledger, aside, kept) = try SQLiteLedger.salvaged(folder: folder.path)
    #expect(aside.hasSuffix("damaged-2"))
    #expect(kept.documents == 200)
    let recovered = try ledger.start(topology)
    #expect(recovered.done == 0 && recovered.backlog["clean"]?.count == 200)
  }

  @Test func rowsOnBothSidesOfAHoleAreKeptHoweverWideTheNumbersBehindItAre() throws {
    try leave(half: 500)
    var last: UInt64 = 0
    do {
      let ledger = try SQLiteLedger.salvaged(folder: folder.path).ledger
      _ = try ledger.start(topology)
      _ = try ledger.commit((1...500).map { acceptance(2000 + $0, producer: "q", sequence: $0) })
      last = try ledger.start(topology).highest
    }
    let page = try #require(try lastPage(of: "documents", beyond: 1000))
    try change(path) { $0.replaceSubrange((page - 1) * 8192..<page * 8192, with: Data(count: 8192)) }
    let (ledger, _, kept) = try SQLiteLedger.salvaged(folder: folder.path)
    #expect(kept.holes.count == 1)
    let hole = try #require(kept.holes.first)
    let behind = try #require(hole.before)
    #expect((1..<1000).contains(hole.after) && behind > 1 << 40)
    #expect(kept.documents == Int(hole.after) + Int(last) - Int(behind) + 1)
    #expect(try pending(ledger) == kept.documents)
  }

  @Test func aBodyInAFileThatIsNotWhatWasWrittenIsLostAndItsDocumentIsNamed() throws {
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.start(topology)
    _ = try ledger.commit((1...3).map { acceptance($0, bytes: 70_000) })
    try ledger.database.close()
    try change(folder.path + "/bodies/1") { $0[100_000] ^= 1 }
    let kept = try SQLiteLedger.salvaged(folder: folder.path).kept
    #expect(kept.documents == 3 && kept.bodies == 2)
    #expect(kept.bodiless.map(\.number) == [2])
  }

  @Test(arguments: ["written", "whole", "half in its place"])
  func killedAmidASalvageTheNextStartKeepsAllThatCanBeRead(_ moment: String) throws {
    try leave()
    let target = try DatabaseQueue(path: folder.path + "/ledger.salvaging", configuration: Schema.configuration)
    try target.writeWithoutTransaction { db in
      try Schema.create(db)
      guard moment != "written" else { return }
      _ = try Salvage(from: path, bodies: folder.path + "/bodies").copy(to: db)
    }
    try target.close()
    if moment != "written" {
      try FileManager.default.moveItem(
        atPath: folder.path + "/ledger.salvaging", toPath: folder.path + "/ledger.salvaged")
    }
    if moment == "half in its place" { try FileManager.default.removeItem(atPath: path + "-wal") }
    #expect(try pending(SQLiteLedger(folder: folder.path)) == 200)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/ledger.salvaged"))
  }

  @Test func aSalvageThatCannotBeWrittenLeavesTheLedgerAsItIsAndMayBeTriedAnew() throws {
    try leave()
    let obstacle = folder.path + "/ledger.salvaging"
    try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: false)
    #expect(throws: (any Error).self) { try SQLiteLedger.salvaged(folder: folder.path) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.contains("ledger.sqlite") && !names.contains { $0.hasPrefix("ledger.damaged") })
    try FileManager.default.removeItem(atPath: obstacle)
    #expect(try SQLiteLedger.salvaged(folder: folder.path).kept.documents == 200)
  }

  @Test func bodiesThatAQueueMovesOrRemovesWhileTheyAreReadAreNotDamaged() throws {
    do {
      let ledger = try SQLiteLedger(folder: folder.path)
      _ = try ledger.start(topology)
      _ = try ledger.commit((1...4).map { acceptance($0, bytes: 70_000) })
    }
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.start(topology)
    let source = try #require(try Walk.open(path))
    var isFirst = true
    let readable = try Walk(source, bodies: folder.path + "/bodies").run { _, _ in
      guard isFirst else { return }
      isFirst = false
      let moved = Layers.document("2", bytes: 80_000)
      _ = try ledger.commit(
        [.checkpoint(subject("2", 2), stage: "sink", layers: moved, timings: "")]
          + [1, 3, 4].map { .finish(subject("\($0)", UInt64($0)), .done) })
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/bodies/1"))
    #expect(readable.isWhole)
    #expect(readable.documents == 2 && readable.bodies == 2)
  }
}
