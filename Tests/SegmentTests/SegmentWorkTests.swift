import Record
import Testing
import Text

@testable import Segment

/// The stage looks at each character a bounded number of times, whatever the text is.
@Suite struct SegmentWorkTests {
  /// Paragraphs that each press on one of the rules that look ahead or back.
  private static let paragraphs = [
    "（一）修路。一是勘察，二是施工。1.测量；2.放样。全长1.18公里（含支线）。",
    "一、二、三产业融合，统一、协调、高效。",
    "问：何时完工？答：年底。记者：有无资金？",
    "“未闭合的引号，《未闭合的书名，（未闭合的括号",
    "一、一、一、（一）（一）（一）1.1.1.①①①",
    "首先其次再次最后第一，第二，第一章第一条",
    "　　　　　　　　　　　　　　　　附件：1.甲　　2.乙",
    "没有标点的文字一直往下写总体要求工作要求总体情况",
    "\n\n\n\n\n短行\n\n\n\n",
    "张三李四：王五赵六：记者：记者：问题1：",
  ]

  @Test(arguments: paragraphs)
  func workGrowsWithTheLengthOfOneLine(_ paragraph: String) {
    let short = looks(paragraph, times: 250)
    let long = looks(paragraph, times: 2_000)
    #expect(Double(long) / Double(short) < 8.5)
  }

  @Test(arguments: paragraphs)
  func noCharacterIsLookedAtMoreThanAHundredTimes(_ paragraph: String) {
    let characters = paragraph.unicodeScalars.count * 250
    #expect(looks(paragraph, times: 250) < characters * 100)
  }

  private func looks(_ paragraph: String, times: Int) -> Int {
    let bytes = Array(String(repeating: paragraph, count: times).utf8)
    let outline = Outline(bytes)
    return outline.looks + SentenceSplitter(bytes, breaks: []).reading.looks
  }

  @Test func aLineOfTenMegabytesComesThrough() {
    let paragraph = "（一）修好村路，方便出行。一是勘察到位，二是施工规范。全年完成投资1.18亿元。"
    let text = "一、工作情况" + String(repeating: paragraph, count: 10_000_000 / paragraph.utf8.count)
    let bytes = Array(text.utf8)
    #expect(Outline(bytes).looks < bytes.count * 20)
  }
}
