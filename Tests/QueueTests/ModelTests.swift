import Queue
import Record
import Testing
import Wire

/// Random actions and crashes, and at the end: one line for each promised document, in one partition, and none else.
struct ModelTests {
  @Test(arguments: 1...16 as ClosedRange<UInt64>) func everyPromiseIsOneLineWhateverDies(_ seed: UInt64) throws {
    try run(World(seed: seed, ledger: MemoryLedger()), steps: 600)
  }

  @Test(arguments: 101...104 as ClosedRange<UInt64>) func theLedgerOnDiskDoesAsTheModel(_ seed: UInt64) throws {
    let folder = try Folder()
    try run(World(seed: seed, ledger: SQLiteLedger(folder: folder.path)), steps: 600)
  }

  private func run(_ start: World, steps: Int) throws {
    var world = start
    for _ in 0..<steps {
      try world.step()
      if !world.broken.isEmpty { break }
    }
    try #require(world.broken.isEmpty)
    try world.drain()
    try #require(world.broken.isEmpty)
    let written = world.lines.values.flatMap { $0 }
    #expect(Set(written.map(\.key)) == Set(world.promised.map { JobID(key: $0) }))
    #expect(written.count == world.promised.count, "a document has lines in two partitions")
    let report = try world.bench.settledReport()
    #expect(report.accepted == world.promised.count && report.done + report.failed + report.dead == report.accepted)
  }
}
