import Foundation
import Schema
import Testing
import TestSupport

/// The pipeline as its user has it: real processes, started by `gongwen up`, over ipc and over tcp on loopback.
@Suite(.serialized) struct PipelineTests {
  private static let examples = Program.project + "/deploy/examples"
  /// Real reports, where they lie beside the sources; elsewhere the examples must do.
  private static let reports = Program.project + "/../shared/acceptance"

  private static var inputs: [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: reports) else { return [examples] }
    return [examples] + names.filter { $0.hasSuffix(".txt") }.sorted().map { "\(reports)/\($0)" }
  }

  @Test(arguments: Pipeline.Transport.allCases, [1, 3])
  func recordsAreTheSameBytesAsThoseOfRunButForRun(_ transport: Pipeline.Transport, _ replicas: Int) async throws {
    let alone = try await Program().gongwen(["run"] + Self.inputs)
    #expect(alone.status == 0, "\(alone.error)")
    try await Pipeline.with(transport, replicas: replicas) { pipeline in
      let pushed = try await pipeline.program.gongwen(["push", "--wait"] + Self.inputs)
      #expect(pushed.status == 0, "\(pushed.error)")
      #expect(pushed.lines.count == alone.lines.count)
      let records = try await pipeline.records()
      #expect(records.map(withoutRun).sorted() == alone.lines.map(withoutRun).sorted())
      let contract = try Contract(.record)
      #expect(records.flatMap { contract.problems(with: $0) } == [])
    }
  }

  @Test func aThousandNamesAreAThousandRecordsNoneMissingNoneTwice() async throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.examples).filter { !$0.hasSuffix(".py") }
    var lines: [String] = []
    for name in files {
      let data = try Data(contentsOf: URL(filePath: Self.examples + "/" + name)).base64EncodedString()
      lines += (1...200).map { #"{"uri": "\#($0)-\#(name)", "base64": "\#(data)"}"# }
    }
    #expect(lines.count == 1000)
    try await Pipeline.with(replicas: 3) { pipeline in
      let pushed = try await pipeline.push("-", input: Array(lines.joined(separator: "\n").utf8))
      #expect(pushed.status == 0, "\(pushed.error)")
      #expect(Set(pushed.lines).count == 1000)
      let uris = try await pipeline.records().compactMap { try JSONValue($0)["source"]?["uri"]?.string }
      #expect(uris.count == 1000)
      #expect(Set(uris).count == 1000)
      let status = try await pipeline.status()
      #expect(status["done"]?.integer == 1000)
      #expect(status["accepted"]?.integer == 1000)
    }
  }

  @Test func badDocumentsAreFailuresAndTheOthersComeThrough() async throws {
    let folder = TemporaryFolder()
    try folder.write("good.txt", "甲县全年检查120次，其中抽查20次。".utf8)
    try folder.write("picture.txt", [0xFF, 0xD8, 0xFF, 0xE0] + (0..<2000).map { UInt8($0 % 251) })
    try folder.write("chrome.html", "<html><body><div class=nav><a href=/>首页</a></div></body></html>".utf8)
    try folder.write("empty.txt", [])
    try await Pipeline.with { pipeline in
      let pushed = try await pipeline.push(folder.path)
      #expect(pushed.status == 1)
      #expect(pushed.error.contains("empty.txt"))
      let uris = try await pipeline.records().map { try JSONValue($0)["source"]?["uri"]?.string }
      #expect(uris == ["good.txt"])
      let failures = try pipeline.failures()
      let contract = try Contract(.failure)
      #expect(failures.flatMap { contract.problems(with: $0) } == [])
      let codes = try failures.compactMap { try JSONValue($0)["code"]?.string }
      #expect(codes.sorted() == ["no_text", "unsupported_media_type"])
    }
  }

  @Test func aURLThatIsNotThereIsAFailureWithItsStatus() async throws {
    let server = try Server()
    let outcome = try await Program().gongwen("run", "--allow-private", server.address + "/gone")
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("http_status (fetch)"), "\(outcome.error)")
  }

  @Test func aURLThatNeverAnswersIsAFailureInTime() async throws {
    let server = try Server()
    let outcome = try await Program().gongwen(
      "run", "--allow-private", "--answer-time", "1", server.address + "/silent")
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("timed_out (fetch)"), "\(outcome.error)")
  }

  @Test func pushWithNoQueueEndsWith69AndSaysHowToStartOne() async throws {
    let home = TemporaryFolder()
    let outcome = try await Program(environment: ["GONGWEN_HOME": home.path]).gongwen("push", Self.examples)
    #expect(outcome.status == 69)
    #expect(outcome.error.contains("gongwen up"), "\(outcome.error)")
  }
}
