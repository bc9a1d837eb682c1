import Foundation
import GRDB
import Logging
import Record
import Testing
import Wire
import TestSupport

@testable import Queue

extension SQLiteLedger {
  /// How many rows there are in a table, or under a condition.
  func rows(_ table: String) throws -> Int {
    try database.unsafeRead { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0 }
  }
}

/// Finished documents and silent producers, that go after a while.
struct RemovalTests {
  private let folder: TemporaryFolder
  private let topology = try! Topology("clean sink")

  init() throws { folder = TemporaryFolder() }

  private func opened(keeping kept: Int) throws -> SQLiteLedger {
    let ledger = try SQLiteLedger(folder: folder.path, keepingFinished: kept)
    _ = try ledger.start(topology)
    return ledger
  }

  private func acceptance(_ number: Int, by producer: String = "p", sequence: Int? = nil, time: UInt64 = 0) -> Change {
    .accept(
      .init(
        producer: id(producer), sequence: UInt64(sequence ?? number), job: JobID(key: "\(number)"), stage: "clean",
        layers: .document("\(number)"), time: time))
  }

  private func finish(_ number: Int, _ final: Change.Final = .done) -> Change {
    .finish(subject("\(number)", UInt64(number)), final)
  }

  private func states(_ ledger: SQLiteLedger, _ numbers: ClosedRange<Int>) throws -> [ClientReply.JobState] {
    try ledger.states(of: numbers.map { JobID(key: "\($0)") })
  }

  @Test func theLastFinishedDocumentsAreRecognisedAndOlderOnesAreNot() throws {
    let ledger = try opened(keeping: 2)
    _ = try ledger.commit((1...5).map { acceptance($0) } + [finish(3), finish(1), finish(4), finish(2)])
    #expect(try states(ledger, 1...5) == [.unknown, .done, .unknown, .done, .pending])
    let again = try ledger.commit([acceptance(4, sequence: 6), acceptance(3, sequence: 7)])
    #expect(again.first == .known(producer: id("p"), sequence: 6))
    guard case .accepted(_, number: 6, _) = again[1] else {
      Issue.record("\(again)")
      return
    }
  }

  @Test func totalsOutliveRemovalAndRestart() throws {
    let ledger = try opened(keeping: 0)
    _ = try ledger.commit((1...4).map { acceptance($0) } + [finish(1), finish(2), finish(3, .dead)])
    let recovered = try opened(keeping: 0).start(topology)
    #expect(recovered.done == 2 && recovered.dead == 1 && recovered.backlog["clean"]?.count == 1)
    #expect(try ledger.rows("documents") == 2)
  }

  @Test func aNumberIsGivenOnceAlsoIfAllThatWasNumberedIsFinished() throws {
    let ledger = try opened(keeping: 0)
    _ = try ledger.commit((1...3).map { acceptance($0) } + (1...3).map { finish($0) })
    #expect(try opened(keeping: 0).start(topology).highest == 3)
    let next = try ledger.commit([acceptance(1, sequence: 4), finish(1)])
    guard case .accepted(_, number: 4, _) = next[0] else {
      Issue.record("\(next)")
      return
    }
    #expect(try ledger.rows("documents") == 1)
  }

  @Test func deadLettersStayWhateverTheirAgeAndGoOnceTheyAreDropped() throws {
    let ledger = try opened(keeping: 1)
    _ = try ledger.commit([acceptance(1), acceptance(2), finish(1, .dead), finish(2, .failed)])
    _ = try ledger.commit((3...50).map { acceptance($0) } + (3...50).map { finish($0) })
    #expect(try states(ledger, 1...3) == [.dead, .failed, .unknown])
    _ = try ledger.commit([.revise(Revision(.drop, [JobID(key: "1"), JobID(key: "2")], topology, time: 0))])
    _ = try ledger.commit([acceptance(51), finish(51)])
    #expect(try states(ledger, 1...2) == [.unknown, .unknown])
    let recovered = try ledger.start(topology)
    #expect(recovered.done == 49 && recovered.failed == 2 && recovered.dead == 0 && recovered.bytes == 0)
  }

  @Test func partitionsOutliveTheirDocumentsAndAQueueThatIsUpdatedKnowsThem() throws {
    let ledger = try opened(keeping: 0)
    let verdict = Change.Verdict(final: .failed, stage: "clean", line: [1])
    _ = try ledger.commit((1...3).map { acceptance($0) })
    _ = try ledger.commit([
      .assign(subject("1", 1), partition: "a"), .judge(subject("2", 2), verdict, stage: "sink", partition: "b"),
    ])
    try ledger.database.writeWithoutTransaction { db in
      try db.execute(sql: "DROP TABLE partitions; PRAGMA user_version = 4;")
    }
    let updated = try opened(keeping: 0)
    _ = try updated.commit([finish(1), .assign(subject("3", 3), partition: "c"), finish(3), acceptance(4), finish(4)])
    #expect(try updated.rows("documents WHERE partition IN ('a', 'c')") == 0)
    #expect(try opened(keeping: 0).start(topology).partitions == ["a", "b", "c"])
  }

