import Queue
import Record
import Testing
import Wire

struct ProducerTests {
  private let layers = Layers.document("a")

  @Test func aNewProducerBeginsAtZero() throws {
    var bench = try Bench()
    try bench.say("p", .hello(producer: id("p")))
    #expect(bench.takeReplies("p") == [.welcome(epoch: 1, sequence: 0)])
  }

  @Test func okComesAfterTheCommitAndNotBefore() throws {
    var bench = try Bench()
    try bench.say("p", .hello(producer: id("p")))
    bench.isPrompt = false
    _ = bench.takeReplies("p")
    try bench.say("p", .put(sequence: 1, key: "a", layers: layers))
    #expect(bench.takeReplies("p").isEmpty)
    try bench.settle()
    #expect(bench.takeReplies("p") == [.ok(sequence: 1, known: [])])
  }

  @Test func oneOkCoversAGroup() throws {
    var bench = try Bench()
    try bench.say("p", .hello(producer: id("p")))
    _ = bench.takeReplies("p")
    bench.isPrompt = false
    for sequence in 1...3 as ClosedRange<UInt64> {
      try bench.say("p", .put(sequence: sequence, key: "\(sequence)", layers: layers))
    }
    try bench.settle()
    #expect(bench.takeReplies("p") == [.ok(sequence: 3, known: [])])
  }

  @Test func aSequenceThatIsNotTheNextIsDropped() throws {
    var bench = try Bench()
    try bench.push("a")
    try bench.say("push", .put(sequence: 3, key: "c", layers: layers))
    try bench.say("push", .put(sequence: 1, key: "b", layers: layers))
    #expect(bench.takeReplies("push").isEmpty)
    #expect(try bench.report().accepted == 1)
  }

  @Test func theSameBytesUnderTheSameKeyAreKnown() throws {
    var bench = try Bench()
    try bench.push("a")
    try bench.say("push", .put(sequence: 2, key: "a", layers: layers))
    #expect(bench.takeReplies("push") == [.ok(sequence: 2, known: [2])])
    #expect(try bench.report().accepted == 1)
  }

