import Foundation
import GRDB
import Logging
import Record
import Testing
import Wire
import TestSupport

@testable import Queue

struct LedgerTests {
  private let topology = try! Topology(Topology.standard)
  private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private func acceptance(_ key: String, _ sequence: UInt64, stage: String = "clean", bytes: Int = 8) -> Change {
    .accept(
      .init(
        producer: id("p"), sequence: sequence, job: JobID(key: key), stage: stage,
        layers: .document(key, bytes: bytes), time: 1_700_000_000_000))
  }

  @Test func anEmptyLedgerBeginsALaterEpochEachTime() throws {
    let folder = TemporaryFolder()
    let first = try SQLiteLedger(folder: folder.path).start(topology).epoch
    #expect(try SQLiteLedger(folder: folder.path).start(topology).epoch == first + 1)
  }

  @Test func whatWasCommittedIsThereAfterReopening() throws {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.start(topology)
    _ = try ledger.commit([
      acceptance("a", 1), acceptance("b", 2),
      .attempts(subject("a", 1), "clean=2", lastError: LastError(stage: "clean", code: "timed_out", message: "m")),
      .assign(subject("a", 1), partition: "sink-1"),
    ])
    let again = try SQLiteLedger(folder: folder.path)
    let recovered = try again.start(topology)
    #expect(recovered.backlog == ["clean": .init(count: 2, oldest: 1_700_000_000_000)])
    #expect(recovered.highest == 2)
    let documents = try again.load(stage: "clean", after: 0, count: 10, bytes: 1000)
    #expect(documents.map(\.job) == [JobID(key: "a"), JobID(key: "b")])
    #expect(documents[0].layers == .document("a"))
    #expect(documents[0].attempts == "clean=2" && documents[0].partition == "sink-1")
    #expect(documents[0].lastError == LastError(stage: "clean", code: "timed_out", message: "m"))
    #expect(try again.sequence(of: id("p")) == 2)
  }

  @Test func aGroupThatFailsLeavesNothing() throws {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.start(topology)
    try ledger.refuseSecondBody()
    #expect(throws: DatabaseError.self) { try ledger.commit([acceptance("a", 1), acceptance("b", 2)]) }
    #expect(try ledger.states(of: [JobID(key: "a")]) == [.unknown])
    #expect(try ledger.sequence(of: id("p")) == 0)
  }

