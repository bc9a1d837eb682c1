import Record
import Testing
import Wire
import TestSupport

@testable import Queue

/// Random actions and crashes, and at the end: one line for each try of a promised document, in one partition, and none else.
struct ModelTests {
  @Test(arguments: 1...16 as ClosedRange<UInt64>) func everyPromiseIsOneLineWhateverDies(_ seed: UInt64) throws {
    try run(World(seed: seed, ledger: MemoryLedger()), steps: 600)
  }

  @Test(arguments: 101...104 as ClosedRange<UInt64>) func theLedgerOnDiskDoesAsTheModel(_ seed: UInt64) throws {
    let folder = TemporaryFolder()
    try run(World(seed: seed, ledger: SQLiteLedger(folder: folder.path)), steps: 600)
  }

  @Test(arguments: 201...208 as ClosedRange<UInt64>) func promisesAreKeptWhileFinishedOnesAreForgotten(
    _ seed: UInt64
  ) throws { try run(World(seed: seed, ledger: MemoryLedger(keepingFinished: 3)), steps: 600) }

  @Test(arguments: 301...306 as ClosedRange<UInt64>) func theLedgerOnDiskForgetsAsTheModelDoes(
    _ seed: UInt64
  ) throws {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: folder.path, keepingFinished: 3)
    try run(World(seed: seed, ledger: ledger), steps: 600)
    // The one with the highest number stays until there is a higher one.
    let last = Change.Acceptance(
      producer: id("last"), sequence: 1, job: JobID(key: "last"), stage: "clean", layers: .document("last"), time: 0)
    _ = try ledger.commit([.accept(last)])
    while try ledger.removeFinished() {}
    #expect(try ledger.rows("documents WHERE state = 1 OR layers = ''") == 3)
  }

  private func run(_ start: World, steps: Int) throws {
    var world = start
    // What has ended in one round is there to be retried and dropped in the next, with the queue dying meanwhile.
    for _ in 0..<3 {
      for _ in 0..<steps / 3 where world.broken.isEmpty { try world.step() }
      try #require(world.broken.isEmpty)
      try world.drain()
      try #require(world.broken.isEmpty)
    }
    let written = world.lines.values.flatMap { $0 }
    #expect(Set(written.map(\.key)) == Set(world.promised.map { JobID(key: $0) }))
    #expect(written.count == world.promised.count, "a document has lines in two partitions")
    for (job, lines) in written {
      #expect(lines.count == 1 + (world.retries[job] ?? 0), "a try of \(job) has no line, or two")
    }
    let report = try world.bench.settledReport()
    #expect(written.allSatisfy { $0.value.count { $0.kind == "record" } <= 1 }, "a document has two records")
    let records = written.count { $0.value.contains { $0.kind == "record" } }
    #expect(report.done == records, "a document whose sink has its record is not done")
    #expect(report.accepted == world.promised.count && report.done + report.failed + report.dead == report.accepted)
  }
}
