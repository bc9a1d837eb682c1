private import Foundation

/// The corpora of the project: plain text beside the rules, in the format of `Tests/Corpus/README.md`.
package enum Corpus {
  /// Every phrasing of every case of the `*.corpus` files in a folder, in the order of the files' names.
  ///
  /// - Parameter folder: a path from the root of the package, `Services/Segment/Corpus`.
  /// - Returns: one item a phrasing, those of cases with `:skip` left out. What is wrong with a folder, a file or a case
  ///   comes back as an item whose `problems(with:)` says so: a corpus that cannot be read fails its test.
  package static func cases(in folder: String) -> [CorpusCase] {
    files(in: folder).flatMap(\.phrasings).filter { $0.skipped == nil }
  }

  /// The phrasings that `:skip` leaves out of `cases(in:)`, each with its reason in `skipped`.
  package static func skipped(in folder: String) -> [CorpusCase] {
    files(in: folder).flatMap(\.phrasings).filter { $0.skipped != nil }
  }

  /// The phrasings of one corpus as text; `path` is its place in messages, and a name `gaps.corpus` makes its cases gaps.
  package static func cases(of text: String, path: String) -> [CorpusCase] {
    CorpusFile(text, path: path).phrasings
  }

  /// The root of the package.
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path(percentEncoded: false)

  private static func files(in folder: String) -> [CorpusFile] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root + folder)) ?? []
    let corpora = names.filter { $0.hasSuffix(".corpus") }.sorted()
    guard !corpora.isEmpty else { return [CorpusFile(fault: "no *.corpus file in this folder", path: folder)] }
    return corpora.map { name in
      let path = "\(folder)/\(name)"
      guard let bytes = FileManager.default.contents(atPath: root + path),
        let text = String(validating: bytes, as: UTF8.self)
      else { return CorpusFile(fault: "this file cannot be read as UTF-8", path: path) }
      return CorpusFile(text, path: path)
    }
  }
}
