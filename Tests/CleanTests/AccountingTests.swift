import Corpus
import Foundation
import Record
import Testing
import Text

@testable import Clean

/// Reads real documents and pages that lie beside the repository; where they are absent there is nothing to run.
struct AccountingTests {
  static let documents = files(in: ["../shared/acceptance", "../shared/corpus/text"], "txt")
  static let pages = files(in: ["../shared/clean/pages", "../shared/corpus/html"], "gz")

  @Test(.enabled(if: !documents.isEmpty, "../shared is absent"), arguments: documents)
  func textAndFurnitureAreAllThatTheDocumentShows(_ document: URL) throws {
    let raw = [UInt8](try Data(contentsOf: document))
    let record = try clean(raw)
    let whole = decode(raw, source: Source(uri: "page"), media: .plain).text
    let kept = visible(record.words) + visible(record.chrome.map(\.text).joined())
    #expect(kept.unicodeScalars.sorted() == visible(String(decoding: whole, as: UTF8.self)).unicodeScalars.sorted())
  }

  @Test(.enabled(if: !pages.isEmpty, "../shared is absent"), arguments: pages)
  func textAndFurnitureAreAllThatThePageShows(_ page: URL) throws {
    let raw = try unpacked(page)
    let record = try clean(raw, mediaType: "text/html")
    let shown = try Shown(raw)
    let kept = visible(record.words) + visible(record.chrome.map(\.text).joined())
    #expect(kept.unicodeScalars.sorted() == shown.words.unicodeScalars.sorted())
    #expect(shown.holds(record.words), "The text is not a part of the page in its order.")
  }

  private static func files(in folders: [String], _ ending: String) -> [URL] {
    folders.map { URL(filePath: Corpus.root + $0) }.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
        .filter { $0.pathExtension == ending }.sorted { $0.path < $1.path }
    }
  }

  private func unpacked(_ file: URL) throws -> [UInt8] {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    process.standardOutput = output
    try process.run()
    defer { process.waitUntilExit() }
    return [UInt8](try output.fileHandleForReading.readToEnd() ?? Data())
  }
}

/// The characters that a page shows: those of its tree outside of elements that show nothing.
struct Shown {
  private(set) var words = ""

  init(_ raw: [UInt8]) throws {
    let tree = try parsePage(decode(raw, source: Source(uri: "page"), media: .html).text, limits: Limits())
    var index = 0
    while index < tree.nodes.count {
      let node = tree.nodes[index]
      let isHidden = node.isHidden || [.skipped, .select, .head].contains(node.tag)
      if node.tag == .text { words += visible(String(decoding: tree.text[node.range], as: UTF8.self)) }
      index = isHidden && node.tag != .text ? node.end : index + 1
    }
  }

  /// Whether the visible characters of a text stand in the page in their order.
  func holds(_ text: String) -> Bool {
    var rest = words.unicodeScalars[...]
    for scalar in visible(text).unicodeScalars {
      guard let place = rest.firstIndex(of: scalar) else { return false }
      rest = rest[rest.index(after: place)...]
    }
    return true
  }
}