  @Test func aSmallerLimitIsReachedInSlicesWithoutAnyCommit() throws {
    let full = try opened(keeping: 1000)
    _ = try full.commit((1...500).map { acceptance($0) } + (1...500).map { finish($0) })
    let ledger = try opened(keeping: 10)
    #expect(try ledger.removeFinished())
    #expect(try ledger.rows("documents") == 500 - Group.slice)
    while try ledger.removeFinished() {}
    #expect(try ledger.rows("documents") == 10 && ledger.rows("finished") == 10)
    #expect(try states(ledger, 490...491) == [.unknown, .done])
  }

  @Test func aLedgerOfAnEarlierVersionKeepsItsLastDocumentsToo() throws {
    let old = try opened(keeping: 1000)
    _ = try old.commit((1...20).map { acceptance($0) } + (1...20).map { finish($0) })
    try old.database.writeWithoutTransaction { db in
      try db.execute(sql: "DROP TABLE finished; DROP TABLE partitions; PRAGMA user_version = 3;")
    }
    let ledger = try opened(keeping: 5)
    while try ledger.removeFinished() {}
    #expect(try states(ledger, 15...16) == [.unknown, .done])
    #expect(try ledger.start(topology).done == 20)
  }

  @Test func theLedgerForgetsAsTheModelWhateverIsAccepted() throws {
    var dice = Dice(seed: 7)
    let (ledger, model) = (try opened(keeping: 4), MemoryLedger(keepingFinished: 4))
    _ = model.start(topology)
    var (open, sequence): ([Int: UInt64], Int) = ([:], 0)
    for _ in 0..<400 {
      let key = dice.roll(30)
      sequence += 1
      var changes = [acceptance(key, sequence: sequence)]
      if let job = open.keys.sorted().randomElement(using: &dice), let number = open[job], dice.roll(3) > 0 {
        changes.append(.finish(subject("\(job)", number), dice.roll(5) == 0 ? .dead : .done))
        open[job] = nil
      }
      let committed = try ledger.commit(changes)
      if case .accepted(_, let number, _) = committed[0] { open[key] = number }
      // The model has no highest row to keep, so it is asked only where that makes no difference.
      #expect(committed == model.commit(changes))
      #expect(try ledger.start(topology).done == model.start(topology).done)
    }
  }

  @Test func producersThatWereSilentForADayGoWhileOthersCome() throws {
    let ledger = try opened(keeping: 0)
    let (early, late): (UInt64, UInt64) = (1_000_000_000, 1_000_000_000 + Group.producerMemory + 1)
    _ = try ledger.commit((1...500).map { acceptance($0, by: "early \($0)", sequence: 1, time: early) })
    #expect(try ledger.rows("producers") == 500)
    for number in 501...900 {
      _ = try ledger.commit([acceptance(number, by: "late \(number)", sequence: 1, time: late)])
    }
    #expect(try ledger.rows("producers WHERE time = \(early)") < 100)
    #expect(try ledger.rows("producers WHERE time = \(late)") == 400)
  }

  @Test func aProducerWhoseDocumentsAreAllRefusedIsRememberedAsLong() throws {
    let ledger = try opened(keeping: 0)
    let now = 2 * Group.producerMemory
    _ = try ledger.commit([.skip(producer: id("refused"), sequence: 1, time: now)])
    for number in 1...50 {
      _ = try ledger.commit([acceptance(number, by: "p\(number)", sequence: 1, time: now)])
    }
    #expect(try ledger.sequence(of: id("refused")) == 1)
  }

  @Test func tooManyProducersLoseTheSessionsOfThoseThatAreSilentAndAreTold() throws {
    var bench = try Bench()
    for number in 0...Broker.producers {
      try bench.say("c\(number)", .hello(producer: id("p\(number)")))
      if number == 1 { try bench.pass(milliseconds: 1) }
    }
    try bench.pass(milliseconds: 1)
    try bench.say("c0", .put(sequence: 1, key: "a", layers: .document("a")))
    _ = bench.takeReplies("c1")
    try bench.pass(milliseconds: 250)
    guard case .error(let error)? = bench.takeReplies("c1").first else { throw Bench.Absent() }
    #expect(error.code == "no_session")
    _ = bench.takeReplies("c0")
    try bench.say("c0", .put(sequence: 2, key: "b", layers: .document("b")))
    #expect(bench.takeReplies("c0") == [.ok(sequence: 2, known: [])])
  }
}
