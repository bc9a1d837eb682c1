import Queue
import Record
import Testing
import Wire

struct DeliveryTests {
  @Test func aDocumentPassesAllStagesAndIsDone() throws {
    var bench = try Bench("clean extract sink")
    try bench.sink("s")
    try bench.ready("c", "clean")
    try bench.ready("e", "extract")
    try bench.push("a")
    try bench.finish(try #require(bench.takeJobs("c").first), by: "c", adding: "text")
    let job = try #require(bench.takeJobs("e").first)
    #expect(job.layers.all.map(\.name) == ["source", "raw", "text"])
    #expect(job.timings == "clean=0.001500")
    try bench.finish(job, by: "e", adding: "record")
    let last = try #require(bench.takeJobs("s").first)
    #expect(last.layers.all.map(\.name) == ["record"])
    #expect(last.timings == "clean=0.001500 extract=0.001500")
    try bench.finish(last, by: "s")
    #expect(try bench.state("a") == .done)
  }

  @Test func aReadyIsAnsweredWithTheTimesToKeep() throws {
    var bench = try Bench()
    try bench.ready("w", "clean")
    #expect(bench.takeSent("w") == [.accepted(epoch: 1, heartbeat: 1000, lease: 30_000)])
  }

  @Test func aWorkerOfAnUnknownStageIsToldSo() throws {
    var bench = try Bench()
    try bench.ready("w", "translate")
    guard case .error(let error) = bench.takeSent("w").first else { throw Bench.Absent() }
    #expect(error.code == "unknown_stage" && error.message.contains("clean sink"))
  }

  @Test func aSinkWithoutPartitionIsRefused() throws {
    var bench = try Bench()
    try bench.ready("s", "sink")
    guard case .error(let error) = bench.takeSent("s").first else { throw Bench.Absent() }
    #expect(error.code == "malformed")
  }

  @Test func aWorkerWithoutSessionIsToldToBeginOne() throws {
    var bench = try Bench()
    try bench.say("w", .heartbeat([]))
    guard case .error(let error) = bench.takeSent("w").first else { throw Bench.Absent() }
    #expect(error.code == "no_session")
  }

  @Test func creditInMessagesIsNeverExceededAndARepeatedReadyAddsNothing() throws {
    var bench = try Bench()
    try bench.push("a", "b", "c", "d")
    try bench.ready("w", "clean", messages: 2)
    try bench.ready("w", "clean", messages: 2)
    try bench.ready("w", "clean", messages: 1)
    #expect(bench.takeJobs("w").count == 2)
    try bench.ready("w", "clean", messages: 3)
    #expect(bench.takeJobs("w").count == 1)
  }

  @Test func creditInBytesIsNeverExceededButByAJobAlone() throws {
    var bench = try Bench()
    try bench.push("a", "b", bytes: 1000)
    try bench.ready("w", "clean", messages: 10, bytes: 100)
    let first = bench.takeJobs("w")
    #expect(first.count == 1)
    try bench.finish(first[0], by: "w", adding: "record")
    #expect(bench.takeJobs("w").count == 1)
  }

  @Test func aDocumentThatWaitsOnDiskIsLoadedWhenAWorkerComes() throws {
    var bench = try Bench()
    try bench.push("a")
    try bench.crash()
    try bench.ready("w", "clean")
    #expect(bench.takeJobs("w").map(\.lease.job) == [JobID(key: "a")])
  }

  @Test func documentsForAStageWithoutWorkersDoNotKeepOthersWaiting() throws {
    var limits = Limits()
    limits.windowJobs = 2
    var bench = try Bench("fetch:unless=raw clean sink", limits: limits)
    try bench.say("p", .hello(producer: id("p")))
    for sequence in 1...5 as ClosedRange<UInt64> {
      try bench.say("p", .put(sequence: sequence, key: "u\(sequence)", layers: .url("u\(sequence)")))
    }
    try bench.push("a")
    try bench.ready("w", "clean")
    #expect(bench.takeJobs("w").map(\.lease.job) == [JobID(key: "a")])
  }

  @Test func theWindowBoundsWhatIsLoaded() throws {
    var limits = Limits()
    limits.windowBytes = 10_000
    var bench = try Bench(limits: limits)
    try bench.push("a", "b", "c", "d", "e", "f", "g", "h", bytes: 1000)
    try bench.ready("w", "clean", messages: 1000)
    var seen = bench.takeJobs("w")
    #expect(seen.count == 5)
    try bench.sink("s")
    while let job = seen.popLast() {
      try bench.finish(job, by: "w", adding: "record")
      for last in bench.takeJobs("s") { try bench.finish(last, by: "s") }
      seen += bench.takeJobs("w")
    }
    #expect(try bench.report().done == 8)
  }

  @Test func smallDocumentsPassALargeOneThatDoesNotFitUntilItsTurnComes() throws {
    var bench = try Bench()
    try bench.push("small-0")
    try bench.push("large", by: "q", bytes: 1 << 20)
    for number in 1...100 { try bench.push("small-\(number)", by: "r\(number)") }
    try bench.ready("w", "clean", messages: 1000, bytes: 1)
    var jobs = bench.takeJobs("w")
    var order: [JobID] = []
    var grant: UInt64 = 1
    // Two small documents in hand at all times: the large one never finds the worker empty by chance.
    while !jobs.isEmpty, order.count < 100 {
      grant += 400
      try bench.ready("w", "clean", messages: 1000, bytes: grant)
      let job = jobs.removeFirst()
      order.append(job.lease.job)
      try bench.finish(job, by: "w", adding: "record")
      jobs += bench.takeJobs("w")
    }
    let place = try #require(order.firstIndex(of: JobID(key: "large")))
    #expect(place > 1 && place < 80)
  }

  @Test func aCheckpointIsCommittedBeforeTheNextStageGetsTheJob() throws {
    var bench = try Bench("fetch:unless=raw,checkpoint clean sink")
    try bench.ready("f", "fetch")
    try bench.ready("c", "clean")
    try bench.say("p", .hello(producer: id("p")))
    try bench.say("p", .put(sequence: 1, key: "u", layers: .url("u")))
    let job = try #require(bench.takeJobs("f").first)
    bench.isPrompt = false
    try bench.finish(job, by: "f", adding: "raw")
    #expect(bench.takeJobs("c").isEmpty)
    try bench.settle()
    #expect(bench.takeJobs("c").count == 1)
  }

  @Test func whatACheckpointHoldsIsNotDoneAgainAfterACrash() throws {
    var bench = try Bench("fetch:unless=raw,checkpoint clean sink")
    try bench.ready("f", "fetch")
    try bench.say("p", .hello(producer: id("p")))
    try bench.say("p", .put(sequence: 1, key: "u", layers: .url("u")))
    try bench.finish(try #require(bench.takeJobs("f").first), by: "f", adding: "raw")
    try bench.crash()
    try bench.ready("f", "fetch")
    try bench.ready("c", "clean")
    #expect(bench.takeJobs("f").isEmpty)
    #expect(bench.takeJobs("c").first?.timings == "fetch=0.001500")
  }

  @Test func aDocumentThatACheckpointMovedDoesNotHideOneThatWaits() throws {
    var limits = Limits()
    limits.windowJobs = 2
    var bench = try Bench("fetch:unless=raw,checkpoint clean sink", limits: limits)
    try bench.say("p", .hello(producer: id("p")))
    try bench.say("p", .put(sequence: 1, key: "u", layers: .url("u")))
    try bench.push("a")
    try bench.ready("f", "fetch")
    try bench.finish(try #require(bench.takeJobs("f").first), by: "f", adding: "raw")
    try bench.ready("c", "clean")
    #expect(Set(bench.takeJobs("c").map(\.lease.job)) == [JobID(key: "a"), JobID(key: "u")])
    #expect(try bench.report().accepted == 2)
  }

  @Test func theWatermarkFollowsTheLowestUnfinishedNumber() throws {
    var bench = try Bench()
    try bench.sink("s")
    try bench.ready("w", "clean")
    try bench.push("a", "b", "c")
    let jobs = bench.takeJobs("w")
    for job in [jobs[0], jobs[2]] {
      try bench.finish(job, by: "w", adding: "record")
      try bench.finish(try #require(bench.takeJobs("s").first), by: "s")
    }
    try bench.pass(milliseconds: 1000)
    try bench.finish(jobs[1], by: "w", adding: "record")
    #expect(bench.takeJobs("s").first?.watermark == 2)
  }

  @Test func anotherTopologyAfterARestartSendsDocumentsThroughItsStages() throws {
    var bench = try Bench("clean sink")
    try bench.push("a")
    try bench.crash("translate clean sink")
    try bench.ready("t", "translate")
    #expect(bench.takeJobs("t").count == 1)
  }
}
