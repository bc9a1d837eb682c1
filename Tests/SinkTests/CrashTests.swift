import Foundation
import Record
import Sink
import Testing
import Wire
import ZeroMQ
import TestSupport

/// Real sinks against a queue that the test plays.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct CrashTests {
  let folder = TemporaryFolder()

  /// A sink is killed at any moment, and of the answers before each kill some are lost with the queue: still every line
  /// is there once and whole, in one of the two streams.
  @Test func killsAtAnyMomentLeaveEveryLineOnceAndWhole() throws {
    let documents = 3000
    var queue = try PlayedQueue(home(), documents: documents, layer: Self.layer, line: Self.line)
    let kills = try killAgainAndAgain(&queue, ["--segment-size", "300000", "--group", "64"])
    #expect(kills > 5)
    let (records, failures) = (try lines(folder.path + "/records"), try lines(folder.path + "/failures"))
    let expected = (1...UInt64(documents)).map { (Self.layer($0), Self.line($0)) }
    #expect(records.sorted() == expected.filter { $0.0 == "record" }.map { text($0.1) }.sorted())
    #expect(failures.sorted() == expected.filter { $0.0 == "failure" }.map { text($0.1) }.sorted())
  }

  /// Plays the queue to sinks that are killed at any moment, until all is done; how many there were.
  private func killAgainAndAgain(_ queue: inout PlayedQueue, _ options: [String]) throws -> Int {
    var kills = 0
    while !queue.isFinished {
      let sink = try SinkProcess(home: folder.path, options)
      // The first rounds end after a random number of steps; when there were enough, the rest goes through.
      var steps = kills < 25 ? Int.random(in: 1...60) : Int.max
      while steps > 0, !queue.isFinished {
        let isLast = steps < 4
        try queue.step(within: .milliseconds(kills < 25 ? Int.random(in: 0...20) : 1000)) {
          !isLast || Bool.random()
        }
        steps -= 1
      }
      sink.kill()
      try queue.loseSink()
      kills += 1
    }
    return kills
  }

  /// As above, with old files removed all the while. Offsets count every byte that was ever written, so the streams end
  /// where each document has one line, though most lines are gone.
  @Test func killsWhileOldFilesAreRemovedLeaveStreamsThatEndWhereEveryLineStoodOnce() throws {
    let documents = 3000
    var queue = try PlayedQueue(home(), documents: documents, layer: Self.layer, line: Self.line)
    _ = try killAgainAndAgain(&queue, ["--segment-size", "20000", "--group", "64", "--retain-bytes", "50000"])
    for layer in ["record", "failure"] {
      let extent = try extent("\(folder.path)/\(layer)s/sink-1")
      let expected = (1...UInt64(documents)).filter { Self.layer($0) == layer }.map { Self.line($0).count + 1 }
      #expect(extent.upperBound == expected.reduce(0, +))
      #expect(extent.lowerBound > 0)
    }
  }

  @Test func termDrainsAndWhatFetchGivesIsWhatTheFilesHold() throws {
    var queue = try PlayedQueue(home(), documents: 500, line: Self.line)
    let sink = try SinkProcess(home: folder.path, ["--segment-size", "200000"])
    while !queue.isFinished { try queue.step(within: .seconds(10)) }
    let fetched = try fetchAll()
    #expect(sink.drain() == 0)
    #expect(text(fetched).split(separator: "\n").map(String.init) == (try lines(folder.path + "/records")))
    #expect(try lines(folder.path + "/records").count == 500)
  }

  @Test func secondSinkOfAPartitionEndsWithAMessage() throws {
    var queue = try PlayedQueue(home(), documents: 1, line: Self.line)
    let sink = try SinkProcess(home: folder.path)
    while !queue.isFinished { try queue.step(within: .seconds(10)) }
    let second = try SinkProcess(home: folder.path)
    #expect(second.status() != 0)
    #expect(sink.drain() == 0)
  }

  /// The order of the syncs is what makes a power loss safe: lines, then the index, then the answer.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace"), "needs strace"))
  func linesAreSyncedBeforeTheIndexAndBothBeforeTheAnswer() throws {
    var queue = try PlayedQueue(home(), documents: 1, line: Self.line)
    let trace = folder.path + "/trace"
    let sink = try SinkProcess(
      home: folder.path,
      in: [
        "/usr/bin/strace", "-D", "-f", "-y", "-s", "400", "-o", trace, "-e",
        "trace=pwrite64,fdatasync,fsync,mkdir,sendto",
      ])
    while !queue.isFinished { try queue.step(within: .seconds(20)) }
    #expect(sink.drain() == 0)
    var calls: [String] = []
    while !(calls.last ?? "").contains("+++ exited with 0 +++") {
      calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").map(String.init)
    }
    func place(_ call: String, _ file: String, after start: Int = 0) throws -> Int {
      try #require(
        calls.indices.first { $0 >= start && calls[$0].contains(call) && calls[$0].contains(file) },
        "no \(call) of \(file)")
    }
    let folderSync = try place("fsync(", "records/sink-1>")
    let written = try place("pwrite64(", ".ndjson", after: folderSync)
    let synced = try place("fdatasync(", ".ndjson", after: written)
    let indexed = try place("pwrite64(", ".index", after: synced)
    let indexSynced = try place("fdatasync(", ".index", after: indexed)
    #expect(calls[written..<indexSynced].count { $0.contains("fdatasync(") } == 1)
    #expect(try place("sendto(", "\\3RES") > indexSynced)
    #expect(try place("fsync(", "/records>") < written)
  }
}

