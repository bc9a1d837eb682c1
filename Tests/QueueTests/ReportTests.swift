import Queue
import Record
import Testing
import Wire

struct ReportTests {
  @Test func anEmptyQueueReportsEveryStage() throws {
    var bench = try Bench(Topology.standard)
    let report = try bench.report()
    #expect(Set(report.stages.keys) == ["fetch", "clean", "segment", "extract", "sink"])
    #expect(report.accepted == 0 && report.isBalanced && report.workers.isEmpty)
  }

  @Test func documentsAreCountedWhereTheyAre() throws {
    var bench = try Bench()
    try bench.push("a", "b", "c")
    try bench.ready("w", "clean", messages: 1)
    let report = try bench.report()
    #expect(report.pending == 2 && report.in_flight == 1 && report.isBalanced)
    #expect(report.stages["clean"]?.pending == 2 && report.stages["clean"]?.in_flight == 1)
    #expect(report.stages["clean"]?.workers == 1 && report.stages["sink"]?.workers == 0)
  }

  @Test func theOldestAgesAndGoes() throws {
    var bench = try Bench()
    try bench.sink("s")
    try bench.push("a")
    try bench.pass(milliseconds: 12_300)
    #expect(try bench.report().stages["clean"]?.oldest_seconds == 12.3)
    try bench.ready("w", "clean")
    try bench.finish(try #require(bench.takeJobs("w").first), by: "w", adding: "record")
    #expect(try bench.report().stages["clean"]?.oldest_seconds == 0)
  }

  @Test func theRateIsOfTheLastTenSeconds() throws {
    var bench = try Bench()
    try bench.ready("w", "clean", messages: 100)
    try bench.push("a", "b", "c")
    for job in bench.takeJobs("w") { try bench.finish(job, by: "w", adding: "record") }
    #expect(try bench.report().stages["clean"]?.rate == 0.3)
    try bench.pass(milliseconds: 11_000)
    #expect(try bench.report().stages["clean"]?.rate == 0)
  }

  @Test func aWorkerIsShownWithItsCreditAndItsLastHeartbeat() throws {
    var bench = try Bench()
    try bench.push("a", bytes: 85)
    try bench.ready("w", "clean", messages: 3, bytes: 1000)
    try bench.pass(milliseconds: 1500)
    let worker = try #require(try bench.report().workers.first)
    #expect(worker.name == "w" && worker.stage == "clean" && worker.jobs == 1)
    #expect(worker.credit == .init(messages: 2, bytes: 1000 - 85 - #"{"uri":"a"}"#.utf8.count))
    #expect(worker.heartbeat_seconds == 1.5)
  }

  @Test func aWorkerHasARateOfItsOwn() throws {
    var bench = try Bench()
    for worker in ["v", "w"] { try bench.ready(worker, "clean", messages: 1) }
    try bench.push("a", "b")
    try bench.finish(try #require(bench.takeJobs("w").first), by: "w", adding: "record")
    #expect(try bench.report().workers.map(\.rate) == [0, 0.1])
  }

  @Test func aJobThatIsGivenOutAgainIsARedeliveryButNotAtTheNextStage() throws {
    var bench = try Bench()
    try bench.sink("s")
    try bench.ready("w", "clean")
    try bench.push("a")
    try bench.say("w", .bye)
    try bench.ready("v", "clean")
    try bench.finish(try #require(bench.takeJobs("v").first), by: "v", adding: "record")
    #expect(bench.takeJobs("s").count == 1)
    #expect(try bench.report().stages.mapValues(\.redeliveries) == ["clean": 1, "sink": 0])
  }

  @Test func countsComeBackAfterARestart() throws {
    var bench = try Bench()
    try bench.sink("s")
    try bench.ready("w", "clean", messages: 2)
    try bench.push("a", "b", "c")
    let jobs = bench.takeJobs("w")
    try bench.finish(jobs[0], by: "w", adding: "record")
    try bench.finish(try #require(bench.takeJobs("s").first), by: "s")
    try bench.say("w", .fail(jobs[1].lease, code: "no_text", isRetryable: false, message: ""))
    try bench.finish(try #require(bench.takeJobs("s").first), by: "s")
    try bench.crash()
    let report = try bench.report()
    #expect(report.done == 1 && report.failed == 1 && report.pending == 1 && report.isBalanced)
  }
}
