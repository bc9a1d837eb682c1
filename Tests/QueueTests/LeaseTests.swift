import Queue
import Record
import Testing
import Wire

struct LeaseTests {
  /// A bench where worker `w1` has the document `a`, and `w2` waits.
  private func leased(_ limits: Limits = Limits()) throws -> (Bench, QueueMessage.Job) {
    var bench = try Bench(limits: limits)
    try bench.push("a")
    try bench.ready("w1", "clean")
    let job = try #require(bench.takeJobs("w1").first)
    try bench.ready("w2", "clean")
    return (bench, job)
  }

  @Test func byeGivesItsJobsToOthersAtOnce() throws {
    var (bench, job) = try leased()
    try bench.say("w1", .bye)
    let again = try #require(bench.takeJobs("w2").first)
    #expect(again.lease == Lease(job: job.lease.job, delivery: 2))
  }

  @Test func aReturnCountsNoAttempt() throws {
    var (bench, job) = try leased()
    try bench.say("w2", .giveBack(job.lease))
    #expect((bench.takeJobs("w1") + bench.takeJobs("w2")).isEmpty)
    try bench.say("w1", .giveBack(job.lease))
    let again = bench.takeJobs("w1") + bench.takeJobs("w2")
    #expect(again.map(\.lease.delivery) == [2] && again.map(\.attempt) == [1])
  }

  @Test func aDeadConnectionIsSeenByTheNextMessage() throws {
    var (bench, _) = try leased()
    bench.unreachable = ["w1"]
    try bench.handle(.connectionLost)
    #expect(bench.takeJobs("w2").count == 1)
  }

  @Test func theLastResultOfAWorkerThatIsGoneCounts() throws {
    var (bench, job) = try leased()
    try bench.sink("s")
    bench.unreachable = ["w1"]
    bench.isHeardOut = false
    try bench.handle(.connectionLost)
    try bench.finish(job, by: "w1", adding: "record")
    try bench.handle(.heardOut)
    #expect(bench.takeJobs("w2").isEmpty)
    #expect(bench.takeJobs("s").count == 1)
  }

  @Test func aWorkerThatHoldsJobsIsProbedWithoutAnyNews() throws {
    var (bench, _) = try leased()
    bench.unreachable = ["w1"]
    try bench.pass(milliseconds: 300)
    #expect(bench.takeJobs("w2").count == 1)
  }

  @Test func aNewWorkerOfTheSameNameDoesNotReplaceALivingOne() throws {
    var (bench, job) = try leased()
    try bench.say("w3", .ready(.init(stage: "clean", name: "w1", credit: .init(messages: 5, bytes: 1 << 30))))
    #expect(bench.takeJobs("w3").isEmpty)
    bench.unreachable = ["w1"]
    try bench.say("w4", .ready(.init(stage: "clean", name: "w1", credit: .init(messages: 5, bytes: 1 << 30))))
    let again = bench.takeJobs("w2") + bench.takeJobs("w3") + bench.takeJobs("w4")
    #expect(again.map(\.lease.job) == [job.lease.job])
  }

  @Test func silencePastTheLeaseGivesTheJobToAnother() throws {
    var (bench, job) = try leased()
    for _ in 0..<29 {
      try bench.pass(milliseconds: 1000)
      try bench.say("w1", .heartbeat([]))
      try bench.say("w2", .heartbeat([]))
    }
    #expect(bench.takeJobs("w2").isEmpty)
    try bench.pass(milliseconds: 1000)
    #expect(bench.takeJobs("w2").first?.lease.job == job.lease.job)
  }

  @Test func heartbeatsKeepALease() throws {
    var (bench, job) = try leased()
    for _ in 0..<100 {
      try bench.pass(milliseconds: 1000)
      try bench.say("w1", .heartbeat([job.lease]))
      try bench.say("w2", .heartbeat([]))
    }
    #expect(bench.takeJobs("w2").isEmpty)
  }

  /// Worker `w1` was silent for too long, `w2` has the job too.
  private func doubled() throws -> (Bench, QueueMessage.Job, QueueMessage.Job) {
    var (bench, first) = try leased()
    for _ in 0..<31 {
      try bench.pass(milliseconds: 1000)
      try bench.say("w1", .heartbeat([]))
      try bench.say("w2", .heartbeat([]))
    }
    let second = try #require(bench.takeJobs("w2").first)
    try bench.sink("s")
    return (bench, first, second)
  }

  @Test(arguments: [true, false]) func theFirstResultOfTwoWins(_ isOldFirst: Bool) throws {
    var (bench, first, second) = try doubled()
    let order = isOldFirst ? [(first, "w1"), (second, "w2")] : [(second, "w2"), (first, "w1")]
    for (job, worker) in order { try bench.finish(job, by: worker, adding: "record") }
    let jobs = bench.takeJobs("s")
    #expect(jobs.count == 1)
    try bench.finish(jobs[0], by: "s")
    #expect(try bench.report().done == 1)
  }

  @Test func aFailureOfTheOldLeaseDoesNotDisturbTheNew() throws {
    var (bench, first, second) = try doubled()
    try bench.say("w1", .fail(first.lease, code: "no_text", isRetryable: false, message: "nothing there"))
    try bench.finish(second, by: "w2", adding: "record")
    #expect(bench.takeJobs("s").first?.layers.all.map(\.name) == ["record"])
  }

  @Test func aResultOfAStrangerIsIgnored() throws {
    var (bench, job) = try leased()
    try bench.finish(job, by: "w2", adding: "record")
    #expect(try bench.report().stages["clean"]?.in_flight == 1)
  }

  @Test func aWorkerThatIsSilentForALeaseIsForgotten() throws {
    var bench = try Bench()
    try bench.ready("w", "clean")
    try bench.pass(milliseconds: 31_000)
    #expect(try bench.report().workers.isEmpty)
  }

  @Test func aHeartbeatIsAnswered() throws {
    var bench = try Bench()
    try bench.ready("w", "clean")
    _ = bench.takeSent("w")
    try bench.say("w", .heartbeat([]))
    #expect(bench.takeSent("w") == [.alive(epoch: 1)])
  }

  @Test func aSinkWithANewConnectionReplacesItsOldOne() throws {
    var bench = try Bench("sink")
    try bench.sink("s")
    try bench.push("a")
    let job = try #require(bench.takeJobs("s").first)
    try bench.ready("s again", "sink", partition: "s")
    #expect(bench.takeJobs("s again").map(\.lease.job) == [job.lease.job])
  }
}
