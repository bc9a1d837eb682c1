import Corpus
import Record
import Testing
import Text

@testable import Segment

@Suite struct SegmentCorpusTests {
  @Test(arguments: Corpus.cases(in: "Services/Segment/Corpus"))
  func everyPhrasingGivesItsItemsAndSentences(_ line: CorpusCase) {
    #expect(line.problems(with: findings(in: line.text)) == [])
  }

  private func findings(in text: String) -> [Finding] {
    let record = segmented(text)
    let headings = Outline(record.text.bytes).items.map(\.heading)
    return zip(record.sections, headings).map { item($0, $1, in: record) }
      + record.sentences.map { sentence in
        let label = sentence.section.map { record.sections[$0].label }
        return Finding("SENTENCE", sentence.span, ["section": label ?? ""])
      }
  }

  /// An item as corpora state it: its span is that of its heading.
  private func item(_ section: Section, _ heading: Range<Int>, in record: DocumentRecord) -> Finding {
    var keys = ["level": "\(section.level)", "label": section.label, "heading": section.heading]
    keys["number"] = section.number.map(String.init)
    keys["parent"] = section.parent.map { record.sections[$0].label }
    keys["speaker"] = section.speaker
    keys["last"] = String(record.text[section.span].suffix(4))
    keys["note"] = record.diagnostics.first { $0.message.contains("\"\(section.label) \(section.heading)\"") }?.code
    return Finding("ITEM", heading, keys)
  }
}

/// A text behind the stage.
func segmented(_ text: String) -> DocumentRecord {
  var record = DocumentRecord(id: "", source: Source(uri: "test"), text: DocumentText(text))
  Segmenter().segment(&record)
  return record
}
