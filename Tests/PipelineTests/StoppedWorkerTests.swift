import Foundation
import Schema
import Testing

extension Ordeal {
  /// A worker that is stopped past its lease loses its documents to another one; continued, it neither makes them come
  /// out twice nor is it lost to the pipeline.
  @Suite(.serialized) struct StoppedWorkerTests {
    @Test(.timeLimit(.minutes(3)))
    func documentsOfAWorkerStoppedPastItsLeaseComeOutOnceAndItGoesOnWorking() async throws {
      let first = Reports(200, seed: 1, largest: 4000)
      let second = Reports(from: 201, 100, seed: 2, largest: 4000)
      try await Pipeline.with(of: ["extract": 2], environment: ["GONGWEN_LEASE_SECONDS": "1"]) { pipeline in
        let workers = try await pipeline.running().filter { $0.service == "extract" }.map(\.pid)
        let push = try await pipeline.program.gongwen("push", "-", input: first.input)
        #expect(push.status == 0)
        try await pipeline.done(5)
        try await pipeline.whileStopped(workers[0]) {
          // Whether its own heartbeats or those of its connection are missed first.
          try await until { pipeline.logs.contains("'extract-1' left 'extract': ") }
          try await pipeline.settle()
        }
        // Only the continued worker is there for these.
        try await pipeline.whileStopped(workers[1]) {
          let pushed = try await pipeline.push("-", input: second.input)
          #expect(pushed.status == 1)
        }
        try await pipeline.expectOnce(good: first.good.union(second.good), bad: first.bad.union(second.bad))
        #expect(try await pipeline.running().filter { $0.service == "extract" }.map(\.pid) == workers)
      }
    }
  }
}

extension Pipeline {
  /// Stops a process while the body runs, and continues it whatever happens.
  fileprivate func whileStopped(_ pid: Int32, _ body: () async throws -> Void) async throws {
    kill(pid, SIGSTOP)
    defer { kill(pid, SIGCONT) }
    try await body()
  }
}
