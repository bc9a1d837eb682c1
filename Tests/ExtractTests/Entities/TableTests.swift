import Corpus
import Foundation
import Testing

/// The form of every table beside the rules of entities and placing.
@Suite struct EntityTableTests {
  static let tables: [String] = ["Services/Extract/Entities", "Services/Extract/Placing"].flatMap { folder in
    let files = FileManager.default.enumerator(atPath: Corpus.root + folder)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".tsv") }.map { "\(folder)/\($0)" }.sorted()
  }

  @Test func tablesAreFound() { #expect(Self.tables.count >= 20) }

  @Test(arguments: tables)
  func tableNamesItsSourceAndIsSortedWithoutDuplicates(_ path: String) throws {
    let text = try String(contentsOfFile: Corpus.root + path, encoding: .utf8)
    let lines = text.split(separator: "\n")
    #expect(lines.first?.hasPrefix("# source: ") == true)
    let rows = lines.drop { $0.hasPrefix("#") }
    let width = rows.first?.split(separator: "\t", omittingEmptySubsequences: false).count
    let cells = rows.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    #expect(cells.allSatisfy { $0.count == width })
    let keys =
      path.hasSuffix("former.tsv") ? cells.dropFirst().map { $0[0] + $0[1] } : cells.dropFirst().map { $0[0] + "" }
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }
}
