import Corpus
import Foundation
import Record
import Testing
import Text

@testable import Clean

/// Reads real documents that lie beside the repository; where they are absent there is nothing to run.
struct AccountingTests {
  private static let folders = ["../shared/acceptance", "../shared/corpus/text"].map { URL(filePath: Corpus.root + $0) }

  static let documents: [URL] = folders.flatMap { folder in
    ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
      .filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }
  }

  @Test(.enabled(if: !documents.isEmpty, "../shared is absent"), arguments: documents)
  func textAndFurnitureAreAllThatTheDocumentShows(_ document: URL) throws {
    let raw = [UInt8](try Data(contentsOf: document))
    let record = try clean(raw)
    let whole = decode(raw, source: Source(uri: "page"), media: .plain).text
    let kept = visible(record.words) + visible(record.chrome.map(\.text).joined())
    #expect(kept.unicodeScalars.sorted() == visible(String(decoding: whole, as: UTF8.self)).unicodeScalars.sorted())
  }
}
