import Foundation
import Schema
import Testing
import TestSupport

/// `gongwen tap` and `gongwen trace` at a pipeline of real processes.
@Suite(.serialized, .timeLimit(.minutes(2))) struct TapTests {
  private func input(_ count: Int) -> [UInt8] {
    Array((0..<count).map { "{\"uri\":\"\($0)\",\"text\":\"甲县检查\($0 + 10)次。\"}" }.joined(separator: "\n").utf8)
  }

  /// Starts tap, and returns once the queue knows it: what passes before that it does not show.
  private func tap(_ words: [String], _ pipeline: Pipeline, _ name: String) async throws -> (Running, path: String) {
    let path = pipeline.home.path + "/" + name
    let tap = try Running(
      ["\(Program.folder)/gongwen", "tap"] + words, environment: pipeline.program.environment, output: path)
    var number = 0
    try await until {
      number += 1
      let document = "{\"uri\":\"\(name)-\(number)\",\"text\":\"甲县检查1次。\"}"
      #expect(try await pipeline.push("-", input: Array(document.utf8)).status == 0)
      return try !Data(contentsOf: URL(filePath: path)).isEmpty
    }
    return (tap, path)
  }

  @Test func documentsAreShownAsTheyPassWithTheirLayersUntilThereAreEnough() async throws {
    try await Pipeline.with { pipeline in
      let (tap, path) = try await tap(
        ["clean", "--json", "--rate", "256", "-n", "41", "--show", "text"], pipeline, "tap")
      #expect(try await pipeline.push("-", input: input(60)).status == 0)
      #expect(tap.status() == 0)
      let lines = try Data(contentsOf: URL(filePath: path)).split(separator: 0x0A).map { try JSONValue(Array($0)) }
      #expect(lines.count == 41)
      for line in lines {
        #expect(line["stage"]?.string == "clean" && line["outcome"]?.string == "passed")
        #expect(line["layers"]?["text"]?.string?.contains("甲县检查") == true)
      }
      let other = try await pipeline.program.gongwen("tap", "claen")
      #expect(other.status == 64 && other.error.contains("did you mean 'clean'?"))
    }
  }

  /// A tap that shows all, one that its reader has stopped, and none: every document comes through, whoever looks on.
  @Test func aTapThatIsNotReadHoldsNothingUp() async throws {
    try await Pipeline.with { pipeline in
      let words = ["extract", "--rate", "256", "--show", "text", "--show", "entities", "--json"]
      let (stopped, _) = try await tap(words, pipeline, "stopped")
      kill(stopped.pid, SIGSTOP)
      let (reader, path) = try await tap(words, pipeline, "reader")
      let pushed = try await pipeline.push("-", input: input(600))
      #expect(pushed.status == 0, "\(pushed.error)")
      let seen = try Data(contentsOf: URL(filePath: path)).split(separator: 0x0A).count
      #expect(seen > 100, "the one that is read is shown documents meanwhile")
      #expect(reader.end(SIGINT) == 130)
      #expect(stopped.end(SIGKILL) == SIGKILL)
    }
  }

  @Test func traceFollowsADocumentThroughEveryStage() async throws {
    try await Pipeline.with { pipeline in
      let pushed = try await pipeline.push("-", input: input(20))
      let job = String(decoding: try #require(pushed.lines.last), as: UTF8.self)
      var trace: Program.Outcome?
      // The sink logs a line after the queue knows of it.
      try await until {
        trace = try await pipeline.program.gongwen("trace", "--json", String(job.prefix(12)))
        return trace?.output.firstRange(of: Array("is durable".utf8)) != nil
      }
      let json = try JSONValue(try #require(trace).output)
      #expect(json["job"]?.string == job && json["state"]?.string == "done")
      #expect(
        json["stages"]?.elements.map { $0["stage"]?.string } == ["clean", "segment", "extract", "sink"])
      #expect(json["stages"]?.elements.allSatisfy { $0["attempts"]?.integer == 1 } == true)
      let text = String(decoding: try await pipeline.program.gongwen("trace", job).output, as: UTF8.self)
      for name in ["clean-1", "segment-1", "extract-1", "sink-1"] { #expect(text.contains(name)) }
      #expect(try await pipeline.program.gongwen("trace", "00000000").status == 1)
    }
  }
}
