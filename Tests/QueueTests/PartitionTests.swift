import Queue
import Record
import Testing
import Wire

struct PartitionTests {
  @Test func thePartitionIsCommittedBeforeTheFirstJob() throws {
    var bench = try Bench("sink")
    try bench.sink("s")
    bench.isPrompt = false
    try bench.say("p", .hello(producer: id("p")))
    try bench.settle()
    try bench.say("p", .put(sequence: 1, key: "a", layers: .document("a")))
    try bench.settle()
    let assignment = Change.assign(subject("a", 1), partition: "s")
    #expect(bench.committed.last == assignment)
    #expect(bench.takeJobs("s").count == 1)
  }

  @Test func aRedeliveryGoesToTheSamePartitionAndWaitsForIt() throws {
    var bench = try Bench("sink")
    try bench.sink("s1")
    try bench.push("a")
    #expect(bench.takeJobs("s1").count == 1)
    try bench.crash()
    try bench.sink("s2")
    #expect(bench.takeJobs("s2").isEmpty)
    try bench.sink("s1")
    #expect(bench.takeJobs("s1").count == 1)
  }

  @Test func partitionsShareTheDocuments() throws {
    var bench = try Bench("sink")
    try bench.sink("s1")
    try bench.sink("s2")
    try bench.push("a", "b", "c", "d")
    #expect(bench.takeJobs("s1").count == 2)
    #expect(bench.takeJobs("s2").count == 2)
  }

  @Test func documentsThatCameBeforeAnySinkGoToTheFirstOne() throws {
    var bench = try Bench()
    try bench.ready("w", "clean")
    try bench.push("a")
    try bench.finish(try #require(bench.takeJobs("w").first), by: "w", adding: "record")
    #expect(try bench.report().stages["sink"]?.pending == 1)
    try bench.sink("s")
    #expect(bench.takeJobs("s").count == 1)
  }

  @Test func thePartitionIsChosenWhileTheStageBeforeTheSinkWorks() throws {
    var bench = try Bench()
    try bench.sink("s")
    try bench.ready("w", "clean")
    try bench.push("a")
    #expect(bench.committed.contains(.assign(subject("a", 1), partition: "s")))
    #expect(bench.takeJobs("s").isEmpty)
  }

  @Test func jobsThatWaitForAnAbsentSinkAreNamedInTheLog() throws {
    var bench = try Bench("sink")
    try bench.sink("s1")
    try bench.push("a")
    try bench.say("s1", .bye)
    try bench.pass(milliseconds: 31_000)
    #expect(bench.notes.last?.text.contains("sink 's1': 1") == true)
  }

  @Test func aFailureGoesToThePartitionThatTheDocumentHas() throws {
    var bench = try Bench()
    try bench.sink("s1")
    try bench.ready("w", "clean")
    try bench.push("a")
    let job = try #require(bench.takeJobs("w").first)
    try bench.sink("s0")
    try bench.say("w", .fail(job.lease, code: "no_text", isRetryable: false, message: ""))
    #expect(bench.takeJobs("s1").count == 1)
  }
}
