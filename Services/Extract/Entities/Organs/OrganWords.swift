internal import CExtractTables
internal import Lexicon

/// The tables of the names of organs.
final class OrganWords: Sendable {
  static let shared = OrganWords()

  let bodies: WordTable
  let offices: WordTable
  let party: WordTable
  let national: WordTable
  let enterprises: WordTable
  let parts: WordTable
  let types: WordTable
  let stops: WordTable

  private init() {
    bodies = unsafe WordTable(Table(table_bodies()))
    offices = unsafe WordTable(Table(table_offices()))
    party = unsafe WordTable(Table(table_party_organs()))
    national = unsafe WordTable(Table(table_national_organs()))
    enterprises = unsafe WordTable(Table(table_enterprises()))
    parts = unsafe WordTable(Table(table_organ_parts()))
    types = unsafe WordTable(Table(table_organ_types()))
    stops = unsafe WordTable(Table(table_organ_stops()))
  }
}

/// A table looked up by its first column, its rows at hand as cells.
final class WordTable: Sendable {
  private let rows: [[String]]
  private let words: Matcher

  init(_ table: Table) {
    rows = table.rows
    words = Matcher(rows.enumerated().map { (word: $1[0], value: UInt32($0)) })
  }

  /// The longest word at an offset, with where it ends and its row.
  func longest(in reading: Reading, at offset: Int, limit: Int = .max) -> (end: Int, row: [String])? {
    guard offset < reading.end,
      let match = words.longestMatch(in: reading.bytes.span, at: offset, limit: limit)
    else { return nil }
    return (offset + match.length, rows[Int(match.value)])
  }

  func end(in reading: Reading, at offset: Int) -> Int? { longest(in: reading, at: offset)?.end }
}
