import Foundation
import TestSupport
import Testing
import Wire

@testable import Gongwen

struct TraceTests {
  private let folder = TemporaryFolder()
  private let job = String(repeating: "5f0c", count: 8)
  private let other = "5f0c" + String(repeating: "0", count: 28)

  private func write(_ name: String, _ lines: String...) {
    folder.write("logs/" + name, lines.joined(separator: "\n") + "\n")
  }

  private func writeLogs() {
    write(
      "clean-1.log", "time=2026-01-02T03:04:06.000Z level=info service=clean-1 msg=\"is done\" job=\(job) seconds=0.5",
      "time=2026-01-02T03:04:06.500Z level=info service=clean-1 msg=\"is done\" job=\(other) seconds=0.1",
      "no log line of ours, though it says \(job)")
    write(
      "clean-1.log.1",
      "time=2026-01-02T03:04:05.000Z level=warning service=clean-1 msg=failed job=\(job) code=timed_out reason=\"too late\""
    )
    write(
      "sink-1.log",
      #"{"time":"2026-01-02T03:04:07.000Z","level":"info","service":"sink-1","msg":"is durable","job":"\#(job)"}"#)
  }

  @Test func eventsOfAllLogsAreInTheOrderOfTime() throws {
    writeLogs()
    let found = LogFolder(path: folder.path + "/logs").events(prefix: "5f0c5")
    #expect(found.keys.sorted() == [job])
    let events = try #require(found[job])
    #expect(events.map(\.message) == ["failed", "is done", "is durable"] && events[0].reason == "too late")
    let timeline = Timeline(job: try #require(JobID(job)), letter: nil, events: events)
    #expect(timeline.stages.map(\.name) == ["clean", "sink"] && timeline.stages.map(\.attempts) == [2, 1])
    #expect(timeline.text.contains("2 attempts, 500.0 ms") && timeline.text.contains("timed_out: too late"))
    let json = try #require(try JSONSerialization.jsonObject(with: Data(timeline.json)) as? [String: Any])
    #expect((json["events"] as? [[String: Any]])?.count == 3)
  }

  @Test(
    arguments: [("5f0c5", 0), ("5F0C5F0C", 0), ("5f0c", 64), ("5f0", 64), ("5f0x", 64), ("abcd", 1)]
      as [(String, Int32)])
  func aPrefixIsEnoughWhereOnlyOneDocumentHasIt(_ prefix: String, _ status: Int32) throws {
    writeLogs()
    let result = try GongwenProcess("gongwen", ["trace", "--json", prefix], home: folder.path).result()
    #expect(result.status == status, "\(result.errors)")
    #expect(result.output.contains(#""job":"\#(job)""#) == (status == 0))
    #expect(status == 0 || result.errors.contains(prefix.lowercased()))
  }
}
