import CCleanTables
import Lexicon
import Testing

@testable import Clean

struct TableTests {
  static let tables: [(name: String, table: Table)] = [
    ("labels", unsafe Table(clean_table_labels())), ("phrases", unsafe Table(clean_table_phrases())),
    ("marks", unsafe Table(clean_table_marks())),
  ]

  @Test(arguments: tables.indices)
  func tablesAreSortedAndWithoutDuplicates(_ index: Int) {
    let keys = Self.tables[index].table.rows.map { $0.prefix(2).joined(separator: "\t") }
    #expect(keys == keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    #expect(Set(keys).count == keys.count)
  }

  @Test(arguments: tables.indices)
  func rowsHaveACellForEachColumn(_ index: Int) {
    let table = Self.tables[index].table
    #expect(table.rows.allSatisfy { $0.count == table.columns.count && !$0.contains("") })
  }
}
