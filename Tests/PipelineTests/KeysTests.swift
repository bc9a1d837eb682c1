import Foundation
import TestSupport
import Testing

/// The pipeline over tcp with keys: it works as without, and says so where they are wrong.
@Suite(.serialized, .timeLimit(.minutes(3))) struct KeysTests {
  private static let examples = Program.project + "/deploy/examples"

  /// The program as another machine has it: another home, and the keys in it.
  private func elsewhere(_ pipeline: Pipeline, _ home: TemporaryFolder) -> Program {
    Program(environment: ["GONGWEN_HOME": home.path, "GONGWEN_QUEUE": pipeline.program.environment["GONGWEN_QUEUE"]!])
  }

  @Test func documentsGoThroughAndEachMachineIsLetInOnceItIsAllowed() async throws {
    let pipeline = try Pipeline(.tcp)
    let server = try await pipeline.program.gongwen("keys", "init")
    #expect(server.status == 0, "\(server.error)")
    try await Pipeline.run(pipeline) { pipeline in
      let pushed = try await pipeline.push(Self.examples)
      #expect(pushed.status == 0, "\(pushed.error)")
      #expect(try await pipeline.records().count == pushed.lines.count)

      let home = TemporaryFolder()
      let other = elsewhere(pipeline, home)
      for words in [["push", Self.examples], ["status"], ["tail", "--no-follow"], ["dlq", "ls"]] {
        let outcome = try await other.gongwen(words)
        #expect(outcome.status == 69 && outcome.error.contains("gongwen keys show"), "\(words): \(outcome.error)")
      }
      let key = String(decoding: try #require(server.lines.first), as: UTF8.self)
      let joined = try await other.gongwen("keys", "init", "--join", key)
      #expect(joined.status == 0, "\(joined.error)")
      let refused = try await other.gongwen("push", Self.examples)
      #expect(refused.status == 69 && refused.error.contains("gongwen keys add"), "\(refused.error)")

      let own = String(decoding: try #require(joined.lines.first), as: UTF8.self)
      #expect(try await pipeline.program.gongwen("keys", "add", "other", own).status == 0)
      try await until { try await other.gongwen("status").status == 0 }
      let tail = try await other.gongwen("tail", "--no-follow")
      #expect(tail.lines.count == pushed.lines.count, "\(tail.error)")

      #expect(try await pipeline.program.gongwen("keys", "remove", "other").status == 0)
      try await until { try await other.gongwen("status").status == 69 }
    }
  }

  @Test(.enabled(if: Python.path != nil, "needs python3-zmq"))
  func aWorkerInPythonUsesTheKeysToo() async throws {
    let pipeline = try Pipeline(.tcp, ["GONGWEN_STAGES": Python.stages])
    #expect(try await pipeline.program.gongwen("keys", "init").status == 0)
    try await Pipeline.run(pipeline) { pipeline in
      let words = [try #require(Python.path), "-B", Self.examples + "/worker.py"]
      let worker = try Running(
        words, environment: pipeline.program.environment, output: pipeline.home.path + "/worker")
      let pushed = try await pipeline.push(Self.examples)
      #expect(pushed.status == 0, "\(pushed.error)")
      for line in try await pipeline.records() {
        #expect(String(decoding: line, as: UTF8.self).contains("\"keywords\":"))
      }
      #expect(worker.end(SIGTERM) == 0)
    }
  }

  @Test func aWorkerThatIsNotLetInSaysWhy() async throws {
    let pipeline = try Pipeline(.tcp)
    #expect(try await pipeline.program.gongwen("keys", "init").status == 0)
    try await Pipeline.run(pipeline) { pipeline in
      let home = TemporaryFolder()
      let log = home.path + "/log"
      let worker = try Running(
        [Program.folder + "/gongwen-segment"], environment: elsewhere(pipeline, home).environment, output: log)
      try await until { try String(contentsOfFile: log, encoding: .utf8).contains("is not let in by the queue") }
      #expect(worker.end(SIGTERM) == 0)
    }
  }

  @Test func anAddressOfTheNetworkWithoutKeysIsRefused() async throws {
    let home = TemporaryFolder()
    let program = Program(environment: ["GONGWEN_HOME": home.path, "GONGWEN_QUEUE": "tcp://10.207.43.1:7501"])
    for words in [["push", Self.examples], ["status"], ["tail"]] {
      let outcome = try await program.gongwen(words)
      #expect(outcome.status == 69 && outcome.error.contains("gongwen keys init"), "\(words): \(outcome.error)")
    }
  }
}