extension CrashTests {
  /// The home of a test, with the folder of its sockets.
  private func home() throws -> Home {
    let home = Home(path: folder.path)
    try FileManager.default.createDirectory(atPath: home.run, withIntermediateDirectories: true)
    return home
  }

  private static func layer(_ number: UInt64) -> String { number % 7 == 0 ? "failure" : "record" }

  /// Lines of 20 bytes to 30 KB, each its own.
  private static func line(_ number: UInt64) -> [UInt8] {
    let size = number % 50 == 0 ? 30_000 : Int(number % 300)
    return Array("{\"n\":\(number),\"x\":\"\(String(repeating: "x", count: size))\"}".utf8)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The lines of a stream in the files; the last one must end as all the others do.
  private func lines(_ stream: String) throws -> [String] {
    let path = stream + "/sink-1"
    let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".ndjson") }.sorted()
    let bytes = try names.flatMap { try Data(contentsOf: URL(filePath: "\(path)/\($0)")) }
    #expect(bytes.isEmpty || bytes.last == UInt8(ascii: "\n"))
    return text(bytes).split(separator: "\n").map(String.init)
  }

  /// The offsets of the lines that the files of a stream still hold.
  private func extent(_ path: String) throws -> Range<Int> {
    let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".ndjson") }.sorted()
    let last = try Data(contentsOf: URL(filePath: "\(path)/\(try #require(names.last))"))
    let firsts = try names.map { try #require(Int($0.dropLast(7))) }
    return firsts[0]..<(firsts.last! + last.count)
  }

  private func fetchAll() throws -> [UInt8] {
    let dealer = try Socket(.dealer, in: Context())
    try dealer.connect("ipc://\(folder.path)/run/sink-1")
    var (bytes, offset) = ([UInt8](), UInt64(0))
    while true {
      try dealer.send(FetchRequest(stream: .records, offset: offset, limit: 10_000).frames)
      let frames = try #require(try dealer.receive(wait: true))
      guard case .data(.records, offset, let next, let end, let lines) = try FetchReply(frames) else {
        Issue.record("no data")
        return bytes
      }
      bytes += lines
      offset = next
      if next == end { return bytes }
    }
  }
}
