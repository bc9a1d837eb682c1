import Clean
import Extract
import Foundation
import Record
import Segment
import Testing

/// The five real reports with answer keys, which lie beside the project and not in it: where they are absent, these
/// tests say so and are skipped.
@Suite(.enabled(if: Acceptance.isPresent, "no ../shared/acceptance beside the project"))
struct AcceptanceTests {
  @Test(arguments: try Floor.table("floors.tsv"))
  func `a figure of the scorer is not below its floor`(_ floor: Floor) async throws {
    let figures = try await Acceptance.figures
    let figure = try #require(figures[floor.name])
    #expect(figure >= floor.value, "\(floor.name)")
  }
}

enum Acceptance {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let reports = root.appending(path: "../shared/acceptance").standardizedFileURL
  static let scorer = root.appending(path: "../shared/score/score.py").standardizedFileURL
  static let isPresent = FileManager.default.fileExists(atPath: reports.path)

  /// What the scorer prints over all reports, computed once.
  static var figures: [String: Double] { get async throws { try await scored.value } }

  private static let scored = Task {
    let records = FileManager.default.temporaryDirectory.appending(path: "acceptance-\(getpid()).ndjson")
    defer { try? FileManager.default.removeItem(at: records) }
    try await lines().write(to: records)
    return try score(records)
  }

  private static func lines() async throws -> Data {
    var lines = Data()
    let files = try FileManager.default.contentsOfDirectory(at: reports, includingPropertiesForKeys: nil)
    for file in files where file.pathExtension == "txt" {
      lines += try await record(of: file) + [UInt8(ascii: "\n")]
    }
    return lines
  }

  private static func record(of file: URL) async throws -> [UInt8] {
    var layers = Layers()
    layers.append("source", Source(uri: file.lastPathComponent).layer)
    layers.append("raw", [UInt8](try Data(contentsOf: file)))
    let stages: [any Stage] = [CleanStage(), SegmentStage(), ExtractStage(now: { "2000-01-01T00:00:00Z" })]
    for stage in stages { layers.append(try await stage.process(layers, StageContext())) }
    return try #require(layers["record"])
  }

  private static func score(_ records: URL) throws -> [String: Double] {
    let json = try output("python3", scorer.path, records.path, reports.path, "--json")
    let rows = try JSONDecoder().decode([String: [String: Double?]].self, from: json)
    return try #require(rows["ALL"]).compactMapValues { $0 }
  }
}
