import Foundation
import Schema
import Testing
import TestSupport

extension Ordeal {
  /// A link between two machines that is down for ten seconds, with all that is under way on it, only delays documents.
  @Suite(.serialized, .enabled(if: Wire.isPossible, "needs iproute2 and the right to make network namespaces (root)"))
  struct LinkDownTests {
    @Test(.timeLimit(.minutes(3)))
    func linkOfAWorkerDownForTenSecondsEveryDocumentComesOutOnce() async throws {
      let reports = Reports(400, seed: 31, largest: 4000)
      try await withWire(of: ["extract": 0]) { wire, pipeline in
        let worker = try wire.far(["gongwen-extract"], pipeline)
        #expect(try await pipeline.program.gongwen("push", "-", input: reports.input).status == 0)
        try await pipeline.done(20)
        try await wire.takeDown(for: .seconds(10))
        #expect(try await pipeline.status()["done"]?.integer ?? 400 < 390)
        try wire.set("up")
        try await pipeline.expectOnce(good: reports.good, bad: reports.bad)
        #expect(worker.end(SIGTERM) == 0)
      }
    }

    @Test(.timeLimit(.minutes(3)))
    func linkOfAProducerDownForTenSecondsEveryDocumentComesOutOnce() async throws {
      let reports = Reports(3000, seed: 32, largest: 120)
      try await withWire { wire, pipeline in
        let (input, pipe) = (pipeline.home.path + "/input", pipeline.home.path + "/pipe")
        try Data(reports.input).write(to: URL(filePath: input))
        #expect(succeeds("mkfifo \(pipe)"))
        // A few at a time, so that the link goes down in the middle.
        let pace = "awk '{ print } NR % 50 == 0 { fflush(); system(\"sleep 0.05\") }' \"$1\" >\"$2\""
        let writer = try Running(
          ["/usr/bin/env", "sh", "-c", pace, "sh", input, pipe], environment: pipeline.program.environment,
          output: pipeline.home.path + "/writer")
        let push = try wire.far(["gongwen", "push", "-"], input: pipe, pipeline)
        try await until { try await pipeline.status()["accepted"]?.integer != 0 }
        try await wire.takeDown(for: .seconds(10))
        #expect(try await pipeline.status()["accepted"]?.integer ?? 3000 < 3000)
        try wire.set("up")
        #expect(push.status() == 0, "\(wire.said(pipeline))")
        #expect(writer.status() == 0)
        try await pipeline.expectOnce(good: reports.good, bad: reports.bad)
      }
    }

    private func withWire(of others: [String: Int] = [:], _ body: (Wire, Pipeline) async throws -> Void) async throws {
      let wire = try Wire()
      var pipeline = try Pipeline(.ipc, ["GONGWEN_QUEUE": wire.queue])
      pipeline.program.wrapper = wire.near
      #expect(try await pipeline.program.gongwen("keys", "init").status == 0)
      try await Pipeline.run(pipeline, of: others) { try await body(wire, $0) }
    }
  }
}

/// Two network namespaces with a wire between them: the queue is to be in the near one. Both end with the value.
private final class Wire {
  static let isPossible = succeeds("ip netns add gw-probe && ip netns del gw-probe")

  let queue = "tcp://10.207.43.1:7501"
  private let name = "gw\(UInt16.random(in: 1...9999))"

  init() throws {
    let (a, b) = (name + "a", name + "b")
    for command in [
      "netns add \(a)", "netns add \(b)", "-n \(a) link add wire type veth peer name wire netns \(b)",
      "-n \(a) addr add 10.207.43.1/30 dev wire", "-n \(b) addr add 10.207.43.2/30 dev wire",
      "-n \(a) link set lo up", "-n \(b) link set lo up", "-n \(b) link set wire up",
    ] { try ip(command) }
    try set("up")
  }

  deinit { for end in ["a", "b"] { try? ip("netns del \(name)\(end)") } }

  /// The words that put a program into the near namespace.
  var near: [String] { ["ip", "netns", "exec", name + "a"] }

  /// Starts a program in the far namespace.
  func far(_ words: [String], input: String? = nil, _ pipeline: Pipeline) throws -> Running {
    let command =
      ["/usr/bin/env", "ip", "netns", "exec", name + "b", "\(Program.folder)/\(words[0])"] + words.dropFirst()
    return try Running(
      command, environment: pipeline.program.environment, input: input, output: pipeline.home.path + "/far")
  }

  /// What the program in the far namespace has said, but for the ids of jobs.
  func said(_ pipeline: Pipeline) -> [Substring] {
    let text = (try? String(contentsOfFile: pipeline.home.path + "/far", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.contains(" ") }
  }

  func set(_ state: String) throws { try ip("-n \(name)a link set wire \(state)") }

  func takeDown(for time: Duration) async throws {
    try set("down")
    try await Task.sleep(for: time)
  }

  private func ip(_ arguments: String) throws {
    guard succeeds("ip " + arguments) else { throw CocoaError(.featureUnsupported) }
  }
}
