import Record
import Testing

@testable import Fetch

/// What a page says of its way, without a server.
struct SignsTests {
  @Test(
    arguments: [
      ("0;url=/b", 0, "/b"), ("5; URL='b.html'", 5, "b.html"), (" 3 ;url = \"b?c=d&amp;e=f\" ", 3, "b?c=d&e=f"),
      ("0,url=b", 0, "b"), ("1.5; url=http://example.org/", 1.5, "http://example.org/"),
    ] as [(String, Double, String)])
  func aRefreshHasATimeAndAPlace(_ content: String, _ seconds: Double, _ location: String) {
    let quote = content.contains("\"") ? "'" : "\""
    let signs = PageSigns(Array("<META HTTP-EQUIV=Refresh content=\(quote)\(content)\(quote)>".utf8))
    #expect(signs.refresh?.seconds == seconds && signs.refresh?.location == location)
  }

  @Test(arguments: [
    "<meta http-equiv=refresh content=60>", "<meta http-equiv=refresh content='0;url='>",
    "<meta name=refresh content='0;url=b'>",
    "<!-- <meta http-equiv=refresh content='0;url=b'> -->",
    "<script>'<meta http-equiv=refresh content=\"0;url=b\">'</script>",
    "<noscript><meta http-equiv=refresh content='0;url=b'></noscript>", "<meta http-equiv=refresh content='x;url=b'>",
    "<meta http-equiv=refresh>", "<textarea><meta http-equiv=refresh content='0;url=b'></textarea>",
    "<meta http-equiv=refresh content='0;u=b'>",
  ])
  func whatIsNoRefreshIsNone(_ page: String) { #expect(PageSigns(Array(page.utf8)).refresh == nil) }

  @Test func theWeightIsWhatIsShown() {
    let page = """
      <!DOCTYPE html><title>标题</title><style>p { color: red }</style><script>document.write("<p>字</p>")</SCRIPT>
      <p>abc&nbsp;&#160; <a href='x>y'>de</a><!-- not > this --> f < g</p><noscript>请打开</noscript>
      """
    let signs = PageSigns(Array(page.utf8))
    #expect(signs.weight.links == 2 && signs.weight.others == 6)
    #expect(signs.hasScript)
  }

  @Test func bytesOfAnotherCharsetAreNoMarkup() {
    // 甲乙 in GB 18030 with a trail byte of each kind.
    let page: [UInt8] =
      Array("<a href='".utf8) + [0xBC, 0xD7, 0x81, 0x7C] + Array(".pdf'>".utf8) + [0x81, 0x40] + Array("</a>".utf8)
    let signs = PageSigns(page)
    #expect(signs.attachments == ["%BC%D7%81|.pdf"])
    #expect(signs.weight.links == 2)
  }

  @Test(arguments: [
    "<", "<a", "<a href", "<a href='", "<!--", "<!", "<script", "<script>", "</", "</a", "<meta content=", "<?",
    "<a b='c'd",
  ])
  func aPageThatEndsAnywhereIsRead(_ page: String) {
    let signs = PageSigns(Array(page.utf8))
    #expect(signs.refresh == nil && signs.canonical == nil)
  }

  @Test(arguments: ["<a ", "<", "<!--", "'\"", "<script>", "</script", "<a href=\"", "&", "<meta a b c ", "<x y='' "])
  func aFloodOfOneThingIsReadOnce(_ piece: String) {
    let page = Array(String(repeating: piece, count: 400_000 / piece.utf8.count).utf8)
    #expect(PageSigns(page).canonical == nil)
  }
}
