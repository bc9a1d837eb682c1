import Foundation
import GRDB
import Record
import Testing
import Wire
import TestSupport

@testable import Queue

/// Documents that ended without a record, on the model and on the disk.
struct LetterTests {
  enum Kind: CaseIterable { case memory, disk }

  private let folder = TemporaryFolder()

  private func bench(_ kind: Kind, _ topology: String = "clean sink", limits: Limits = Limits()) throws -> Bench {
    let ledger: any Ledger = kind == .memory ? MemoryLedger() : try SQLiteLedger(folder: folder.path)
    var bench = try Bench(topology, limits: limits, ledger: ledger)
    try bench.sink("s")
    try bench.ready("w", "clean", messages: 1000)
    return bench
  }

  /// Pushes documents that fail: dead letters if their failure is retryable.
  private func fail(_ keys: [String], isRetryable: Bool = true, _ bench: inout Bench) throws {
    for key in keys { try bench.push(key) }
    for job in bench.takeJobs("w") {
      try bench.say("w", .fail(job.lease, code: "timed_out", isRetryable: isRetryable, message: "m"))
    }
    for job in bench.takeJobs("s") { try bench.finish(job, by: "s") }
  }

  private func ask(_ request: ClientRequest, _ bench: inout Bench) throws -> ClientReply {
    try bench.say("dlq", request)
    return try #require(bench.takeReplies("dlq").first)
  }

  private func revise(
    _ kind: ClientRequest.Revision, _ keys: String..., in bench: inout Bench
  ) throws -> [ClientReply.Outcome] {
    let reply = try ask(.revise(kind, jobs: keys.map { JobID(key: $0) }), &bench)
    guard case .revised(let outcomes) = reply else { throw Bench.Absent() }
    return outcomes
  }

