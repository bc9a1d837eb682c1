import Foundation
import Testing
import TestSupport

extension Ordeal {
  /// Any process may be killed at any moment, the queue and the sinks included, and again before it has recovered: each
  /// document is still exactly one record or one failure, and no file needs repair.
  ///
  /// 2,000 documents of 100 bytes to 8 KB and 15 kills; with `GONGWEN_LONG_TESTS=1` 20,000 of up to 2 MB (0.5 GB in all)
  /// and 100 kills, which needs a release build.
  @Suite(.serialized) struct KillerTests {
    private static let isLong = ProcessInfo.processInfo.environment["GONGWEN_LONG_TESTS"] == "1"
    private static let documents = isLong ? 20_000 : 2_000
    private static let kills = isLong ? 100 : 15

    @Test(.timeLimit(.minutes(isLong ? 180 : 5)))
    func processesKilledAtRandomWhileDocumentsFlowEachComesOutOnce() async throws {
      let reports = (0..<Self.documents / 500).map {
        Reports(
          from: $0 * 500 + 1, 500, seed: UInt64($0), largest: Self.isLong ? 2 << 20 : 8 << 10, skew: Self.isLong ? 8 : 1
        )
      }
      let good = reports.reduce(into: Set()) { $0.formUnion($1.good) }
      let bad = reports.reduce(into: Set()) { $0.formUnion($1.bad) }
      try await Pipeline.with(replicas: 3, of: ["sink": 2]) { pipeline in
        let start = ContinuousClock.now
        async let killed = Self.kill(at: pipeline)
        for part in reports {
          let pushed = try await pipeline.program.gongwen("push", "-", input: part.input)
          #expect(pushed.status == 0, "\(pushed.error.suffix(2000))")
          #expect(Set(pushed.lines).count == 500)
        }
        let kills = try await killed
        #expect(kills.values.reduce(0, +) >= Self.kills)
        try await pipeline.expectOnce(good: good, bad: bad)
        print("killer: \(Self.documents) documents, kills \(kills), \(ContinuousClock.now - start)")
      }
    }

    /// Kills processes at random intervals, of each service in turn; how many of each.
    private static func kill(at pipeline: Pipeline) async throws -> [String: Int] {
      var dice = Dice(seed: 11)
      var killed: [String: Int] = [:]
      var services: [String] = []
      while killed.values.reduce(0, +) < kills {
        try await Task.sleep(for: .milliseconds(200 + dice.roll(isLong ? 6000 : 1500)))
        if services.isEmpty {
          services = ["queue", "fetch", "clean", "segment", "extract", "sink"].shuffled(using: &dice)
        }
        let service = services.removeLast()
        let victims = try await pipeline.running().filter { $0.service == service }
        guard !victims.isEmpty, Glibc.kill(victims[dice.roll(victims.count)].pid, SIGKILL) == 0 else { continue }
        killed[service, default: 0] += 1
      }
      return killed
    }
  }
}
