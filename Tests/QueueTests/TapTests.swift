import Record
import Testing
import Wire

@testable import Queue

struct TapTests {
  private func bench() throws -> Bench {
    var bench = try Bench()
    try bench.sink("s")
    try bench.ready("w", "clean", messages: 100)
    return bench
  }

  private func shown(_ bench: inout Bench) -> [(json: String, layers: Layers)] {
    bench.takeReplies("tap").compactMap {
      if case .tapped(let json, let layers) = $0 { (String(decoding: json, as: UTF8.self), layers) } else { nil }
    }
  }

  private func pass(_ keys: [String], _ bench: inout Bench) throws {
    for key in keys {
      try bench.push(key)
      try bench.finish(try #require(bench.takeJobs("w").first), by: "w", adding: "record")
    }
  }

  @Test func aDocumentThatPassesIsShownWithTheLayersThatWereAskedFor() throws {
    var bench = try bench()
    try bench.say("tap", .tap(stage: "clean", every: 1, count: 5, layers: ["record", "raw", "none"]))
    try pass(["a"], &bench)
    let shown = shown(&bench)
    #expect(shown.count == 1 && shown[0].layers.all.map(\.name) == ["raw", "record"])
    for part in [#""outcome":"passed""#, #""uri":"a""#, #""seconds":0.0015"#, #""bytes_out":2"#, "\(JobID(key: "a"))"] {
      #expect(shown[0].json.contains(part), "\(part)")
    }
  }

  @Test func noMoreIsShownThanWasAskedForAndOnlyTheSample() throws {
    var bench = try bench()
    try bench.say("tap", .tap(stage: "clean", every: 3, count: 2, layers: []))
    try pass((0..<9).map { "\($0)" }, &bench)
    #expect(shown(&bench).map(\.json).map { $0.contains(#""uri":"0""#) } == [true, false])
    try pass(["x"], &bench)
    #expect(shown(&bench).isEmpty)
  }

  @Test func whoDoesNotAskAgainIsForgotten() throws {
    var bench = try bench()
    try bench.say("tap", .tap(stage: "clean", every: 1, count: 100, layers: []))
    for _ in 0..<11 {
      try bench.say("w", .heartbeat([]))
      try bench.say("s", .heartbeat([]))
      try bench.pass(milliseconds: 1000)
    }
    try pass(["a"], &bench)
    #expect(shown(&bench).isEmpty)
  }

  @Test func failuresAreShownAndAnUnknownStageIsRefused() throws {
    var bench = try bench()
    try bench.say("tap", .tap(stage: "clean", every: 1, count: 100, layers: []))
    try bench.push("a", "b")
    let jobs = bench.takeJobs("w")
    try bench.say("w", .fail(jobs[0].lease, code: "timed_out", isRetryable: true, message: "m"))
    try bench.say("w", .fail(jobs[1].lease, code: "no_text", isRetryable: false, message: "m"))
    let shown = shown(&bench).map(\.json)
    #expect(shown.count == 2 && shown[0].contains(#""outcome":"retried","code":"timed_out""#))
    #expect(shown[1].contains(#""outcome":"failed","code":"no_text""#))
    try bench.say("tap", .tap(stage: "claen", every: 1, count: 1, layers: []))
    #expect(
      bench.takeReplies("tap").contains {
        if case .error(let error) = $0 { error.code == "unknown_stage" } else { false }
      })
  }

  @Test func noLargeLayerAndNoCrowdOfClientsFillsTheMemory() throws {
    var bench = try bench()
    for number in 0..<100 {
      try bench.say("tap-\(number)", .tap(stage: "clean", every: 1, count: .max, layers: ["raw"]))
    }
    #expect(
      bench.broker.taps.count == Queue.Tap.most && bench.broker.taps.values.allSatisfy { $0.left == Queue.Tap.grant })
    try bench.say("tap", .tap(stage: "clean", every: 0, count: 1, layers: ["raw"]))
    try bench.push("a", bytes: 300 << 10)
    try bench.finish(try #require(bench.takeJobs("w").first), by: "w", adding: "record")
    #expect(shown(&bench).map(\.layers.all.count) == [0])
  }
}
