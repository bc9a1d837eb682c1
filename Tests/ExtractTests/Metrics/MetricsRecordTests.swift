import Record
import Testing
import Text

@testable import Extract

/// What a quantity says of its place in the record, and of the rules that found it.
@Suite struct MetricsRecordTests {
  private let text = "一、工作情况\n市司法局办理案件12件。向省政府报送文件7件。\n二、存在的问题\n仍有3个站点未验收。\n"

  @Test func aQuantityKnowsItsSectionAndSentence() {
    let record = measured(text)
    #expect(record.metrics.map { $0.section.map { record.sections[$0].label } } == ["一、", "一、", "二、"])
    let sentences = record.metrics.map { metric in metric.sentence.map { record.text[record.sentences[$0].span] } ?? ""
    }
    #expect(sentences.map { $0.prefix(2) } == ["市司", "向省", "仍有"])
  }

  @Test func theHolderIsTheSubjectOfTheClauseAndNotItsObject() {
    var record = DocumentRecord(id: "", source: Source(uri: "test"), text: DocumentText("市司法局办理案件12件。向省政府报送文件7件。"))
    for organ in ["市司法局", "省政府"] {
      let start = record.text[0..<record.text.bytes.count].utf8.firstRange(of: organ)
      record.entities.append(Entity(.org, start))
    }
    findMetrics(in: &record)
    #expect(record.metrics.map(\.holder) == [0, nil])
  }

  @Test func everyQuantityNamesTheRulesThatFoundIt() {
    #expect(measured(text).metrics.allSatisfy { !$0.rule.isEmpty })
  }

  @Test func aTextWithoutNumbersHasNoQuantities() {
    #expect(measured("").metrics.isEmpty)
    #expect(measured("各项工作有序推进。").metrics.isEmpty)
  }

  @Test func numbersTooGreatForAnyReportAreNone() {
    let digits = String(repeating: "9", count: 40)
    #expect(measured("编号\(digits)件，共9999999999999999亿亿亿元。").metrics.isEmpty)
  }
}

extension String.UTF8View {
  /// The bytes of the first place where `words` stand; the words are in the text.
  fileprivate func firstRange(of words: String) -> Range<Int> {
    let (bytes, wanted) = (Array(self), Array(words.utf8))
    let start = bytes.indices.first { bytes[$0...].starts(with: wanted) } ?? 0
    return start..<start + wanted.count
  }
}
