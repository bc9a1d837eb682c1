import Clean
import Foundation
import Record
import Testing
import Text

/// Pages whose main text is known, which lie beside the project and not in it.
@Suite(.enabled(if: Pages.isPresent, "no ../shared/clean beside the project"))
struct PageScoreTests {
  @Test(arguments: try Floor.table("page-floors.tsv"))
  func `a figure of the pages is not below its floor`(_ floor: Floor) async throws {
    let figures = try await Pages.figures
    let figure = try #require(figures[floor.name])
    #expect(figure >= floor.value, "\(floor.name)")
  }
}

enum Pages {
  private static let folder = Acceptance.root.appending(path: "../shared/clean").standardizedFileURL
  static let isPresent = FileManager.default.fileExists(atPath: folder.path)

  /// What the scorer prints, as `aeb f1`; computed once.
  static var figures: [String: Double] { get async throws { try await scored.value } }

  private static let scored = Task {
    let records = FileManager.default.temporaryDirectory.appending(path: "pages-\(getpid()).ndjson")
    defer { try? FileManager.default.removeItem(at: records) }
    var lines = Data()
    let pages = try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: "pages"), includingPropertiesForKeys: nil)
    for page in pages { lines += try line(of: page) }
    try lines.write(to: records)
    return figures(of: try output("python3", folder.appending(path: "score_clean.py").path, records.path))
  }

  /// `aeb pages=102 missing=0 precision=0.970 …`
  private static func figures(of output: Data) -> [String: Double] {
    var figures: [String: Double] = [:]
    for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      for word in words.dropFirst() {
        let parts = word.split(separator: "=")
        if parts.count == 2 { figures["\(words[0]) \(parts[0])"] = Double(parts[1]) }
      }
    }
    return figures
  }

  private static func line(of page: URL) throws -> Data {
    let name = page.deletingPathExtension().lastPathComponent
    let bytes = [UInt8](try output("gzip", "-dc", page.path))
    guard let record = try? Cleaner().clean(bytes, source: Source(uri: name)) else { return Data() }
    let fields: [String: Any] = [
      "source": ["uri": name], "document": ["title": record.document.title ?? ""],
      "text": String(decoding: record.text.bytes, as: UTF8.self),
    ]
    return try JSONSerialization.data(withJSONObject: fields) + [UInt8(ascii: "\n")]
  }
}
