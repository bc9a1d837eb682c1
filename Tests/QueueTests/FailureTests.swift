import Queue
import Record
import Testing
import Wire

struct FailureTests {
  /// A bench with a sink where worker `w` has the document `a`.
  private func working() throws -> (Bench, QueueMessage.Job) {
    var bench = try Bench()
    try bench.sink("s")
    try bench.ready("w", "clean", messages: 100)
    try bench.push("a")
    let job = try #require(bench.takeJobs("w").first)
    _ = bench.takeSent("w")
    return (bench, job)
  }

  private func line(_ job: QueueMessage.Job?) -> String {
    String(decoding: job?.layers["failure"] ?? [], as: UTF8.self)
  }

  @Test func aFatalFailureGoesToTheSinkAsALineAndTheDocumentIsFailed() throws {
    var (bench, job) = try working()
    try bench.say("w", .start(job.lease))
    try bench.say("w", .fail(job.lease, code: "no_text", isRetryable: false, message: "Nothing but chrome."))
    let last = try #require(bench.takeJobs("s").first)
    #expect(last.layers.all.map(\.name) == ["source", "failure"])
    let id = sha256(Array("a".utf8), [0], Array("xxxxxxxx".utf8)).hexadecimal
    #expect(
      line(last)
        == #"{"schema":"gongwen.failure/1","id":"\#(id)","source":{"uri":"a"},"stage":"clean","code":"no_text","#
        + #""message":"Nothing but chrome.","attempts":1,"failed_at":"2023-11-14T22:13:20Z"}"#)
    #expect(try bench.state("a") == .inFlight)
    try bench.finish(last, by: "s")
    #expect(try bench.state("a") == .failed)
  }

  @Test func theVerdictIsCommittedBeforeTheSinkSeesIt() throws {
    var (bench, job) = try working()
    bench.isPrompt = false
    try bench.say("w", .fail(job.lease, code: "no_text", isRetryable: false, message: ""))
    #expect(bench.takeJobs("s").isEmpty)
    try bench.settle()
    #expect(bench.takeJobs("s").count == 1)
  }

  @Test func whatWasJudgedStaysAFailureWhenTheQueueDies() throws {
    var (bench, job) = try working()
    try bench.say("w", .fail(job.lease, code: "no_text", isRetryable: false, message: ""))
    let before = line(bench.takeJobs("s").first)
    try bench.crash()
    try bench.ready("w", "clean")
    try bench.sink("s")
    #expect(bench.takeJobs("w").isEmpty)
    #expect(line(bench.takeJobs("s").first) == before)
  }

  /// The document `a` at its sink, judged a failure, after a queue that had sent its record to the sink died.
  private func judgedAfterACrash() throws -> (Bench, QueueMessage.Job) {
    var (bench, job) = try working()
    try bench.finish(job, by: "w", adding: "record")
    let written = try #require(bench.takeJobs("s").first)
    try bench.crash()
    try bench.ready("w", "clean")
    try bench.sink("s")
    let again = try #require(bench.takeJobs("w").first)
    try bench.say("w", .fail(again.lease, code: "no_text", isRetryable: false, message: ""))
    let last = try #require(bench.takeJobs("s").first)
    #expect(last.layers["failure"] != nil && last.number == written.number)
    return (bench, last)
  }

  @Test func whenTheSinkHasTheRecordOfAFailureTheDocumentIsDoneAndNotRetried() throws {
    var (bench, job) = try judgedAfterACrash()
    try bench.finish(job, by: "s", having: .record)
    #expect(try bench.state("a") == .done)
    let report = try bench.report()
    #expect(report.done == 1 && report.failed == 0 && report.isBalanced)
    try bench.say("dlq", .revise(.retry, jobs: [JobID(key: "a")]))
    #expect(bench.takeReplies("dlq") == [.revised([.done])])
  }

  @Test func aSinkThatDoesNotSayHasTheLineThatItWasGiven() throws {
    var (bench, job) = try judgedAfterACrash()
    try bench.finish(job, by: "s")
    #expect(try bench.state("a") == .failed)
  }

