import Record
import Testing
import Text

@testable import Segment

@Suite struct SegmentRecordTests {
  @Test func anEmptyTextHasNoOutlineAndNoSentences() {
    let record = segmented("")
    #expect(record.sections.isEmpty)
    #expect(record.sentences.isEmpty)
    #expect(record.diagnostics.isEmpty)
  }

  @Test func diagnosticsOfEarlierStagesStay() {
    var record = DocumentRecord(id: "", source: Source(uri: "test"), text: DocumentText("一、甲情况\n好。\n三、乙情况\n好。"))
    record.diagnostics = [Diagnostic(stage: "clean", code: "charset_guessed", message: "…")]
    Segmenter().segment(&record)
    #expect(record.diagnostics.map(\.code) == ["charset_guessed", "missing_number"])
    #expect(record.diagnostics.map(\.stage) == ["clean", "segment"])
  }

  @Test(arguments: [
    "一、总则（一）目的。为民。（二）范围。全县。二、附则。自印发之日起施行。",
    "问：好吗？答：好。一是快。二是稳。\n谢谢！\n\n云岭县\n2031年1月2日\n",
    "“一”（二《三、\n1.甲\n2.乙\n①②", "　　\u{200B}\u{FEFF}一、　\n\n", "（一）（二）（三）", "。。。！？", "第一章",
  ])
  func spansLieInTheTextAndInsideTheirParents(_ text: String) {
    let record = segmented(text)
    for section in record.sections {
      #expect(section.span.lowerBound >= 0 && section.span.upperBound <= text.utf8.count)
      guard let parent = section.parent.map({ record.sections[$0] }) else { continue }
      #expect(parent.level == section.level - 1)
      #expect(parent.span.lowerBound <= section.span.lowerBound && section.span.upperBound <= parent.span.upperBound)
    }
    for (sentence, next) in zip(record.sentences, record.sentences.dropFirst()) {
      #expect(!sentence.span.isEmpty && sentence.span.upperBound <= next.span.lowerBound)
    }
    for sentence in record.sentences {
      guard let section = sentence.section.map({ record.sections[$0] }) else { continue }
      #expect(section.span.contains(sentence.span.lowerBound))
    }
  }
}
