import Record
import Testing
import Wire

@testable import Queue

/// What stands on the pages, without a server.
struct PageTests {
  private func snapshot(limits: Limits = Limits(), _ change: (inout Bench) throws -> Void = { _ in }) throws -> Snapshot
  {
    var bench = try Bench(limits: limits)
    try change(&bench)
    return bench.broker.snapshot
  }

  private func lines(_ snapshot: Snapshot) -> Set<Substring> {
    Set(String(decoding: Page.at("/metrics", snapshot, uptime: 0).body, as: UTF8.self).split(separator: "\n"))
  }

  @Test func aStageIsMeasuredByWhatHappenedAtIt() throws {
    let lines = lines(
      try snapshot { bench in
        try bench.sink("s")
        try bench.ready("w", "clean", messages: 2, bytes: 1000)
        try bench.push("a", "b", "c")
        let jobs = bench.takeJobs("w")
        for job in jobs { try bench.say("w", .start(job.lease)) }
        try bench.finish(jobs[0], by: "w", adding: "record")
        try bench.say("w", .fail(jobs[1].lease, code: "no_text", isRetryable: false, message: ""))
      })
    for line in [
      #"gongwen_documents_accepted_total 3"#, #"gongwen_stage_pending_documents{stage="clean"} 1"#,
      #"gongwen_stage_in_flight_documents{stage="sink"} 2"#, #"gongwen_stage_workers{stage="clean"} 1"#,
      #"gongwen_stage_attempts_total{stage="clean"} 2"#, #"gongwen_stage_failed_total{stage="clean"} 1"#,
      #"gongwen_stage_received_bytes_total{stage="clean"} 2"#,
      #"gongwen_stage_duration_seconds_bucket{stage="clean",le="0.001"} 0"#,
      #"gongwen_stage_duration_seconds_bucket{stage="clean",le="0.0025"} 1"#,
      #"gongwen_stage_duration_seconds_bucket{stage="clean",le="+Inf"} 1"#,
      #"gongwen_stage_duration_seconds_sum{stage="clean"} 0.0015"#,
      #"gongwen_stage_duration_seconds_count{stage="clean"} 1"#,
      #"gongwen_sink_lag_documents{partition="s"} 2"#, #"gongwen_sink_connected{partition="s"} 1"#,
      #"gongwen_ledger_full 0"#,
    ] { #expect(lines.contains(line[...]), "\(line)") }
  }

  @Test func aRetryAndAnExhaustedDocumentAreCountedApart() throws {
    var limits = Limits()
    limits.attempts = 2
    let lines = lines(
      try snapshot(limits: limits) { bench in
        try bench.sink("s")
        try bench.ready("w", "clean")
        try bench.push("a")
        for _ in 0..<2 {
          try bench.pass(milliseconds: 1000)
          for job in bench.takeJobs("w") {
            try bench.say("w", .fail(job.lease, code: "timed_out", isRetryable: true, message: ""))
          }
        }
        for job in bench.takeJobs("s") { try bench.finish(job, by: "s") }
      })
    for line in [
      #"gongwen_stage_retries_total{stage="clean"} 1"#, #"gongwen_stage_exhausted_total{stage="clean"} 1"#,
      #"gongwen_stage_redeliveries_total{stage="clean"} 1"#, #"gongwen_stage_dead_letters{stage="clean"} 1"#,
      #"gongwen_dead_letters 1"#,
    ] { #expect(lines.contains(line[...]), "\(line)") }
  }

  @Test func aNameCannotBreakOutOfItsLabel() throws {
    let lines = lines(try snapshot { try $0.sink("a\"} 1\nb\\") })
    #expect(lines.contains(#"gongwen_sink_connected{partition="a\"} 1\nb\\"} 1"#))
  }

  @Test func aQueueThatDoesNotTurnIsNotHealthy() throws {
    let snapshot = try snapshot()
    #expect(Page.at("/healthz", snapshot, uptime: snapshot.uptime + 9_999).status == .ok)
    let stuck = Page.at("/healthz", snapshot, uptime: snapshot.uptime + 60_000)
    #expect(stuck.status == .unavailable && String(decoding: stuck.body, as: UTF8.self).contains("60 s"))
    #expect(Page.at("/readyz", snapshot, uptime: snapshot.uptime + 60_000).status == .unavailable)
  }

  @Test(arguments: ["/healthz", "/readyz", "/metrics", "/status"]) func beforeItServesNothingIsThere(_ path: String) {
    #expect(Page.at(path[...], nil, uptime: 0).status == .unavailable)
  }

  @Test func aQueueWhoseDiskIsFullIsHealthyButNotReady() throws {
    let snapshot = try snapshot { try $0.handle(.space(1000)) }
    #expect(Page.at("/healthz", snapshot, uptime: 0).status == .ok)
    let page = Page.at("/readyz", snapshot, uptime: 0)
    #expect(page.status == .unavailable && String(decoding: page.body, as: UTF8.self).contains("1000 left"))
  }

  @Test func aQueueWhoseLastCommitFailedIsNotReadyUntilOneSucceeds() throws {
    var snapshot = try snapshot()
    snapshot.commits.failed()
    #expect(Page.at("/readyz", snapshot, uptime: 0).status == .unavailable)
    snapshot.commits.wrote(in: .milliseconds(2))
    #expect(Page.at("/readyz", snapshot, uptime: 0).status == .ok)
  }

  @Test(arguments: [
    ("127.0.0.1:7500", true), ("localhost:1", true), ("[::1]:7500", true), ("127.9.9.9:0", true),
    ("0.0.0.0:7500", false), ("*:7500", false), ("[::]:7500", false), ("queue:7500", false),
    ("127.0.0.1.example.org:80", false),
  ]) func anAddressIsReadAndItsReachIsKnown(_ text: String, _ isLoopback: Bool) throws {
    #expect(try #require(HTTPAddress(text)).isLoopback == isLoopback)
  }

  @Test(arguments: ["", ":1", "host", "host:", "host:70000", "host:-1", "::1:80", "http://host:80"])
  func whatIsNoAddressIsRefused(_ text: String) { #expect(HTTPAddress(text) == nil) }
}
