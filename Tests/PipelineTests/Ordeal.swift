import Foundation
import Schema
import Testing
import TestSupport

/// What the pipeline promises whatever dies: each document becomes exactly one record or one failure.
///
/// The suites in it start real processes, many of them, and take turns.
@Suite(.serialized) enum Ordeal {}

/// What the files of a pipeline hold for each document.
struct Outcomes {
  private(set) var records: [String: Int] = [:]
  private(set) var failures: [String: Int] = [:]

  /// Reads all files of both streams, of all partitions.
  init(of home: String) throws {
    for uri in try uris(inStream: home + "/records") { records[uri, default: 0] += 1 }
    for uri in try uris(inStream: home + "/failures") { failures[uri, default: 0] += 1 }
  }

  /// Counts the sources of records.
  init(records uris: [String]) { for uri in uris { records[uri, default: 0] += 1 } }

  /// Documents that are not exactly once where they belong, with where they are.
  func wrong(good: Set<String>, bad: Set<String> = []) -> [String] {
    good.union(bad).union(records.keys).union(failures.keys).sorted().compactMap { uri in
      let found = (records[uri] ?? 0, failures[uri] ?? 0)
      let wanted = (good.contains(uri) ? 1 : 0, bad.contains(uri) ? 1 : 0)
      return found == wanted ? nil : "\(uri): \(found.0) records, \(found.1) failures"
    }
  }
}

/// The sources of the lines of all files of a stream.
private func uris(inStream stream: String) throws -> [String] {
  let files = FileManager.default.enumerator(atPath: stream)?.compactMap { $0 as? String } ?? []
  return try files.filter { $0.hasSuffix(".ndjson") }.flatMap { try uris(inFile: stream + "/" + $0) }
}

/// The sources of the lines of a file, which may be larger than memory; a torn line is an issue.
private func uris(inFile path: String) throws -> [String] {
  let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
  #expect(data.isEmpty || data.last == 0x0A, "\(path) ends with a torn line")
  return try data.split(separator: 0x0A).map { try uri(Array($0.prefix(4096))) }
}

/// The source of a line, of which the beginning is enough, without parsing the rest of it.
private func uri(_ line: [UInt8]) throws -> String {
  let source = try #require(line.firstRange(of: Array(#""source":{"uri":""#.utf8)), "a line without source")
  let rest = line[source.upperBound...]
  return String(decoding: rest.prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
}

extension Pipeline {
  /// Waits until every document that was accepted is out, then checks that each is exactly once where it belongs: in
  /// the files, and in what `tail` prints; that the sums of `status` hold; and that no file needed repair.
  func expectOnce(good: Set<String>, bad: Set<String> = []) async throws {
    try await settle()
    let outcomes = try await Outcomes(of: seenHome())
    #expect(outcomes.wrong(good: good, bad: bad) == [])
    #expect(try Outcomes(records: tailed()).wrong(good: good) == [], "in what 'gongwen tail' printed")
    let status = try await status()
    let counts = ["accepted", "done", "failed", "dead", "pending", "in_flight"].map { status[$0]?.integer }
    #expect(counts == [good.count + bad.count, good.count, bad.count, 0, 0, 0])
    expectNoRepair(in: try await seenHome())
  }

  /// The sources of all records that `gongwen tail` prints, which may be more than memory holds.
  private func tailed() throws -> [String] {
    let path = home.path + "/tailed"
    let command = #"exec "$0" tail --from start --no-follow > "$1""#
    let words = ["/usr/bin/env"] + program.wrapper + ["sh", "-c", command, Program.folder + "/gongwen", path]
    let tail = try Running(words, environment: program.environment, output: path + ".log")
    #expect(tail.status() == 0)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try uris(inFile: path)
  }

  /// Returns when nothing is pending or in flight any more.
  func settle() async throws {
    while true {
      let report = try await program.gongwen("status", "--json")
      if report.status == 0, let status = try? JSONValue(report.output), status["pending"]?.integer == 0,
        status["in_flight"]?.integer == 0
      {
        return
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  /// No ledger was set aside, and no log speaks of damage.
  private func expectNoRepair(in home: String) {
    let ledgers = (try? FileManager.default.contentsOfDirectory(atPath: home + "/queue")) ?? []
    #expect(ledgers.contains("ledger.sqlite"))
    #expect(ledgers.filter { $0.contains("damaged") } == [])
    #expect(logs.split(separator: "\n").filter { $0.contains("damage") || $0.contains("corrupt") } == [])
  }

  /// The home as the processes of the pipeline see it, with what is mounted for them alone.
  func seenHome() async throws -> String { "/proc/\(try await pid(of: "queue"))/root" + home.path }

  /// The processes that run now, by the names of their services.
  func running() async throws -> [(service: String, pid: Int32)] {
    try await program.gongwen("ps", "--json").lines.compactMap { line in
      let process = try JSONValue(line)
      guard let pid = process["pid"]?.integer, let service = process["service"]?.string else { return nil }
      return (service, Int32(pid))
    }
  }

  /// The process of a service, as soon as there is one.
  func pid(of service: String) async throws -> Int32 {
    var pid: Int32?
    try await until {
      pid = try await running().first { $0.service == service }?.pid
      return pid != nil
    }
    return try #require(pid)
  }

  /// Returns when so many documents are done.
  func done(_ count: Int) async throws {
    while try await program.gongwen("status", "--json").done ?? 0 < count {
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}

extension Program.Outcome {
  /// The number of records, where this is the output of `status --json`.
  var done: Int? { (try? JSONValue(output))?["done"]?.integer }
}
