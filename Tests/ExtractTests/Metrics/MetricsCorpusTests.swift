import Corpus
import Record
import Segment
import Testing
import Text

@testable import Extract

@Suite struct MetricsCorpusTests {
  @Test(arguments: Corpus.cases(in: "Services/Extract/Metrics/Corpus"))
  func everyPhrasingGivesItsQuantitiesAndChecks(_ line: CorpusCase) {
    let record = measured(line.text)
    let findings = record.metrics.map { finding($0, in: record) } + record.checks.map { finding($0, in: record) }
    #expect(line.problems(with: findings) == [])
  }

  private func finding(_ metric: Metric, in record: DocumentRecord) -> Finding {
    var keys = ["unit": metric.unit, "kind": metric.kind.rawValue, "bound": metric.bound.rawValue]
    switch metric.amount {
    case .value(let value): keys["value"] = value.description
    case .range(let low, let high):
      keys["low"] = low.description
      keys["high"] = high.description
    }
    keys["status"] = metric.status.rawValue
    keys["name"] = metric.name
    keys["scope"] = metric.scope
    keys["period"] = metric.period
    keys["direction"] = metric.direction
    keys["indicator"] = metric.indicator
    keys["part_of"] = metric.partOf.map { record.text[record.metrics[$0].span] }
    keys["from"] = metric.from.map { record.text[record.metrics[$0].span] }
    return Finding("METRIC", metric.span, keys)
  }

  /// A check stands at the number that it verifies: the whole of a sum, the last member of the others.
  private func finding(_ check: Check, in record: DocumentRecord) -> Finding {
    let place = check.kind == .sum ? check.metrics[0] : check.metrics[check.metrics.count - 1]
    let members = check.metrics.map { record.text[record.metrics[$0].span] }.joined(separator: "+")
    let keys = ["kind": check.kind.rawValue, "verdict": check.verdict.rawValue, "members": members]
    return Finding("CHECK", record.metrics[place].span, keys)
  }
}

/// A text of 2025 behind the stages segment and extract.
func measured(_ text: String) -> DocumentRecord {
  var record = DocumentRecord(id: "", source: Source(uri: "test"), text: DocumentText(text))
  record.document.reportYear = 2025
  Segmenter().segment(&record)
  record.entities = findEntities(in: record)
  findMetrics(in: &record)
  return record
}