  @Test func whenTheSinkHasAFailureInPlaceOfARecordTheDocumentIsFailed() throws {
    var (bench, job) = try working()
    try bench.finish(job, by: "w", adding: "record")
    try bench.finish(try #require(bench.takeJobs("s").first), by: "s", having: .failure)
    #expect(try bench.state("a") == .failed)
    #expect(try bench.report().isBalanced)
  }

  @Test func aRetryableFailureRestsLongerEachTimeAndEndsAsDeadLetterWithItsLastError() throws {
    var (bench, first) = try working()
    var job = first
    for (number, rest) in ([250, 500, 1000, 2000] as [UInt64]).enumerated() {
      try bench.say("w", .start(job.lease))
      try bench.say("w", .fail(job.lease, code: "timed_out", isRetryable: true, message: "try \(number + 1)"))
      try bench.pass(milliseconds: rest - 1)
      #expect(bench.takeJobs("w").isEmpty)
      try bench.pass(milliseconds: 1)
      job = try #require(bench.takeJobs("w").first)
      #expect(job.attempt == UInt32(number + 2))
    }
    try bench.say("w", .start(job.lease))
    try bench.say("w", .fail(job.lease, code: "timed_out", isRetryable: true, message: "try 5"))
    let last = try #require(bench.takeJobs("s").first)
    #expect(line(last).contains(#""code":"timed_out","message":"try 5","attempts":5"#))
    try bench.finish(last, by: "s")
    #expect(try bench.state("a") == .dead)
  }

  @Test(arguments: [(30_000, 30_000), (100, 250), (10_000_000, 600_000)] as [(UInt64, UInt64)])
  func aRetryableFailureRestsAsLongAsItsWorkerAsksWithinBounds(_ asked: UInt64, _ rest: UInt64) throws {
    var (bench, job) = try working()
    try bench.say("w", .start(job.lease))
    try bench.say("w", .fail(job.lease, code: "http_status", isRetryable: true, message: "429", rest: asked))
    try bench.pass(milliseconds: rest - 1)
    // The first worker may have been silent for too long by now.
    try bench.ready("v", "clean", messages: 100)
    #expect(bench.takeJobs("w").isEmpty && bench.takeJobs("v").isEmpty)
    try bench.pass(milliseconds: 1)
    #expect(bench.takeJobs("w").count + bench.takeJobs("v").count == 1)
  }

  @Test func aDocumentThatKillsEachWorkerIsADeadLetterAfterFiveStarts() throws {
    var bench = try Bench()
    try bench.sink("s")
    try bench.push("a", "b")
    for number in 1...5 {
      try bench.ready("w\(number)", "clean", messages: 1)
      let job = try #require(bench.takeJobs("w\(number)").first)
      #expect(job.lease.job == JobID(key: "a") && job.attempt == UInt32(number))
      try bench.say("w\(number)", .start(job.lease))
      try bench.handle(.unreachable(Peer(name: "w\(number)")))
    }
    #expect(line(bench.takeJobs("s").first).contains(#""code":"attempts_exhausted""#))
    try bench.ready("w6", "clean")
    #expect(bench.takeJobs("w6").map(\.lease.job) == [JobID(key: "b")])
  }

  @Test func aDocumentThatKillsItsWorkerAndTheQueueWithItReachesTheLimit() throws {
    var bench = try Bench()
    try bench.push("a")
    for number in 1...5 {
      try bench.ready("w", "clean")
      let job = try #require(bench.takeJobs("w").first)
      #expect(job.attempt == UInt32(number))
      try bench.say("w", .start(job.lease))
      try bench.pass(milliseconds: 50)
      try bench.crash()
    }
    try bench.sink("s")
    try bench.ready("w", "clean")
    #expect(bench.takeJobs("w").isEmpty)
    #expect(line(bench.takeJobs("s").first).contains(#""attempts":5"#))
  }

  @Test func aWorkerThatDiesBeforeStartCountsNoAttempt() throws {
    var bench = try Bench()
    try bench.push("a")
    for number in 1...10 {
      try bench.ready("w\(number)", "clean")
      #expect(bench.takeJobs("w\(number)").first?.attempt == 1)
      try bench.handle(.unreachable(Peer(name: "w\(number)")))
    }
  }

  @Test func startsAtOneStageDoNotCountAtAnother() throws {
    var bench = try Bench("one two three four five six sink")
    try bench.push("a")
    for stage in ["one", "two", "three", "four", "five", "six"] {
      try bench.ready(stage, stage)
      let job = try #require(bench.takeJobs(stage).first)
      #expect(job.attempt == 1)
      try bench.say(stage, .start(job.lease))
      try bench.pass(milliseconds: 100)
      try bench.finish(job, by: stage, adding: stage)
    }
    try bench.sink("s")
    #expect(bench.takeJobs("s").count == 1)
  }

  @Test func aStageThatEndsSoonCostsNoWrite() throws {
    var (bench, job) = try working()
    try bench.say("w", .start(job.lease))
    try bench.finish(job, by: "w", adding: "record")
    try bench.pass(milliseconds: 1000)
    #expect(!bench.committed.contains { if case .attempts = $0 { true } else { false } })
  }

  @Test func aFailureWithoutStartCountsAsOneSoThatAttemptsEnd() throws {
    var (bench, first) = try working()
    var job: QueueMessage.Job? = first
    for _ in 0..<5 {
      try bench.say("w", .fail(try #require(job).lease, code: "internal_error", isRetryable: true, message: ""))
      try bench.pass(milliseconds: 4000)
      try bench.ready("w", "clean", messages: 100)
      job = bench.takeJobs("w").first
    }
    #expect(line(bench.takeJobs("s").first).contains(#""code":"internal_error""#))
  }

  @Test func aSinkThatDiesOftenMakesNoDeadLetter() throws {
    var bench = try Bench("sink")
    try bench.push("a")
    for _ in 1...10 {
      try bench.sink("s")
      let job = try #require(bench.takeJobs("s").first)
      try bench.say("s", .start(job.lease))
      try bench.handle(.unreachable(Peer(name: "s")))
    }
    try bench.sink("s")
    #expect(bench.takeJobs("s").first?.layers["failure"] == nil)
  }

  @Test func aResultWithALayerThatHasNoNameIsAFailure() throws {
    var (bench, job) = try working()
    try bench.finish(job, by: "w", adding: "two words")
    #expect(line(bench.takeJobs("s").first).contains(#""code":"malformed_layer""#))
  }

  @Test(arguments: [[], [[1], Array("HALT".utf8)], [[1], Array("START".utf8), [1, 2]], [[1], Array("READY".utf8)]])
  func aMessageThatIsNoneIsAnsweredAndItsWorkerKeepsItsJobs(_ frames: [[UInt8]]) throws {
    var (bench, job) = try working()
    try bench.handle(.worker(Peer(name: "w"), frames))
    guard case .error = bench.takeSent("w").first else { throw Bench.Absent() }
    try bench.finish(job, by: "w", adding: "record")
    #expect(bench.takeJobs("s").count == 1)
  }
}
