import Foundation
import Sink
import Testing
import Wire
import ZeroMQ
import TestSupport

/// The real program against queues that are away, that the test plays, and against real sinks.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct ClientProcessTests {
  let folder = TemporaryFolder()

  @Test(arguments: [["push", "/etc/passwd"], ["tail"], ["status"], ["status", "--stage", "sink"], ["dlq", "ls"]])
  func withoutAQueueTheMessageSaysHowToStartOne(arguments: [String]) throws {
    let result = try run(arguments)
    #expect(result.status == 69)
    #expect(result.output == "")
    #expect(result.errors.contains("gongwen up -d"))
  }

  @Test func queueAtAnAddressWhereNobodyListensIsUnreachable() throws {
    #expect(try run(["status", "--queue", "tcp://127.0.0.1:9"]).status == 69)
  }

  @Test(arguments: [
    ["push"], ["push", "--wat", "x"], ["push", "-", "-"], ["tail", "--from", "middle"], ["tail", "-n", "-1"],
    ["tail", "--select", "verbs"], ["status", "--jsom"], ["dlq", "retry"], ["dlq", "show", "1234"], ["dlq", "lst"],
  ])
  func wrongUsageEndsWith64(arguments: [String]) throws {
    #expect(try run(arguments).status == 64)
  }

  @Test func pushPrintsAJobIdForEachDocumentInOrderAndSaysWhatCouldNotBeRead() throws {
    for name in ["1.txt", "2.txt"] { folder.write("in/\(name)", name) }
    folder.write("in/empty.txt", "")
    let queue = try PlayedClientQueue(folder.path)
    let push = try GongwenProcess("gongwen", ["push", folder.path + "/in"], home: folder.path)
    let keys = try queue.takeDocuments(2)
    let result = push.result()
    #expect(result.lines == keys.map { JobID(key: $0).description })
    #expect(result.status == 1)
    #expect(result.errors.contains("empty.txt: empty_input"))
  }

  @Test func pushOfNothingReadableEndsWith65() throws {
    let queue = try PlayedClientQueue(folder.path)
    #expect(try run(["push", "/nowhere"]).status == 65)
    withExtendedLifetime(queue) {}
  }

  @Test func tailPrintsTheBytesOfTheSinkAndGoesOnAtItsCursor() throws {
    let lines = try writeRecords(100)
    let sink = try GongwenProcess("gongwen-sink", [], home: folder.path)
    let queue = try PlayedClientQueue(folder.path)
    let cursor = ["--cursor-file", folder.path + "/cursor"]
    for (count, expected) in [("30", 0..<30), ("50", 30..<80)] {
      let tail = try GongwenProcess("gongwen", ["tail", "-n", count] + cursor, home: folder.path)
      try queue.nameSink(folder.path)
      let result = tail.result()
      #expect(result.status == 0)
      #expect(result.lines == Array(lines[expected]))
    }
    let rest = try GongwenProcess("gongwen", ["tail", "--no-follow"] + cursor, home: folder.path)
    try queue.nameSink(folder.path)
    #expect(rest.result().lines == Array(lines[80...]))
    sink.kill()
  }

  @Test func tailGoesOnAfterItsSinkWasKilledAndStartedAgain() throws {
    let lines = try writeRecords(40)
    var sink = try GongwenProcess("gongwen-sink", [], home: folder.path)
    let queue = try PlayedClientQueue(folder.path)
    let tail = try GongwenProcess("gongwen", ["tail", "-n", "60"], home: folder.path)
    try queue.nameSink(folder.path)
    while tail.output.utf8.count < 40 * 3 { try queue.wait() }
    sink.kill()
    let more = try writeRecords(20, from: 40)
    sink = try GongwenProcess("gongwen-sink", [], home: folder.path)
    #expect(tail.result().lines == lines + more)
    sink.kill()
  }

  @Test func cursorBeyondTheStreamIsAnErrorThatSaysWhatToDo() throws {
    _ = try writeRecords(3)
    let sink = try GongwenProcess("gongwen-sink", [], home: folder.path)
    let queue = try PlayedClientQueue(folder.path)
    let tail = try GongwenProcess("gongwen", ["tail", "--from", "sink-1=999999"], home: folder.path)
    try queue.nameSink(folder.path)
    let result = tail.result()
    #expect(result.status == 64)
    #expect(result.errors.contains("--from start"))
    sink.kill()
  }

  @Test func cursorAtRemovedLinesEndsTailWithWhatIsLostOrIsSkippedWhereThatIsWanted() throws {
    let lines = try writeRecords(100)
    let first = try removeOldRecords()
    let sink = try GongwenProcess("gongwen-sink", [], home: folder.path)
    let queue = try PlayedClientQueue(folder.path)
    let arguments = ["tail", "--no-follow", "--from", "sink-1=0"]
    let ended = try GongwenProcess("gongwen", arguments, home: folder.path)
    try queue.nameSink(folder.path)
    let message = ended.result()
    #expect(message.status == 1)
    #expect(message.output == "")
    #expect(message.errors.contains("\(first) bytes of sink-1") && message.errors.contains("--skip-lost"))
    let skipping = try GongwenProcess("gongwen", arguments + ["--skip-lost"], home: folder.path)
    try queue.nameSink(folder.path)
    let rest = skipping.result()
    #expect(rest.status == 0)
    #expect(rest.errors.contains("\(first) bytes of sink-1"))
    #expect(!rest.lines.isEmpty && rest.lines == lines.suffix(rest.lines.count))
    sink.kill()
  }

  @Test func tailFromTheEndThatIsKilledBeforeALineCameMissesNoneOfThoseWrittenLater() throws {
    _ = try writeRecords(10)
    var sink = try GongwenProcess("gongwen-sink", [], home: folder.path)
    let queue = try PlayedClientQueue(folder.path)
    let arguments = ["tail", "--from", "end", "--cursor-file", folder.path + "/cursor"]
    let tail = try GongwenProcess("gongwen", arguments, home: folder.path)
    try queue.nameSink(folder.path)
    while !FileManager.default.fileExists(atPath: folder.path + "/cursor") { try queue.wait() }
    tail.kill()
    sink.kill()
    let more = try writeRecords(5, from: 10)
    sink = try GongwenProcess("gongwen-sink", [], home: folder.path)
    let next = try GongwenProcess("gongwen", arguments + ["--no-follow"], home: folder.path)
    try queue.nameSink(folder.path)
    #expect(next.result().lines == more)
    sink.kill()
  }

  /// Each run goes on with a line of the last piece or with the one after it, whatever the moment of the kill.
  @Test func tailThatIsKilledAtAnyMomentLeavesNoLineOut() throws {
    let lines = try writeRecords(4000)
    let sink = try GongwenProcess("gongwen-sink", [], home: folder.path)
    let queue = try PlayedClientQueue(folder.path)
    let arguments = ["tail", "--no-follow", "--cursor-file", folder.path + "/cursor"]
    var (printed, runs) = (0, 0)
    while printed < lines.count {
      let tail = try GongwenProcess("gongwen", arguments, home: folder.path)
      try queue.nameSink(folder.path)
      let enough = runs < 10 ? Int.random(in: 1...3000) : .max
      while tail.isRunning, tail.output.utf8.count < enough {}
      tail.kill()
      let run = tail.result().output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
        String.init)
      runs += 1
      guard let first = run.first else { continue }
      let start = try #require(lines.firstIndex(of: first))
      #expect(start <= printed && printed - start <= 40)
      #expect(run == Array(lines[start..<start + run.count]))
      printed = start + run.count
    }
    #expect(runs > 10)
    sink.kill()
  }

  private func run(_ arguments: [String]) throws -> GongwenProcess.Result {
    try GongwenProcess("gongwen", arguments, home: folder.path).result()
  }

  /// Removes all but the youngest lines as a sink does, and returns where those begin.
  private func removeOldRecords() throws -> UInt64 {
    var log = try SegmentLog(folder.path + "/records/sink-1", segmentLimit: 200)
    while try log.removeOldest(Retention(bytes: 300), at: 0) != nil {}
    return log.start
  }

  /// Writes lines as a sink does, before there is one.
  private func writeRecords(_ count: Int, from first: Int = 0) throws -> [String] {
    var log = try SegmentLog(folder.path + "/records/sink-1", segmentLimit: 200)
    let lines = (first..<first + count).map { "{\"n\":\($0)}" }
    for (place, line) in lines.enumerated() {
      let number = UInt64(first + place)
      log.append(Array(line.utf8), of: FinishedJob(JobID(key: line), number: number), watermark: number)
      if place % 7 == 0 { try log.commit() }
    }
    try log.commit()
    return lines
  }
}
