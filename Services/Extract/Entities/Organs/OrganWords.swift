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
  let descriptors: WordTable
  /// Where an organ that no division stands before may begin: one of the centre, an enterprise, one named by its level.
  let heads: Openings
  /// Where the name of a department may begin.
  let departments: Openings
  /// The words that chains are made of.
  let links: Matcher
  let levels: Matcher
  let headMatchers: [Matcher]

  private init() {
    bodies = unsafe WordTable(Table(table_bodies()))
    offices = unsafe WordTable(Table(table_offices()))
    party = unsafe WordTable(Table(table_party_organs()))
    national = unsafe WordTable(Table(table_national_organs()))
    enterprises = unsafe WordTable(Table(table_enterprises()))
    parts = unsafe WordTable(Table(table_organ_parts()))
    types = unsafe WordTable(Table(table_organ_types()))
    stops = unsafe WordTable(Table(table_organ_stops()))
    descriptors = unsafe WordTable(Table(table_descriptors()))
    let centre: [StaticString] = ["中共", "中国", "国家", "国务院", "中央", "全国", "中华全国"]
    let leagues = Reading.levels.map { (word: "团\($0)", value: UInt32(0)) }
    let ordinals = "一二三四五六七八九十".map { (word: "第\($0)", value: UInt32(0)) }
    let others = Matcher(centre.map { (word: "\($0)", value: UInt32(0)) } + leagues + ordinals)
    levels = Matcher(Reading.levels.map { (word: "\($0)", value: UInt32(0)) })
    headMatchers = [others, national.words, enterprises.words]
    links = Matcher([parts, offices, types].flatMap(\.column).map { (word: $0, value: 0) })
    heads = Openings(headMatchers + [levels])
    departments = Openings([links])
  }

  /// Whether a name ends as those of museums, institutes and firms do, which bear the short form of a division: 陕西考古博物馆.
  func hasOwnName(_ span: Range<Int>, in reading: Reading) -> Bool {
    var offset = span.lowerBound
    while offset < span.upperBound {
      if let type = types.longest(in: reading, at: offset), type.end == span.upperBound { return type.row[1] == "y" }
      offset = reading.next(offset)
    }
    return false
  }
}

/// A table looked up by its first column, its rows at hand as cells.
final class WordTable: Sendable {
  private let rows: [[String]]
  /// The words.
  var column: [String] { rows.map { $0[0] } }
  let words: Matcher

  init(_ table: Table) {
    rows = table.rows
    words = Matcher(rows.enumerated().map { (word: $1[0], value: UInt32($0)) })
  }

  /// The longest word at an offset, with where it ends and its row.
  func longest(in reading: Reading, at offset: Int, limit: Int = .max) -> (end: Int, row: [String])? {
    guard let match = words.longestMatch(in: reading.bytes.span, at: offset, limit: limit) else { return nil }
    return (offset + match.length, rows[Int(match.value)])
  }

  /// The end of the longest word at an offset.
  func end(in reading: Reading, at offset: Int, limit: Int = .max) -> Int? {
    words.longestMatch(in: reading.bytes.span, at: offset, limit: limit).map { offset + $0.length }
  }

}