  @Test func groupsOfOneDocumentLetTheLogGrowNoFurtherThanLargeOnes() throws {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.start(topology)
    for sequence in 1...1500 { _ = try ledger.commit([acceptance("\(sequence)", UInt64(sequence))]) }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix("-wal") }
    let log = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + files[0])[.size] as? Int
    #expect(try #require(log) < 2 * Checkpoints.threshold, "\(log ?? 0) bytes")
  }

  @Test func aDoneDocumentKeepsItsKeyAndLosesItsBody() throws {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.start(topology)
    _ = try ledger.commit([acceptance("a", 1, bytes: 100_000)])
    let committed = try ledger.commit([.finish(subject("a", 1), .done)])
    #expect(
      committed == [.finished(JobID(key: "a"), .done), .released(bytes: Body.size(.document("a", bytes: 100_000)))])
    #expect(try ledger.commit([acceptance("a", 2, bytes: 100_000)]) == [.known(producer: id("p"), sequence: 2)])
    let recovered = try ledger.start(topology)
    #expect(recovered.done == 1 && recovered.bytes == 0 && recovered.backlog.isEmpty)
  }

  @Test func aSecondFinishIsNotCounted() throws {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.start(topology)
    _ = try ledger.commit([acceptance("a", 1), .finish(subject("a", 1), .done), .finish(subject("a", 1), .failed)])
    let recovered = try ledger.start(topology)
    #expect(recovered.done == 1 && recovered.failed == 0)
  }

  @Test func loadingStopsAtTheBytesAndGoesOnAfterANumber() throws {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.start(topology)
    _ = try ledger.commit((1...5).map { acceptance("\($0)", $0, bytes: 1000) })
    #expect(try ledger.load(stage: "clean", after: 0, count: 10, bytes: 1500).map(\.number) == [1, 2])
    #expect(try ledger.load(stage: "clean", after: 2, count: 2, bytes: .max).map(\.number) == [3, 4])
    #expect(try ledger.load(stage: "fetch", after: 0, count: 10, bytes: .max).isEmpty)
  }

  @Test func aMissingBodyHarmsOnlyItsDocument() throws {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.start(topology)
    _ = try ledger.commit([acceptance("a", 1), acceptance("b", 2)])
    try ledger.database.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM bodies WHERE number = 1") }
    let documents = try ledger.load(stage: "clean", after: 0, count: 10, bytes: 1000)
    #expect(documents.map(\.layers) == [nil, .document("b")])
    var bench = try Bench(Topology.standard, ledger: ledger)
    try bench.sink("s")
    try bench.ready("w", "clean")
    #expect(bench.takeJobs("w").map(\.lease.job) == [JobID(key: "b")])
    #expect(bench.takeJobs("s").first?.layers["failure"] != nil)
  }

  @Test func anotherTopologyDerivesTheStagesAnewButOfTheJudged() throws {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.start(topology)
    let verdict = Change.Verdict(final: .failed, stage: "clean", line: [1])
    _ = try ledger.commit([
      acceptance("a", 1), acceptance("b", 2), .judge(subject("b", 2), verdict, stage: "sink", partition: "s"),
    ])
    let recovered = try ledger.start(try Topology("translate:unless=raw ocr clean store"))
    #expect(recovered.backlog.mapValues(\.count) == ["ocr": 1, "store": 1])
    #expect(try ledger.load(stage: "store", after: 0, count: 1, bytes: 1).first?.verdict == verdict)
  }

  @Test func aFileThatIsNoLedgerIsSetAsideAndTheQueueStarts() throws {
    let folder = TemporaryFolder()
    let garbage = Data(repeating: 7, count: 10_000)
    try garbage.write(to: URL(filePath: folder.path + "/ledger.sqlite"))
    #expect(throws: SQLiteLedger.Damaged.self) { try SQLiteLedger(folder: folder.path) }
    let ledger = try SQLiteLedger.opened(folder: folder.path, quiet)
    #expect(try ledger.start(topology).backlog.isEmpty)
    #expect(try Data(contentsOf: URL(filePath: folder.path + "/ledger.damaged-1")) == garbage)
  }

  @Test func aLedgerWithADamagedPageKeepsWhatTheOtherPagesHold() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/ledger.sqlite"
    let page = try damagedLedger(in: folder)
    var file = try Data(contentsOf: URL(filePath: path))
    let start = (page - 1) * 8192
    file.replaceSubrange(start..<start + 8192, with: Data(repeating: 0xFF, count: 8192))
    try file.write(to: URL(filePath: path))
    let ledger = try SQLiteLedger.opened(folder: folder.path, quiet)
    let count = try #require(try ledger.start(topology).backlog["clean"]).count
    #expect(count > 1000 && count < 2000)
    let states = try ledger.states(of: (1...2000).map { JobID(key: "\($0)") })
    #expect(states.count { $0 == .pending } == count)
    #expect(try ledger.sequence(of: id("p")) == 2000)
    #expect(FileManager.default.fileExists(atPath: folder.path + "/ledger.damaged-1"))
  }

  @Test func whatIsSalvagedKeepsTotalsOfRemovedDocumentsAndNamesWhatIsLost() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/ledger.sqlite"
    let page = try damagedLedger(in: folder)
    do {
      let ledger = try SQLiteLedger(folder: folder.path, keepingFinished: 0)
      _ = try ledger.commit([.assign(subject("1", 1), partition: "s")])
      _ = try ledger.commit((1...10).map { .finish(subject("\($0)", UInt64($0)), .done) })
      try ledger.database.writeWithoutTransaction { db in
        try db.execute(sql: "DELETE FROM bodies WHERE number = 11")
        _ = try db.checkpoint(.truncate)
      }
    }
    var file = try Data(contentsOf: URL(filePath: path))
    let start = (page - 1) * 8192
    file.replaceSubrange(start..<start + 8192, with: Data(count: 8192))
    try file.write(to: URL(filePath: path))
    let (ledger, _, kept) = try SQLiteLedger.salvaged(folder: folder.path)
    let recovered = try ledger.start(topology)
    #expect(recovered.done == 10 && recovered.partitions == ["s"])
    #expect(kept.holes.count == 1)
    let hole = try #require(kept.holes.first)
    let before = try #require(hole.before)
    #expect(kept.documents == 1990 - Int(before - hole.after - 1))
    #expect(kept.description.contains("between \(hole.after) and \(before)"))
    #expect(kept.bodiless.map(\.number) == [11] && kept.description.contains("11 (job \(JobID(key: "11")))"))
  }

  /// Makes a ledger of 2,000 documents, and says which page is one of the middle of its documents.
  private func damagedLedger(in folder: TemporaryFolder) throws -> Int {
    let ledger = try SQLiteLedger(folder: folder.path)
    _ = try ledger.start(topology)
    _ = try ledger.commit((1...2000).map { acceptance("\($0)", $0) })
    return try ledger.database.writeWithoutTransaction { db in
      _ = try db.checkpoint(.truncate)
      let root = try #require(
        try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'documents'"))
      let file = try Data(contentsOf: URL(filePath: folder.path + "/ledger.sqlite"))
      // The first cell of an interior page begins with the number of its leftmost child.
      let header = file[(root - 1) * 8192..<root * 8192]
      let middle = 12 + 2 * ((Int(header[header.startIndex + 3]) << 8 | Int(header[header.startIndex + 4])) / 2)
      let cell = Int(header[header.startIndex + middle]) << 8 | Int(header[header.startIndex + middle + 1])
      return header[(header.startIndex + cell)..<(header.startIndex + cell + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
  }
}

extension SQLiteLedger {
  /// Lets a group fail as on a full disk, amid it: at the body of the document with number 2.
  func refuseSecondBody() throws {
    try database.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          CREATE TRIGGER full BEFORE INSERT ON bodies WHEN new.number = 2
          BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END
          """)
    }
  }
}
