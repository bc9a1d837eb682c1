import CExtractTables
import Lexicon
import Testing

@testable import Extract

/// The tables beside the rules on quantities: sorted, without a row twice, with their source named.
@Suite struct MetricsTableTests {
  @Test(arguments: MetricTable.allCases) func rowsAreSortedAndStandOnce(_ table: MetricTable) {
    let rows = table.rows.map { $0.joined(separator: "\t") }
    #expect(rows == rows.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    #expect(Set(rows).count == rows.count)
  }

  @Test(arguments: MetricTable.allCases) func theSourceIsNamed(_ table: MetricTable) {
    #expect(table.text.hasPrefix("# source: "))
  }

  @Test func everyUnitHasAKindOfTheRecord() {
    let kinds = Set([
      "count", "money", "percent", "percent_points", "duration", "age", "ratio", "area", "length", "mass", "other",
    ])
    #expect(MetricTable.units.rows.allSatisfy { kinds.contains($0[1]) })
  }
}

enum MetricTable: String, CaseIterable, Sendable {
  case units, words, bounds, before, terms, clauseWords, verbs, changes, headings, status, wordings

  private var embedded: embedded_table {
    switch self {
    case .units: unsafe table_units()
    case .words: unsafe table_unit_words()
    case .bounds: unsafe table_bounds()
    case .before: unsafe table_before()
    case .terms: unsafe table_fixed_terms()
    case .clauseWords: unsafe table_clause_words()
    case .verbs: unsafe table_verbs()
    case .changes: unsafe table_changes()
    case .headings: unsafe table_headings()
    case .status: unsafe table_status()
    case .wordings: unsafe table_wordings()
    }
  }

  var rows: [[String]] { unsafe Table(embedded).rows }

  var text: String {
    unsafe String(decoding: UnsafeRawBufferPointer(start: embedded.bytes, count: embedded.count), as: UTF8.self)
  }
}
