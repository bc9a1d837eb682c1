import CAllocations
import Extract
import Record
import Segment
import Testing
import Text

/// How many blocks of memory outline, sentences, entities, metrics and the finished line take; times say nothing on a
/// machine that others use, counts do.
///
/// The bounds are those of a debug build, a fifth above what was counted: 40 a character where every sentence has findings,
/// 16 where none has. A release build needs a small part of that.
@Suite struct AllocationTests {
  private static let paragraphs = [
    "一、工作情况\n（一）优化服务。2023年，青岚县受理企业诉求1286件，办结1279件，办结率99.46%，比上年提高2.1个百分点。",
    "县司法局印发《青岚县行政执法监督办法》（青政发〔2023〕6号），县政府第12次常务会议听取汇报。",
    "一是培训执法人员312人，其中新进人员46人；二是开展检查4105次，发现问题89个，整改率达98%以上。\n",
    "全县上下坚持稳中求进，扎实推进各项工作，干部群众齐心协力，精神面貌焕然一新，发展环境持续向好。\n",
  ]

  /// The allocations for the paragraphs so many times over, and the characters.
  private func cost(_ times: Int) -> (allocations: Int, characters: Int) {
    let text = DocumentText(String(repeating: Self.paragraphs.joined(), count: times))
    var record = DocumentRecord(id: "", source: Source(uri: "青岚县2023年法治政府建设年度报告.txt"), text: text)
    let run = RunFacts(processedAt: "", seconds: [], attempts: 1)
    let before = allocation_count()
    Segmenter().segment(&record)
    Extractor().extract(&record)
    _ = record.line(run: run)
    return (allocation_count() - before, text.codePointCount)
  }

  @Test func aDocumentCostsFewAllocationsACharacter() {
    _ = cost(1)  // The tables are read with the first document.
    let (allocations, characters) = cost(50)
    #expect(allocations > characters / 100)
    #expect(allocations < characters * 48)
  }

  @Test func allocationsGrowWithTheLengthOfTheText() {
    _ = cost(1)
    #expect(cost(400).allocations < cost(50).allocations * 17 / 2)
  }

  @Test func wordsWithoutAFindingCostLess() {
    _ = cost(1)
    let text = String(repeating: Self.paragraphs[3], count: 200)
    var record = DocumentRecord(id: "", source: Source(uri: ""), text: DocumentText(text))
    let before = allocation_count()
    Extractor().extract(&record)
    let count = allocation_count() - before
    #expect(count < text.unicodeScalars.count * 19)
  }
}
