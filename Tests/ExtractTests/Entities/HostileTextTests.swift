import Record
import Testing
import Text

@testable import Extract

/// Texts that no organ wrote: every family looks a bounded way ahead, whatever stands there.
@Suite struct HostileTextTests {
  private static let pieces = [
    "《", "》", "第一次、", "第", "〔2021〕", "2021", "12345678901234567890", "省市县区镇", "河北省", "市委", "“", "·", "年年年", "十", "令第1号",
    "以下简称",
    "中共", "党的", "国家", "法治政府建设", "和", "（", " ", "\n", "𠮷", "a\u{301}", "\u{0}",
  ]

  @Test(arguments: pieces)
  func onePieceOverAndOverIsReadToItsEnd(_ piece: String) {
    let text = String(repeating: piece, count: 800)
    let entities = findEntities(in: reportOfYingshan(text))
    #expect(entities.allSatisfy { $0.span.upperBound <= text.utf8.count && !$0.span.isEmpty })
  }

  @Test(arguments: 0..<20)
  func piecesInAnyOrderGiveMentionsOfWholeCharacters(_ seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    var text = ""
    for _ in 0..<300 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text += Self.pieces[Int(state >> 33) % Self.pieces.count]
    }
    let record = reportOfYingshan(text)
    for entity in findEntities(in: record) {
      #expect(String(validating: record.text.bytes[entity.span], as: UTF8.self) != nil)
    }
  }

  @Test(arguments: ["", "\n", " ", "。"])
  func textOfNothingHasNoMentionAndNoPlace(_ text: String) {
    var record = DocumentRecord(id: "", source: Source(uri: "empty"), text: DocumentText(text))
    placeDocument(&record)
    #expect(findEntities(in: record) == [])
    #expect(record.document == DocumentFacts())
  }
}
