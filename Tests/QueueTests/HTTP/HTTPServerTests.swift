import Foundation
import Record
import TestSupport
import Testing
import Wire
import ZeroMQ

@testable import Queue

/// The endpoint of a real queue, with real connections.
struct HTTPServerTests {
  private let folder = TemporaryFolder()

  /// Runs a queue while a test speaks to it, on a thread that may wait.
  private func withQueue(
    _ body: @Sendable @escaping (inout HandMade, _ url: String) throws -> Void
  ) async throws {
    let queue = try RunningQueue(in: folder, http: HTTPAddress(host: "127.0.0.1", port: 0))
    try await blocking {
      var client = try HandMade(Context(), queue.address.clients)
      try body(&client, try Self.url(&client))
    }
    try await queue.stop()
  }

  private static func url(_ client: inout HandMade) throws -> String {
    try #require(try client.awaitReport { $0.http != nil }.http)
  }

  @Test func theSamePagesAreThereAsTheWireSays() async throws {
    try await withQueue { client, url in
      _ = try client.hello("p")
      try client.say(.put(sequence: 1, key: "a", layers: .document("a")))
      try client.awaitOK(1)
      let status = try Self.eventually {
        try HTTPAnswer(url, "/status")
      } where: {
        $0.body.contains(#""accepted":1"#)
      }
      var (page, wire) = (try Report(Array(status.body.utf8)), try client.awaitReport { _ in true })
      // Ages go on between the two questions.
      for stage in page.stages.keys { page.stages[stage]?.oldest_seconds = 0 }
      for stage in wire.stages.keys { wire.stages[stage]?.oldest_seconds = 0 }
      #expect(page == wire)
      #expect(status.head.contains("content-type: application/json"))
      for path in ["/healthz", "/readyz", "/", "/metrics?x=1"] { #expect(try HTTPAnswer(url, path).status == 200) }
      let metrics = try HTTPAnswer(url, "/metrics")
      #expect(metrics.body.contains("\ngongwen_documents_accepted_total 1\n"))
      #expect(metrics.body.contains("\ngongwen_ledger_commit_duration_seconds_count 1\n"))
      #expect(metrics.body.contains("\nprocess_resident_memory_bytes "))
    }
  }

  @Test func anotherMethodOrPathIsAnsweredWithWhatThereIs() async throws {
    try await withQueue { client, url in
      let post = try HTTPAnswer(url, "/status", method: "POST")
      #expect(post.status == 405 && post.head.contains("allow: get, head"))
      let absent = try HTTPAnswer(url, "/../../etc/passwd")
      #expect(absent.status == 404 && absent.body.contains("/metrics"))
      let head = try HTTPAnswer(url, "/metrics", method: "HEAD")
      #expect(head.status == 200 && head.body.isEmpty && !head.head.contains("content-length: 0"))
    }
  }

  @Test func whatIsNoRequestEndsItsConnectionAndNothingElse() async throws {
    try await withQueue { client, url in
      var dice = Dice(seed: 7)
      for _ in 0..<50 {
        let client = try TCPClient(url)
        client.send((0..<1 + dice.roll(5000)).map { _ in UInt8(dice.roll(256)) })
        client.send("\r\n\r\n")
        #expect(!client.readToEnd().contains("200 OK"))
      }
      let endless = try TCPClient(url)
      endless.send("GET / HTTP/1.1\r\n")
      let line = "X-Padding: " + String(repeating: "x", count: 1000) + "\r\n"
      var lines = 0
      while endless.send(line), lines < 10_000 { lines += 1 }
      #expect(lines < 10_000)
      let announced = try TCPClient(url)
      announced.send("GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
      #expect(announced.readToEnd().contains("200 OK"))
      #expect(try HTTPAnswer(url, "/healthz").status == 200)
    }
  }

  @Test func aThousandSilentConnectionsKeepNobodyFromTheQueueAndEnd() async throws {
    try await withQueue { client, url in
      let silent = try (0..<1000).map { _ in
        let client = try TCPClient(url)
        client.send("GET /met")
        return client
      }
      _ = try client.hello("p")
      try client.say(.put(sequence: 1, key: "a", layers: .document("a")))
      try client.awaitOK(1)
      for client in silent { #expect(!client.readToEnd().contains("200 OK")) }
      #expect(try HTTPAnswer(url, "/healthz").status == 200)
    }
  }

  @Test func aSecondQueueTakesAnotherPortAndAPortThatWasChosenIsNotShared() async throws {
    let first = try RunningQueue(in: folder, http: HTTPAddress(host: "127.0.0.1", port: 0))
    let url = try await blocking {
      var client = try HandMade(Context(), first.address.clients)
      return try Self.url(&client)
    }
    var taken = HTTPAddress(host: "127.0.0.1", port: try #require(Int(url.split(separator: ":").last ?? "")))
    await #expect(throws: HTTPServer.Unusable.self) {
      try await RunningQueue(in: TemporaryFolder(), http: taken).stop()
    }
    taken.mayMove = true
    let second = try RunningQueue(in: TemporaryFolder(), http: taken)
    try await blocking {
      var client = try HandMade(Context(), second.address.clients)
      let moved = try Self.url(&client)
      #expect(moved != url)
      let answer = try Self.eventually({ try HTTPAnswer(moved, "/healthz") }) { $0.status == 200 }
      #expect(answer.status == 200)
    }
    try await first.stop()
    try await second.stop()
  }

  @Test func promtoolIsContentWithTheMetrics() async throws {
    guard let promtool = promtool(saying: #function) else { return }
    try await withQueue { _, url in
      let process = Process()
      let (input, output) = (Pipe(), Pipe())
      process.executableURL = promtool
      process.arguments = ["check", "metrics"]
      (process.standardInput, process.standardOutput, process.standardError) = (input, output, output)
      try process.run()
      try input.fileHandleForWriting.write(contentsOf: Data(HTTPAnswer(url, "/metrics").body.utf8))
      try input.fileHandleForWriting.close()
      let words = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0 && words.isEmpty, "\(words)")
    }
  }

  /// Asks again until the answer is as wanted; the last one where it never is.
  private static func eventually<Answer>(
    _ ask: () throws -> Answer, where isWanted: (Answer) -> Bool
  ) throws -> Answer {
    let end = ContinuousClock.now + HandMade.patience
    var answer = try ask()
    while !isWanted(answer), ContinuousClock.now < end {
      usleep(50_000)
      answer = try ask()
    }
    return answer
  }
}