  @Test func otherBytesUnderTheSameKeyAreRefused() throws {
    var bench = try Bench()
    try bench.push("a")
    try bench.say("push", .put(sequence: 2, key: "a", layers: .document("a", bytes: 9)))
    let replies = bench.takeReplies("push")
    guard case .refused(2, "key_conflict", _) = replies.first else { return #expect(replies.isEmpty) }
    #expect(replies.last == .ok(sequence: 2, known: []))
  }

  @Test func aDocumentAboveTheLimitIsRefusedAndTheNextIsTaken() throws {
    var limits = Limits()
    limits.documentBytes = 100
    var bench = try Bench(limits: limits)
    try bench.push("a", bytes: 200)
    try bench.say("push", .put(sequence: 2, key: "b", layers: layers))
    #expect(bench.takeReplies("push") == [.ok(sequence: 2, known: [])])
    #expect(try bench.state("a") == .unknown && bench.state("b") == .pending)
  }

  @Test func aDocumentWithoutSourceIsRefused() throws {
    var bench = try Bench()
    try bench.push()
    try bench.say("push", .put(sequence: 1, key: "a", layers: Layers()))
    guard case .refused(1, "malformed", _) = bench.takeReplies("push").first else { throw Bench.Absent() }
  }

  @Test func aPutWithoutHelloIsToldSo() throws {
    var bench = try Bench()
    try bench.say("p", .put(sequence: 1, key: "a", layers: layers))
    guard case .error(let error) = bench.takeReplies("p").first else { throw Bench.Absent() }
    #expect(error.code == "no_session")
  }

  @Test func aProducerGoesOnAfterWhatWasCommittedWhenTheQueueDies() throws {
    var bench = try Bench()
    try bench.push("a", "b")
    bench.isPrompt = false
    try bench.say("push", .put(sequence: 3, key: "c", layers: layers))
    try bench.crash()
    try bench.say("push", .hello(producer: id("push")))
    #expect(bench.takeReplies("push") == [.welcome(epoch: 2, sequence: 2)])
    #expect(try bench.report().accepted == 2)
  }

  @Test func aProducerOnANewConnectionLosesTheOldOne() throws {
    var bench = try Bench()
    try bench.push("a", by: "old")
    try bench.say("new", .hello(producer: id("old")))
    try bench.say("old", .put(sequence: 2, key: "b", layers: layers))
    guard case .error(let error) = bench.takeReplies("old").first else { throw Bench.Absent() }
    #expect(error.code == "no_session")
    #expect(bench.takeReplies("new") == [.welcome(epoch: 1, sequence: 1)])
  }

  @Test func aFullLedgerAsksProducersToWaitAndTakesTheSameSequenceLater() throws {
    var bench = try Bench()
    try bench.push("a")
    try bench.handle(.space(0))
    try bench.say("push", .put(sequence: 2, key: "b", layers: layers))
    try bench.say("push", .put(sequence: 3, key: "c", layers: layers))
    #expect(bench.takeReplies("push") == [.busy(sequence: 1, milliseconds: 500)])
    try bench.handle(.space(.max))
    try bench.say("push", .put(sequence: 2, key: "b", layers: layers))
    #expect(bench.takeReplies("push") == [.ok(sequence: 2, known: [])])
  }

  @Test func theLedgersLimitInBytesEndsWhenDocumentsAreDone() throws {
    var limits = Limits()
    limits.ledgerBytes = 1000
    var bench = try Bench(limits: limits)
    try bench.push("a", bytes: 1000)
    try bench.say("push", .put(sequence: 2, key: "b", layers: layers))
    #expect(bench.takeReplies("push") == [.busy(sequence: 1, milliseconds: 500)])
    try bench.sink("s")
    try bench.ready("w", "clean")
    try bench.finish(try #require(bench.takeJobs("w").first), by: "w", adding: "record")
    try bench.finish(try #require(bench.takeJobs("s").first), by: "s")
    try bench.say("push", .put(sequence: 2, key: "b", layers: layers))
    #expect(bench.takeReplies("push") == [.ok(sequence: 2, known: [])])
  }

  @Test func aBouncedGroupIsTakenAgainFromItsFirstDocumentAndLeavesNoHole() throws {
    var bench = try Bench()
    try bench.push("a")
    bench.isPrompt = false
    try bench.say("push", .put(sequence: 2, key: "b", layers: layers))
    try bench.bounce()
    #expect(bench.takeReplies("push") == [.busy(sequence: 1, milliseconds: 500)])
    try bench.say("push", .put(sequence: 2, key: "b", layers: layers))
    try bench.settle()
    #expect(bench.takeReplies("push") == [.ok(sequence: 2, known: [])])
  }

  @Test(arguments: [
    [], [[1]], [[1], Array("DANCE".utf8)], [[9], Array("STATUS".utf8)], [[1], Array("PUT".utf8), [1]],
  ])
  func aMessageThatIsNoneIsAnsweredWithErrorAndHarmsNobody(_ frames: [[UInt8]]) throws {
    var bench = try Bench()
    try bench.push("a")
    try bench.handle(.client(Peer(name: "x"), frames))
    guard case .error = bench.takeReplies("x").first else { throw Bench.Absent() }
    try bench.say("push", .put(sequence: 2, key: "b", layers: layers))
    #expect(bench.takeReplies("push") == [.ok(sequence: 2, known: [])])
  }

  @Test func askKnowsTheStateOfEachJob() throws {
    var bench = try Bench()
    try bench.push("a", "b")
    try bench.ready("w", "clean", messages: 1)
    #expect(try bench.state("a") == .inFlight)
    #expect(try bench.state("b") == .pending)
    #expect(try bench.state("c") == .unknown)
  }

  @Test func sinksAreNamedWithTheirAddresses() throws {
    var bench = try Bench()
    try bench.sink("sink-2")
    try bench.sink("sink-1")
    try bench.say("t", .sinks)
    let partitions = ["sink-1", "sink-2"].map { ClientReply.Partition(name: $0, address: "ipc:///\($0)") }
    #expect(bench.takeReplies("t") == [.partitions(partitions)])
  }

  @Test func sinkThatIsAwayIsNamedWithoutAnAddressWhereItMayHaveLinesAlsoByTheNextQueue() throws {
    var bench = try Bench("sink")
    try bench.sink("s1")
    try bench.push("a")
    try bench.crash()
    try bench.sink("s2")
    try bench.say("t", .sinks)
    let partitions = [("s1", ""), ("s2", "ipc:///s2")].map { ClientReply.Partition(name: $0, address: $1) }
    #expect(bench.takeReplies("t") == [.partitions(partitions)])
  }
}