  private func numbers(
    _ endings: ClientRequest.Endings, before: UInt64 = .max, count: UInt64 = 100, _ bench: inout Bench
  )
    throws -> [Int]
  {
    guard case .listed(let letters) = try ask(.letters(endings, before: before, count: count), &bench) else {
      throw Bench.Absent()
    }
    return try letters.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])["number"] as? Int ?? 0
    }
  }

  private var once: Limits {
    var limits = Limits()
    limits.attempts = 1
    return limits
  }

  @Test(arguments: Kind.allCases) func aRetriedDocumentComesAgainUnderANewNumberWithAllAttempts(_ kind: Kind) throws {
    var bench = try bench(kind, limits: once)
    try fail(["a"], &bench)
    #expect(try bench.state("a") == .dead)
    #expect(try revise(.retry, "a", in: &bench) == [.ok])
    let job = try #require(bench.takeJobs("w").first)
    #expect(job.number == 2 && job.attempt == 1 && job.layers == .document("a"))
    let report = try bench.report()
    #expect(report.accepted == 1 && report.dead == 0 && report.in_flight == 1)
    try bench.finish(job, by: "w", adding: "record")
    let last = try #require(bench.takeJobs("s").first)
    #expect(last.number == 2 && last.layers.all.map(\.name) == ["record"])
    try bench.finish(last, by: "s")
    #expect(try bench.report().done == 1)
  }

  @Test(arguments: Kind.allCases) func aRetryIsAnsweredAfterItsCommitAndOutlivesTheQueue(_ kind: Kind) throws {
    var bench = try bench(kind, limits: once)
    try fail(["a"], &bench)
    bench.isPrompt = false
    try bench.say("dlq", .revise(.retry, jobs: [JobID(key: "a")]))
    #expect(bench.takeReplies("dlq").isEmpty)
    try bench.settle()
    #expect(bench.takeReplies("dlq") == [.revised([.ok])])
    try bench.crash()
    try bench.ready("w", "clean")
    #expect(bench.takeJobs("w").map(\.number) == [2])
  }

  @Test(arguments: Kind.allCases) func aRetriedDocumentGoesToThePartitionItHad(_ kind: Kind) throws {
    var bench = try bench(kind, limits: once)
    try fail(["a"], &bench)
    try bench.sink("another")
    _ = try revise(.retry, "a", in: &bench)
    try bench.finish(try #require(bench.takeJobs("w").first), by: "w", adding: "record")
    #expect(bench.takeJobs("s").count == 1)
  }

  @Test(arguments: Kind.allCases) func aRetryAfterARetryWorksAsTheFirstOne(_ kind: Kind) throws {
    var bench = try bench(kind, limits: once)
    try fail(["a"], &bench)
    for number in 2...4 as ClosedRange<UInt64> {
      #expect(try revise(.retry, "a", in: &bench) == [.ok])
      let job = try #require(bench.takeJobs("w").first)
      #expect(job.number == number)
      try bench.say("w", .fail(job.lease, code: "timed_out", isRetryable: true, message: "m"))
      for job in bench.takeJobs("s") { try bench.finish(job, by: "s") }
      #expect(try bench.report().dead == 1)
    }
  }

  @Test(arguments: Kind.allCases) func eachJobThatCannotBeRevisedIsAnsweredWithItsReason(_ kind: Kind) throws {
    var bench = try bench(kind, limits: once)
    try fail(["dead", "gone"], &bench)
    try bench.push("done")
    try bench.finish(try #require(bench.takeJobs("w").first), by: "w", adding: "record")
    for job in bench.takeJobs("s") { try bench.finish(job, by: "s") }
    try bench.push("waiting")
    #expect(try revise(.drop, "gone", "gone", in: &bench) == [.ok, .dropped])
    for kind in [ClientRequest.Revision.retry, .drop] {
      #expect(
        try revise(kind, "waiting", "done", "gone", "never", in: &bench) == [.unfinished, .done, .dropped, .unknown])
    }
    #expect(try revise(.retry, "dead", "dead", in: &bench) == [.ok, .unfinished])
  }

  @Test(arguments: Kind.allCases) func deadLettersAreCountedWhereTheyFailedAlsoByTheNextQueue(_ kind: Kind) throws {
    var bench = try bench(kind, limits: once)
    try fail(["a", "b", "c"], &bench)
    #expect(try bench.report().stages.mapValues(\.dead) == ["clean": 3, "sink": 0])
    try bench.crash()
    #expect(try bench.report().stages.mapValues(\.dead) == ["clean": 3, "sink": 0])
    #expect(try revise(.retry, "a", in: &bench) == [.ok] && revise(.drop, "b", in: &bench) == [.ok])
    #expect(try bench.report().stages.mapValues(\.dead) == ["clean": 1, "sink": 0])
  }

  @Test(arguments: Kind.allCases) func aDroppedDocumentIsFailedItsBytesAreFreeAndItsKeyIsKnown(_ kind: Kind) throws {
    var bench = try bench(kind, limits: once)
    try fail(["a"], &bench)
    #expect(try revise(.drop, "a", in: &bench) == [.ok])
    let report = try bench.report()
    #expect(report.accepted == 1 && report.dead == 0 && report.failed == 1)
    let recovered = try bench.ledger.start(try Topology("clean sink"))
    #expect(recovered.bytes == 0 && recovered.failed == 1 && recovered.dead == 0)
    #expect(try numbers(.all, &bench) == [])
    try bench.say("q", .hello(producer: id("q")))
    try bench.say("q", .put(sequence: 1, key: "a", layers: .document("a")))
    #expect(bench.takeReplies("q").last == .ok(sequence: 1, known: [1]))
  }

  @Test(arguments: Kind.allCases) func lettersAreListedInPagesTheNewestFirst(_ kind: Kind) throws {
    var bench = try bench(kind, limits: once)
    try fail(["1", "2", "3"], &bench)
    try fail(["4"], isRetryable: false, &bench)
    #expect(try numbers(.dead, &bench) == [3, 2, 1])
    #expect(try numbers(.all, count: 2, &bench) == [4, 3])
    #expect(try numbers(.all, before: 3, count: 2, &bench) == [2, 1])
    #expect(try numbers(.all, before: 1, &bench) == [])
  }

  @Test(arguments: Kind.allCases) func aDocumentIsShownWithTheLayersAskedFor(_ kind: Kind) throws {
    var bench = try bench(kind, limits: once)
    try fail(["a"], &bench)
    guard case .shown(let json, let layers) = try ask(.show(JobID(key: "a"), layers: ["raw"]), &bench) else {
      throw Bench.Absent()
    }
    #expect(layers.all.map(\.name) == ["raw"])
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.contains(#""state":"dead""#) && text.contains(#""code":"timed_out""#))
    #expect(try ask(.show(JobID(key: "b"), layers: []), &bench) == .shown(json: [], layers: Layers()))
  }

  @Test func aRevisionEndsAtItsBytesAndTheRestIsForAnother() throws {
    var limits = once
    limits.windowBytes = 64 << 20
    var bench = try bench(.disk, limits: limits)
    for key in ["1", "2", "3"] { try bench.push(key, bytes: Revision.bytes / 2) }
    for job in bench.takeJobs("w") {
      try bench.say("w", .fail(job.lease, code: "no_text", isRetryable: false, message: ""))
    }
    for job in bench.takeJobs("s") { try bench.finish(job, by: "s") }
    #expect(try revise(.drop, "1", "2", "3", in: &bench) == [.ok, .ok])
    #expect(try revise(.drop, "3", in: &bench) == [.ok])
  }

  @Test func whatWasFetchedIsNotFetchedAgainAndWhatWasNotIs() throws {
    var bench = try Bench("fetch:unless=raw,checkpoint clean sink", limits: once)
    try bench.sink("s")
    try bench.ready("f", "fetch", messages: 100)
    try bench.ready("w", "clean", messages: 100)
    try bench.say("p", .hello(producer: id("p")))
    for (sequence, key) in [(1, "absent"), (2, "fetched")] as [(UInt64, String)] {
      try bench.say("p", .put(sequence: sequence, key: key, layers: .url(key)))
    }
    for job in bench.takeJobs("f") {
      guard job.lease.job == JobID(key: "fetched") else {
        try bench.say("f", .fail(job.lease, code: "http_status", isRetryable: false, message: "404"))
        continue
      }
      try bench.finish(job, by: "f", adding: "raw")
    }
    let cleaned = try #require(bench.takeJobs("w").first)
    try bench.say("w", .fail(cleaned.lease, code: "no_text", isRetryable: false, message: ""))
    for job in bench.takeJobs("s") { try bench.finish(job, by: "s") }
    #expect(try revise(.retry, "absent", "fetched", in: &bench) == [.ok, .ok])
    #expect(bench.takeJobs("f").map(\.lease.job) == [JobID(key: "absent")])
    #expect(bench.takeJobs("w").map(\.lease.job) == [JobID(key: "fetched")])
  }

  @Test func aLedgerOfVersion1IsBroughtToThisOneWithAllItHolds() throws {
    var bench = try bench(.disk, limits: once)
    try fail(["a"], &bench)
    try bench.push("b")
    let path = folder.path + "/ledger.sqlite"
    try DatabaseQueue(path: path).writeWithoutTransaction { db in
      try db.execute(
        sql: """
          DROP TABLE partitions; DROP TABLE finished; DROP INDEX ended; DROP INDEX places;
          ALTER TABLE bodies DROP COLUMN file; ALTER TABLE bodies DROP COLUMN offset;
          ALTER TABLE bodies DROP COLUMN size; ALTER TABLE bodies DROP COLUMN checksum;
          PRAGMA user_version = 1;
          """)
    }
    let ledger = try SQLiteLedger(folder: folder.path)
    #expect(try ledger.find(.letters(.dead, before: .max, count: 10)).map(\.job) == [JobID(key: "a")])
    #expect(try ledger.states(of: [JobID(key: "b")]) == [.pending])
  }
}
