import Foundation
import Schema
import Testing
import TestSupport

extension Ordeal {
  /// The wire page is enough to write a worker in another language: `deploy/examples/worker.py` takes its place in a
  /// pipeline, survives what the others survive, and what it adds stands in every record.
  @Suite(.serialized, .enabled(if: Python.path != nil, "needs python3-zmq"))
  struct AnyLanguageTests {
    @Test(.timeLimit(.minutes(3)))
    func workerInPythonKilledMidwayEveryRecordHasItsMemberOnce() async throws {
      let reports = Reports(400, seed: 9, largest: 2000)
      let folder = TemporaryFolder()
      let file = try Python.composeFile(in: folder, script: Program.project + "/deploy/examples/worker.py")
      try await Pipeline.with(environment: ["GONGWEN_STAGES": Python.stages], file: file) { pipeline in
        #expect(try await pipeline.program.gongwen("push", "-", input: reports.input).status == 0)
        for count in [20, 60, 100] {
          try await pipeline.done(count)
          kill(try await pipeline.pid(of: "keywords"), SIGKILL)
        }
        try await pipeline.done(140)
        kill(try await pipeline.pid(of: "queue"), SIGKILL)
        try await pipeline.expectOnce(good: reports.good, bad: reports.bad)
        for line in try await pipeline.records() {
          let record = try JSONValue(line)
          let text = try #require(record["text"]?.string)
          let counts = ["检查", "抽查", "处罚", "公开", "培训"].map { ($0, text.components(separatedBy: $0).count - 1) }
          let found = try #require(record["keywords"], "a record without the worker's member").members
          #expect(
            found.map { "\($0.name) \($0.value.integer ?? -1)" } == counts.filter { $0.1 > 0 }.map { "\($0) \($1)" })
        }
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func workerInPythonToldToEndEndsWithZeroAndWithoutARestartOfItsDocument() async throws {
      let reports = Reports(39, seed: 4, largest: 1000)
      try await Pipeline.with(environment: ["GONGWEN_STAGES": Python.stages]) { pipeline in
        #expect(try await pipeline.program.gongwen("push", "-", input: reports.input).status == 0)
        let words = [try #require(Python.path), "-B", Program.project + "/deploy/examples/worker.py"]
        for signal in [SIGINT, SIGTERM] {
          let output = pipeline.home.path + "/worker"
          let worker = try Running(words, environment: pipeline.program.environment, output: output)
          try await until { try await pipeline.program.gongwen("status", "--stage", "keywords").status == 0 }
          #expect(worker.end(signal) == 0)
          #expect(try String(contentsOfFile: output, encoding: .utf8) == "")
        }
        let last = try Running(words, environment: pipeline.program.environment, output: pipeline.home.path + "/worker")
        try await pipeline.expectOnce(good: reports.good, bad: reports.bad)
        #expect(last.end(SIGTERM) == 0)
      }
    }
  }

  /// A document that kills whoever works on it is a dead letter after five attempts, and nobody else suffers.
  @Suite(.serialized, .enabled(if: Python.path != nil, "needs python3-zmq"))
  struct PoisonTests {
    private static let script = """
      import os, signal, sys
      sys.path.insert(0, "\(Program.project)/deploy/examples")
      import worker

      def work(layers):
          if "毒药" in layers["text"].decode(): os.kill(os.getpid(), signal.SIGKILL)
          return {}

      worker.work = work
      worker.Worker().run()
      """

    @Test(.timeLimit(.minutes(3)))
    func documentThatKillsItsWorkerIsADeadLetterAfterFiveAttemptsAndTheOthersComeOut() async throws {
      let reports = Reports(39, seed: 6, largest: 1000)
      let poison = Array(#"{"uri":"poison.txt","text":"松浦县2023年查获毒药3件。"}"#.utf8) + [0x0A]
      let folder = TemporaryFolder()
      try folder.write("poison.py", Self.script.utf8)
      let file = try Python.composeFile(in: folder, script: folder.path + "/poison.py")
      try await Pipeline.with(environment: ["GONGWEN_STAGES": Python.stages], file: file) { pipeline in
        #expect(try await pipeline.program.gongwen("push", "-", input: poison + reports.input).status == 0)
        try await pipeline.settle()
        #expect(try Outcomes(of: pipeline.home.path).wrong(good: reports.good, bad: ["poison.txt"]) == [])
        let status = try await pipeline.status()
        #expect([status["done"]?.integer, status["dead"]?.integer, status["failed"]?.integer] == [39, 1, 0])
        let letter = try JSONValue(try #require(try pipeline.failures().first))
        #expect(letter["code"] == .string("attempts_exhausted"))
        #expect(letter["stage"] == .string("keywords"))
        #expect(letter["attempts"]?.integer == 5)
        #expect(letter["message"]?.string?.contains("connection is gone") == true)
      }
    }
  }
}
