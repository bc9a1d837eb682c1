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

  static let encodedPage = encoded(page)

  @Test func aPageInGB18030GivesItsDocument() throws {
    let record = try clean(Self.encodedPage)
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
    let shown = try Shown(Array(Self.page.utf8))
    let kept = visible(record.words) + visible(record.chrome.map(\.text).joined())
    #expect(kept.unicodeScalars.sorted() == shown.words.unicodeScalars.sorted())
    #expect(shown.holds(record.words))
    #expect(!kept.contains("脚本"))
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

  /// What of the text of a page is not its title and not one of the paragraphs around what is tried.
  private func lines(around middle: String, below: String = "") throws -> [String] {
    let page =
      "<html><body><div class=x><h1>云岭县的一则消息</h1><p>\(paragraph)</p><p>次段。\(paragraph)</p>\(middle)<p>末段。\(paragraph)</p>\(below)</div></body></html>"
    let lines = try clean(page).words.split(separator: "\n").map(String.init)
    #expect(lines.contains(paragraph))
    #expect(lines.contains("末段。" + paragraph))
    return lines.filter { !$0.hasSuffix(paragraph) && $0 != "云岭县的一则消息" }
  }

  @Test func theCaptionInALineOfItsOwnIsNoText() throws {
    #expect(try lines(around: "<div><span class=caption><b>\(paragraph.dropFirst())</b></span></div>") == [])
  }

  @Test func aLabelOfAdvertisingEndsNothing() throws {
    #expect(try lines(around: "<h4>Advertisement</h4><p>另一段。\(paragraph)</p>") == [])
    let page = "<html><body><div><p>\(paragraph)</p><h4>Advertisement</h4><p>另一段。\(paragraph)</p></div></body></html>"
    #expect(try clean(page).words == "\(paragraph)\n另一段。\(paragraph)")
  }

  @Test func aBoxOfRelatedPagesEndsWithItsElement() throws {
    let box =
      "<div><h3>Related news</h3><ul><li><a href=1>第一条消息的标题在此</a></li><li><a href=2>第二条消息的标题在此</a></li></ul></div>"
    #expect(try lines(around: box + "这一句直接写在外面，不在段落之中，却也是正文的一部分。") == ["这一句直接写在外面，不在段落之中，却也是正文的一部分。"])
  }

  @Test func aHeadingOfRelatedPagesAmongParagraphsEndsWhereTheyGoOn() throws {
    #expect(try lines(around: "<p>Related news</p><p><a href=1>第一条消息的标题在此</a></p>") == [])
  }

  @Test func shortListsAmongParagraphsAreKept() throws {
    let list = "<ul><li>水</li><li>绳索</li><li>地图</li><li>手电</li></ul>"
    #expect(try lines(around: list) == ["水", "绳索", "地图", "手电"])
    let buttons = list.replacing("<li>", with: "<li><a href=1>").replacing("</li>", with: "</a></li>")
    #expect(try lines(around: "<div>" + buttons + "</div>") == [])
  }

  @Test func aPrintedAddressIsText() throws {
    #expect(try lines(around: "<p><a href=x>https://example.org/1</a></p>") == ["https://example.org/1"])
    #expect(try lines(around: "<p><a href=x>另外一条消息</a></p>") == [])
  }

  @Test func theListOfLinksBelowTheTextIsNone() throws {
    let list = "<div>往日的消息</div><ul><li>昨天的报道中说到过：<a href=1>第一条消息</a></li><li>前天的报道中说到过：<a href=2>第二条消息</a></li></ul>"
    #expect(try lines(around: "", below: list) == [])
    #expect(try lines(around: list).count == 3)
  }

  @Test func aRowOfTagsIsNoText() throws {
    let tags = (1...9).map { "<a href=x>标签之第\($0)个名称</a>" }.joined(separator: " ")
    #expect(try lines(around: "<div>\(tags)</div>") == [])
  }

  @Test func anElementOfASystemsOwnIsAMark() throws {
    let menu = "<div><p>\(paragraph.dropFirst(3))</p><p>\(paragraph.dropFirst(4))</p></div>"
    let page = "<html><body>\(menu)<UCAPCONTENT><p>\(paragraph)</p><p>\(paragraph)</p>附注：略。</UCAPCONTENT></body></html>"
    #expect(try clean(page).words == "\(paragraph)\n\(paragraph)\n附注：略。")
  }

  @Test func whatTheBodyIsCalledSaysNothing() throws {
    let menu = "<div>青禾报业的网络遍布各地，是媒体、教育和信息服务方面的许多公司的一个大家庭，请看。</div>"
    let text = "<div class=article-content><p>\(paragraph)</p><p>\(paragraph)</p></div>"
    #expect(try clean("<html><body id=article_body>\(menu)\(text)</body></html>").words == "\(paragraph)\n\(paragraph)")
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
private func encoded(_ page: String) -> [UInt8] {
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
  precondition(result == 0, "The page has characters that GB 18030 lacks.")
  return output.prefix(output.count - room).map { UInt8(bitPattern: $0) }
}
