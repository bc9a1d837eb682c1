import Foundation
import Synchronization
import Testing
import TestSupport

extension Ordeal {
  /// All processes, the queue's as well, are started anew one after the other, again and again while documents flow.
  ///
  /// Twice, or fifty times with `GONGWEN_LONG_TESTS=1`, which wants a release build.
  @Suite(.serialized) struct RollingRestartTests {
    private static let isLong = ProcessInfo.processInfo.environment["GONGWEN_LONG_TESTS"] == "1"
    private static let rounds = isLong ? 50 : 2

    @Test(.timeLimit(.minutes(isLong ? 90 : 5)))
    func everythingRestartedWhileDocumentsFlowEachComesOutOnce() async throws {
      try await Pipeline.with(replicas: 2, of: ["sink": 1]) { pipeline in
        let hasEnded = Mutex(false)
        let start = ContinuousClock.now
        async let restarted: Void = {
          defer { hasEnded.withLock { $0 = true } }
          for _ in 0..<Self.rounds {
            let outcome = try await pipeline.program.gongwen("restart")
            #expect(outcome.status == 0, "\(outcome.error)")
          }
        }()
        var (good, bad) = (Set<String>(), Set<String>())
        while !hasEnded.withLock({ $0 }) {
          let part = Reports(from: good.count + bad.count + 1, 500, seed: UInt64(good.count), largest: 4 << 10)
          let pushed = try await pipeline.push("-", input: part.input)
          #expect(pushed.status <= 1 && Set(pushed.lines).count == 500, "\(pushed.error.suffix(2000))")
          good.formUnion(part.good)
          bad.formUnion(part.bad)
        }
        try await restarted
        let time = ContinuousClock.now - start
        try await pipeline.expectOnce(good: good, bad: bad)
        print("restarts: \(Self.rounds) of 10 processes, \(good.count + bad.count) documents, \(time)")
      }
    }
  }
}
