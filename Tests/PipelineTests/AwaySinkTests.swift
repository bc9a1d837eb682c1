import Foundation
import Testing
import TestSupport

extension Ordeal {
  /// `tail` leaves out no partition that has records, whichever sinks are there while it runs.
  @Suite(.serialized) struct AwaySinkTests {
    @Test(.timeLimit(.minutes(3)))
    func tailWaitsForTheSinkThatIsAwayTakesTheNewOneAndPrintsEveryRecordOnce() async throws {
      let (early, late) = (Reports(39, seed: 11, largest: 500), Reports(from: 41, 39, seed: 12, largest: 500))
      try await Pipeline.with(of: ["sink": 2]) { pipeline in
        let gongwen = pipeline.program
        #expect(try await pipeline.push("-", input: early.input).status == 0)
        try await restart(pipeline, sinks: 1)
        kill(try await pipeline.pid(of: "queue"), SIGKILL)
        while try await gongwen.gongwen("status", "--stage", "sink").status != 0 { await Task.yield() }

        let cursor = ["--cursor-file", pipeline.home.path + "/cursor"]
        let part = try await gongwen.gongwen(["tail", "--no-follow"] + cursor)
        #expect(part.status == 69)
        #expect(part.error.contains("records of sink-2 may be missing"))
        #expect(0 < part.lines.count && part.lines.count < 39)

        var printed = part.lines.map { String(decoding: $0, as: UTF8.self) }
        let words = ["\(Program.folder)/gongwen", "tail"] + cursor
        printed += try await follow(words, pipeline) { $0.contains("the sink of sink-2 is away") }
        #expect(printed.count == part.lines.count)

        let output = pipeline.home.path + "/followed"
        let tail = try Running(words, environment: gongwen.environment, output: output)
        try await restart(pipeline, sinks: 3)
        #expect(try await pipeline.push("-", input: late.input).status == 0)
        let all = try await pipeline.records().map { String(decoding: $0, as: UTF8.self) }
        #expect(all.count == 78)
        while try records(in: output).count < 78 - printed.count { await Task.yield() }
        #expect(tail.end(SIGINT) == 130)
        printed += try records(in: output)
        #expect(printed.sorted() == all.sorted())
      }
    }

    private func restart(_ pipeline: Pipeline, sinks: Int) async throws {
      #expect(try await pipeline.program.gongwen("down").status == 0)
      #expect(try await pipeline.up(of: ["sink": sinks]).status == 0)
    }

    /// The records that a tail prints until what it has written satisfies a condition, and it is killed.
    private func follow(
      _ words: [String], _ pipeline: Pipeline, until isEnough: (String) -> Bool
    ) async throws -> [String] {
      let output = pipeline.home.path + "/killed"
      let tail = try Running(words, environment: pipeline.program.environment, output: output)
      while !isEnough(try String(contentsOfFile: output, encoding: .utf8)) { await Task.yield() }
      tail.end(SIGKILL)
      return try records(in: output)
    }

    private func records(in file: String) throws -> [String] {
      try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("{") }.map(
        String.init)
    }
  }
}
