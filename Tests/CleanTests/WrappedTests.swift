import Record
import Testing

@testable import Clean

/// Texts whose rows all break at one width.
struct WrappedTests {
  static let paragraphs = [
    "一、抓好防汛备汛",
    "（一）摸清底数。各村在六月底前完成山塘、水库、沟渠的登记，逐户核对面积和人口，张榜公示，接受群众监督，做到不漏一处、不落一人，汇总后报镇防汛办。",
    "（二）备足物资。镇里新购冲锋舟2艘、编织袋1.5万条、救生衣300件，分别存放在东坪、西坪两处仓库，由专人看管，每月清点一次，缺损的及时补充，费用列入当年预算。",
    "（三）落实责任。镇干部每人包一个村，村干部每人包一处山塘，责任人的名单和电话在村务公开栏公布，雨前排查、雨中巡查、雨后核查，哪个环节出了问题就追究哪个环节的责任，绝不姑息。",
    "（四）加强演练。四月以来各村先后组织演练十五场，参加的群众有一千余人，通过演练熟悉了转移路线和安置地点，也发现预警信号传不到山坳里的住户，已经给这些住户装上了手摇报警器。",
    "二、下一步打算",
    "继续加强巡查，汛期实行每天两次巡查和零报告制度，发现险情立即处置并上报，同时组织好转移安置演练，确保群众生命财产安全，年底前全部完成整改。",
  ]

  /// Rows of `width` characters; a mark that may not open a row hangs.
  static func rows(_ paragraphs: [String], _ width: Int, indent: String = "") -> String {
    paragraphs.flatMap { paragraph in
      var rows: [String] = []
      var row = indent
      for character in paragraph {
        if row.count >= width, !"，。、".contains(character) {
          rows.append(row)
          row = ""
        }
        row.append(character)
      }
      return rows + [row]
    }.joined(separator: "\n")
  }

  @Test(arguments: [21, 24, 30, 35], ["", "　　"])
  func paragraphsArePutTogether(_ width: Int, _ indent: String) throws {
    let text = Self.rows(Self.paragraphs, width, indent: indent)
    #expect(try clean(text).words == Self.paragraphs.joined(separator: "\n"))
  }

  @Test func rowsOfAPageAreAParagraphToo() throws {
    let rows = Self.rows(Self.paragraphs, 30).split(separator: "\n").joined(separator: "<br>")
    let text = try clean("<html><body><div id=zoom>\(rows)</div></body></html>").words
    #expect(text == Self.paragraphs.joined(separator: "\n"))
  }

  @Test func aParagraphGoesOnOverThePage() throws {
    var rows = Self.rows(Self.paragraphs, 30).split(separator: "\n", omittingEmptySubsequences: false)
    let place = try #require(rows.indices.first { $0 > 4 && rows[$0 - 1].count >= 30 && rows[$0 - 1].last != "。" })
    rows.insert("", at: place)
    #expect(try clean(rows.joined(separator: "\n")).words == Self.paragraphs.joined(separator: "\n"))
  }

  @Test func aLineDoesNotEndInsideAQuotation() throws {
    let text = "1.“双向\n揭榜”：企业找技术，成果找市场。\n2.“灯塔\n工厂”：示范工厂\n，由协会评出。"
    #expect(try clean(text).words == "1.“双向揭榜”：企业找技术，成果找市场。\n2.“灯塔工厂”：示范工厂，由协会评出。")
  }

  @Test func anIndentOpensAParagraphBehindAFullRow() throws {
    let full = ["各镇要落实巡河制度，每周不少于两次巡查。"] + Self.paragraphs
    let text = Self.rows(full, 22, indent: "　　")
    #expect(try clean(text).words == full.joined(separator: "\n"))
  }

  /// Lines of like length that are whole, and paragraphs of any length.
  @Test(arguments: [
    (1...12).map { "第\($0)村今年修路三里，架桥一座，群众出行更加方便。" }, Self.paragraphs,
    (1...12).map { "东坪镇\($0)组\t\($0)户\t四季豆、辣椒、茄子、西红柿、黄瓜、南瓜" },
    (1...12).map { "English prose breaks its rows at any width whatsoever, \($0)" },
  ])
  func otherLinesStay(_ lines: [String]) throws {
    let text = lines.joined(separator: "\n")
    #expect(try clean(text).words == text)
  }
}
