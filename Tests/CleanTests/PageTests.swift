import Glibc
import Record
import Testing

@testable import Clean

struct PageTests {
  /// A page as sites of government make them: path, metadata table, text in the element of a content system, related links.
  static let page = """
    <html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
    <meta name="ArticleTitle" content="云岭县人民政府关于2021年度法治政府建设情况的报告"><meta name="PubDate" content="2022-01-18 07:16">
    <meta name="ContentSource" content="云岭县司法局"><title>云岭县人民政府关于2021年度法治政府建设情况的报告_云岭县</title>
    <style>p{color:red}</style></head><body>
    <div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
    <div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a></div>
    <h1>云岭县人民政府关于2021年度法治政府建设情况的报告</h1>
    <table><tr><td>索引号</td><td>：</td><td>0007/2022-0113</td></tr></table>
    <div class="TRS_Editor"><p>市人民政府：</p><p>　　\(paragraph)</p>
    <p>一、主要做法</p><p>　　县政府<b>多次</b>召开会议，研究解决执法队伍建设中的困难，\
    落实了人员和经费，公布了<a href="x">权力清单</a>，规范了办事的程序。</p>
    <table><tr><td>单位</td><td>件数</td></tr><tr><td>林业局</td><td>12</td></tr></table>
    <p>云岭县人民政府</p><p>2022年1月10日</p></div>
    <div class="related"><h3>相关链接</h3><ul><li><a href="1">县政府召开常务会议</a></li><li><a href="2">普法工作动态</a></li></ul></div>
    <script>var words = "脚本";</script>
    <div class="footer">版权所有：云岭县人民政府</div></body></html>
    """

  @Test func aPageInGB18030GivesItsDocument() throws {
    let record = try clean(encoded(Self.page))
    #expect(record.source.charset == "GB18030")
    #expect(record.source.mediaType == "text/html")
    #expect(
      record.words.split(separator: "\n").map(String.init) == [
        "云岭县人民政府关于2021年度法治政府建设情况的报告", "市人民政府：", paragraph, "一、主要做法",
        "县政府多次召开会议，研究解决执法队伍建设中的困难，落实了人员和经费，公布了权力清单，规范了办事的程序。", "单位\t件数", "林业局\t12",
        "云岭县人民政府", "2022年1月10日",
      ])
    #expect(record.document.title == "云岭县人民政府关于2021年度法治政府建设情况的报告")
    #expect(record.document.published == "2022-01-18")
    #expect(record.document.source == "云岭县司法局")
    #expect(record.document.written == "2022-01-10")
  }

  @Test func textAndFurnitureAreAllThatThePageShows() throws {
    let record = try clean(Self.page)
    let tree = parsePage(Array(Self.page.utf8), limits: Limits())
    let shown = readBlocks(tree).map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    let kept = visible(record.words) + visible(record.chrome.map(\.text).joined())
    #expect(kept.unicodeScalars.sorted() == visible(shown).unicodeScalars.sorted())
    #expect(!kept.contains("脚本"))
  }

  @Test func theTextOfAPageIsASubsequenceOfIt() throws {
    let record = try clean(Self.page)
    let tree = parsePage(Array(Self.page.utf8), limits: Limits())
    var rest = visible(String(decoding: tree.text, as: UTF8.self)).unicodeScalars[...]
    for scalar in visible(record.words).unicodeScalars {
      guard let place = rest.firstIndex(of: scalar) else {
        Issue.record("The page has no further \(scalar).")
        return
      }
      rest = rest[rest.index(after: place)...]
    }
  }

  @Test func commentsAndTeasersAreNoText() throws {
    let page = """
      <html><body><div class="wrap"><div class="body"><h2>标题一则</h2><p>\(paragraph)</p><p>\(paragraph)</p><p>短的一句也是正文。</p></div>
      <div class="x1"><h3>其他人也在看</h3><ul><li><a href=1>另外一条消息的标题</a><p>\(paragraph)</p></li>
      <li><a href=2>第二条消息的标题在此</a><p>\(paragraph)</p></li><li><a href=3>第三条消息的标题在此</a><p>\(paragraph)</p></li></ul></div>
      <div class="comments"><p>网友说这件事情办得很好，希望继续坚持下去，让更多的人受益，也希望各部门加强宣传。</p></div></div></body></html>
      """
    let record = try clean(page)
    #expect(record.words.split(separator: "\n").suffix(3) == [paragraph[...], paragraph[...], "短的一句也是正文。"])
    #expect(record.chrome.contains { $0.text == "其他人也在看" && $0.reason == .related })
  }

  @Test func hiddenElementsAndScriptsShowNothing() throws {
    let page = "<html><body><p>\(paragraph)</p><p style=\"display: none\">看不见</p><div hidden>也看不见</div></body></html>"
    #expect(try clean(page).words == paragraph)
  }

  @Test func linesOfAParagraphAndEntitiesAreKept() throws {
    let page =
      "<html><body><div id=zoom>\(paragraph)<br>\(paragraph)<br/>甲&nbsp;乙 &amp; 丙&#12290;\(paragraph)</div></body></html>"
    #expect(try clean(page).words == "\(paragraph)\n\(paragraph)\n甲\u{A0}乙 & 丙。\(paragraph)")
  }
}

/// The page in GB 18030, by iconv.
private func encoded(_ page: String) throws -> [UInt8] {
  var input = Array(page.utf8).map { CChar(bitPattern: $0) }
  var output = [CChar](repeating: 0, count: input.count * 2)
  let converter = unsafe iconv_open("GB18030", "UTF-8")
  defer { unsafe iconv_close(converter) }
  var (left, room) = (input.count, output.count)
  let result = unsafe input.withUnsafeMutableBufferPointer { source in
    unsafe output.withUnsafeMutableBufferPointer { target in
      var from = source.baseAddress
      var to = target.baseAddress
      return unsafe iconv(converter, &from, &left, &to, &room)
    }
  }
  try #require(result == 0)
  return output.prefix(output.count - room).map { UInt8(bitPattern: $0) }
}
