import Foundation
import GRDB
import Logging
import Record
import Testing
import Wire
import TestSupport

@testable import Queue

/// Bodies that are large enough for a file.
struct BodyFileTests {
  private let folder: TemporaryFolder
  private let topology = try! Topology(Topology.standard)

  init() throws { folder = TemporaryFolder() }

  /// A ledger as a queue opens it: it begins a file of its own.
  private func reopened() throws -> SQLiteLedger {
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let ledger = try SQLiteLedger.opened(folder: folder.path, quiet)
    _ = try ledger.start(topology)
    return ledger
  }

  private func acceptance(_ key: String, _ sequence: UInt64, bytes: Int = 100_000) -> Change {
    .accept(
      .init(
        producer: id("p"), sequence: sequence, job: JobID(key: key), stage: "clean",
        layers: .document(key, bytes: bytes), time: 0))
  }

  private func loaded(_ ledger: SQLiteLedger) throws -> [Layers?] {
    try ledger.load(stage: "clean", after: 0, count: 100, bytes: .max).map(\.layers)
  }

  private var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path + "/bodies").sorted() }
  }

  @Test func bodiesOfAllSizesAreReadAsTheyWereWrittenAlsoAfterARestart() throws {
    let sizes = [8, 2000, 2100, 50_000, 3 << 20]
    let ledger = try reopened()
    let changes = sizes.enumerated().map { acceptance("\($0)", UInt64($0 + 1), bytes: $1) }
    _ = try ledger.commit(changes)
    let documents = sizes.enumerated().map { Layers.document("\($0)", bytes: $1) }
    #expect(try loaded(ledger) == documents)
    #expect(try loaded(reopened()) == documents)
    #expect(try files == ["1"])
  }

  @Test func aFileGoesWithItsLastDocument() throws {
    _ = try reopened().commit([acceptance("a", 1), acceptance("b", 2)])
    let ledger = try reopened()
    _ = try ledger.commit([acceptance("c", 3), .finish(subject("a", 1), .done)])
    #expect(try files == ["1", "2"])
    _ = try ledger.commit([.finish(subject("b", 2), .done)])
    #expect(try files == ["2"])
    #expect(try loaded(ledger) == [.document("c", bytes: 100_000)])
    _ = try ledger.commit([.finish(subject("c", 3), .done)])
    _ = try reopened()
    #expect(try files == [])
  }

  @Test func aDocumentThatStaysDoesNotKeepALargeFile() throws {
    for (place, key) in ["a", "b", "c"].enumerated() {
      _ = try reopened().commit([acceptance(key, UInt64(place + 1))])
    }
    let ledger = try reopened()
    #expect(try files == ["1", "2", "3"])
    _ = try ledger.commit([acceptance("d", 4)])
    #expect(try files == ["2", "3", "4"])
    _ = try ledger.commit([acceptance("e", 5, bytes: 8)])
    #expect(try loaded(ledger).map { $0?["source"] } == ["a", "b", "c", "d", "e"].map { Layers.url($0)["source"] })
    #expect(try loaded(reopened()).count == 5)
  }

  @Test func aGroupThatFailsLeavesNoPlaceAndTheNextOneIsWhole() throws {
    let ledger = try reopened()
    try ledger.refuseSecondBody()
    #expect(throws: DatabaseError.self) { try ledger.commit([acceptance("a", 1), acceptance("b", 2)]) }
    _ = try ledger.commit([acceptance("a", 1)])
    #expect(try loaded(ledger) == [.document("a", bytes: 100_000)])
    let again = try reopened()
    #expect(try loaded(again) == [.document("a", bytes: 100_000)])
    #expect(try files == ["2"])
  }

  @Test func aDamagedByteHarmsOnlyItsDocument() throws {
    let ledger = try reopened()
    _ = try ledger.commit([acceptance("a", 1), acceptance("b", 2)])
    let file = try FileHandle(forUpdating: URL(filePath: folder.path + "/bodies/1"))
    try file.seek(toOffset: 60_000)
    try file.write(contentsOf: [UInt8(ascii: "y")])
    try file.close()
    #expect(try loaded(ledger) == [nil, .document("b", bytes: 100_000)])
  }

  @Test func aCheckpointTakesThePlaceOfTheBodyBefore() throws {
    let ledger = try reopened()
    _ = try ledger.commit([acceptance("a", 1)])
    let fetched = Layers.document("a", bytes: 200_000)
    let committed = try ledger.commit([.checkpoint(subject("a", 1), stage: "clean", layers: fetched, timings: "")])
    #expect(committed == [.checkpointed(JobID(key: "a"), bytes: 100_000)])
    #expect(try loaded(ledger) == [fetched])
    #expect(try ledger.start(topology).bytes == UInt64(Body.size(fetched)))
  }

  @Test func bodiesInFilesOutliveADamagedLedger() throws {
    let ledger = try reopened()
    _ = try ledger.commit((1...50).map { acceptance("\($0)", $0, bytes: 3000) })
    let root = try ledger.database.writeWithoutTransaction { db in
      _ = try db.checkpoint(.truncate)
      return try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'backlog'")
    }
    let file = try FileHandle(forUpdating: URL(filePath: folder.path + "/ledger.sqlite"))
    try file.seek(toOffset: UInt64(try #require(root) - 1) * 8192)
    try file.write(contentsOf: Data(repeating: 0xFF, count: 8192))
    try file.close()
    let again = try reopened()
    #expect(try loaded(again) == (1...50).map { .document("\($0)", bytes: 3000) })
    #expect(FileManager.default.fileExists(atPath: folder.path + "/ledger.damaged-1.bodies/1"))
  }

  @Test func aFileThatEmptiedWhileItWasWrittenGoesWhenTheNextOneBegins() throws {
    let bodies = try BodyFiles(folder: folder.path + "/bodies", fileSize: 1000)
    let place = try bodies.append { $0 += [UInt8](repeating: 1, count: 2000) }
    bodies.settle()
    bodies.release(file: place.file, size: place.size)
    bodies.settle()
    #expect(try files == ["1"])
    _ = try bodies.append { $0 += [2] }
    bodies.settle()
    #expect(try files == ["2"])
  }

  @Test func whatAFailedGroupWroteTakesNoRoomOnTheDisk() throws {
    let bodies = try BodyFiles(folder: folder.path + "/bodies")
    func write(_ bytes: Int) throws {
      _ = try bodies.append { $0 += [UInt8](repeating: 1, count: bytes) }
      try bodies.sync()
    }
    try write(50_000)
    bodies.undo()
    #expect(try files == [])
    try write(3000)
    bodies.settle()
    try write(50_000)
    bodies.undo()
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/bodies/2")
    #expect(attributes[.size] as? Int == 3000)
  }
}
