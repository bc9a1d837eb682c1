import Foundation
import GRDB
import Queue
import Record
import Testing
import Wire
import TestSupport

/// The real program on ledgers whose files were really damaged.
struct QueueCheckTests {
  let folder = TemporaryFolder()

  private var queue: String { folder.path + "/queue" }
  private var path: String { queue + "/ledger.sqlite" }

  private func finish(_ number: Int, _ final: Change.Final) -> Change {
    .finish(Change.Subject(JobID(key: "\(number)"), number: UInt64(number)), final)
  }

  /// 300 documents with bytes in the ledger and 3 with bytes in a file; of these, one dead letter and one record.
  @discardableResult
  private func makeLedger() throws -> SQLiteLedger {
    try FileManager.default.createDirectory(atPath: queue, withIntermediateDirectories: true)
    let ledger = try SQLiteLedger(folder: queue)
    _ = try ledger.start(Topology("clean sink"))
    _ = try ledger.commit((1...303).map { acceptance($0, bytes: $0 > 300 ? 5000 : 500) })
    _ = try ledger.commit([finish(1, .dead), finish(2, .done)])
    return ledger
  }

  private func acceptance(_ number: Int, bytes: Int) -> Change {
    var layers = Layers()
    layers.append("source", Array(#"{"uri":"\#(number)"}"#.utf8))
    layers.append("raw", [UInt8](repeating: UInt8(ascii: "x"), count: bytes))
    return .accept(
      .init(
        producer: Array(repeating: 7, count: 16), sequence: UInt64(number), job: JobID(key: "\(number)"),
        stage: "clean", layers: layers, time: 0))
  }

  /// Puts zeros in the place of the page at which a table or an index begins.
  private func clearRoot(of name: String) throws {
    let page = try DatabaseQueue(path: path).writeWithoutTransaction { db in
      _ = try db.checkpoint(.truncate)
      return try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_master WHERE name = ?", arguments: [name]) ?? 0
    }
    try change(path) { $0.replaceSubrange((page - 1) * 8192..<page * 8192, with: Data(count: 8192)) }
  }

  private func moveLogIntoFile() throws {
    try DatabaseQueue(path: path).writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
  }

  private func change(_ file: String, _ change: (inout Data) -> Void) throws {
    var data = try Data(contentsOf: URL(filePath: file))
    change(&data)
    try data.write(to: URL(filePath: file))
  }

  private func check(_ arguments: String...) throws -> GongwenProcess.Result {
    try GongwenProcess("gongwen", ["queue", "check"] + arguments, home: folder.path).result()
  }

  private struct Report: Decodable {
    struct Bodiless: Decodable { var number: Int, job: String, state: String }
    struct Repair: Decodable { var aside: String, documents: Int, bodies: Int }

    var whole: Bool
    var documents: [String: Int]
    var bodies: Int
    var faults: [String]
    var bodiless: [Bodiless]
    var stray_files: Int
    var repair: Repair?
  }

  private func report(_ result: GongwenProcess.Result) throws -> Report {
    try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
  }

  @Test func aWholeLedgerIsCountedByStateAndNothingIsRepaired() throws {
    try makeLedger()
    let result = try check("--json", "--repair")
    #expect(result.status == 0)
    let report = try report(result)
    #expect(report.whole && report.repair == nil)
    #expect(report.documents == ["pending": 301, "done": 1, "failed": 0, "dead": 1])
    #expect(report.bodies == 302)
    #expect(try FileManager.default.contentsOfDirectory(atPath: queue).allSatisfy { !$0.contains("damaged") })
  }

  enum Damage: String, CaseIterable { case index, documents, bodies, bodyFile, truncated, zeros, empty }

  private func damage(_ damage: Damage) throws {
    try moveLogIntoFile()
    switch damage {
    case .index: try clearRoot(of: "backlog")
    case .documents: try clearRoot(of: "documents")
    case .bodies: try clearRoot(of: "bodies")
    case .bodyFile: try change(queue + "/bodies/1") { $0[7000] ^= 1 }
    case .truncated: try change(path) { $0 = $0.prefix($0.count / 8192 / 2 * 8192) }
    case .zeros: try change(path) { $0 = Data(count: $0.count) }
    case .empty: try change(path) { $0 = Data() }
    }
  }

  @Test(arguments: Damage.allCases) func aDamagedLedgerIsFoundAndWholeAfterARepair(_ damage: Damage) throws {
    do { try makeLedger() }
    try self.damage(damage)
    let before = try Data(contentsOf: URL(filePath: path))
    let found = try check()
    #expect(found.status == 1)
    #expect(found.output.contains("damaged") && found.output.contains("A repair: "))
    #expect(found.errors.contains("--repair"))
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    let repaired = try check("--repair", "--json")
    #expect(repaired.status == 0)
    let repair = try #require(try report(repaired).repair)
    #expect(try Data(contentsOf: URL(filePath: repair.aside)) == before)
    let now = try check("--json")
    #expect(now.status == 0, "\(now.output)")
    #expect(try report(now).documents.values.reduce(0, +) == repair.documents)
    if damage == .index { #expect(repair.documents == 303 && repair.bodies == 302) }
    if damage == .bodies { #expect(repair.documents == 303 && repair.bodies == 0) }
  }

  @Test func ofManyFaultsOfTheFileTwentyAreNamed() throws {
    do { try makeLedger() }
    for name in ["bodies", "backlog", "documents"] { try clearRoot(of: name) }
    let faults = try report(try check("--json")).faults
    #expect(faults.count > 20, "\(faults)")
    #expect(faults.allSatisfy { !$0.contains("\n") })
    #expect(try check().output.contains(" and \(faults.count - 20) more\nfiles of bodies"))
  }

  @Test func aBodyThatIsNotWhatWasWrittenIsNamedWithItsNumberJobAndState() throws {
    do { try makeLedger() }
    try damage(.bodyFile)
    let report = try report(try check("--json"))
    #expect(report.bodiless.map(\.number) == [302])
    #expect(report.bodiless.map(\.job) == [JobID(key: "302").description])
    #expect(try check().output.contains("302 (job \(JobID(key: "302")), pending)"))
  }

  @Test func ofManyBodiesThatAreLostTwentyAreNamed() throws {
    do { try makeLedger() }
    try damage(.bodies)
    #expect(try check().output.contains(" and 282 more"))
  }

  @Test func aFileOfBodiesThatNoDocumentHasAPlaceInIsCountedAndNoDamage() throws {
    do { try makeLedger() }
    try Data(count: 10).write(to: URL(filePath: queue + "/bodies/99"))
    let result = try check("--json")
    #expect(result.status == 0)
    #expect(try report(result).stray_files == 1)
  }

  @Test func aLedgerThatIsMissingWhileItsBodiesAreThereIsDamaged() throws {
    do { try makeLedger() }
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    #expect(try check().status == 1)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func withoutALedgerTheMessageSaysWhatToDo() throws {
    let result = try check()
    #expect(result.status == 69)
    #expect(result.errors.contains("GONGWEN_HOME") && result.errors.contains("gongwen up -d"))
  }

  @Test func whileAQueueRunsARepairIsRefusedAndNamesItsProcess() throws {
    do { try makeLedger() }
    try damage(.index)
    let lock = try InstanceLock(folder: queue)
    let result = try check("--repair")
    #expect(result.status == 1)
    #expect(result.errors.contains("process \(getpid())") && result.errors.contains("gongwen down"))
    withExtendedLifetime(lock) {}
  }

  @Test func besideAQueueThatAcceptsAndFinishesAllIsWhole() async throws {
    let ledger = try makeLedger()
    let queue = Task {
      var number = 304
      while !Task.isCancelled {
        _ = try ledger.commit((number..<number + 40).map { acceptance($0, bytes: $0 % 2 * 5000) })
        _ = try ledger.commit((number - 60..<number - 20).map { finish($0, .done) })
        number += 40
      }
    }
    for _ in 1...10 {
      let result = try check()
      #expect(result.status == 0, "\(result.output)")
    }
    queue.cancel()
    try await queue.value
  }
}
