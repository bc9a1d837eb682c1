import Record
import Testing

@testable import Clean

/// Pages made to exhaust a parser end in text or in a failure.
struct HostileTests {
  static let pages: [(name: String, page: String)] = [
    ("angles", "<html><body>" + String(repeating: "<", count: 500_000) + "<p>\(paragraph)</p>"),
    ("nested", String(repeating: "<div>", count: 100_000) + paragraph + String(repeating: "</div>", count: 100_000)),
    ("nested inline", "<html>" + String(repeating: "<b><i>", count: 50_000) + paragraph),
    ("nested tables", "<html>" + String(repeating: "<table><tr><td>", count: 30_000) + paragraph),
    ("attributes", "<div " + (0..<30_000).map { "a\($0)=1" }.joined(separator: " ") + "><p>\(paragraph)</p></div>"),
    ("entities", "<p>\(paragraph)" + String(repeating: "&amp;&#x4e00;&nbsp;", count: 100_000)),
    (
      "stray ends",
      "<html>" + String(repeating: "<div>", count: 20_000) + String(repeating: "</span>", count: 50_000) + paragraph
    ),
    ("comments", "<p>\(paragraph)</p>" + String(repeating: "<!--", count: 100_000)),
    (
      "sections", "<html><p>\(paragraph)</p>" + String(repeating: "<div><h3>Related</h3><p>链接</p></div>", count: 20_000)
    ),
    ("rows", "<p>\(paragraph)<table>" + String(repeating: "<tr><td>甲<td>乙", count: 20_000)),
    ("selects", "<p>\(paragraph)</p>" + String(repeating: "<select><option>", count: 30_000)),
    ("broken lines", String(repeating: "各部门认真落实依法行政的要求。执法的程序更加规范，群众的满意，\n", count: 20_000) + paragraph),
    ("links", "<html><body>" + String(repeating: "<a href=x>", count: 50_000) + paragraph),
  ]

  @Test(arguments: pages.indices)
  func theTextOfAHostilePageIsFound(_ index: Int) throws {
    #expect(try clean(Self.pages[index].page).words.contains(paragraph))
  }

  /// One byte in twenty-five is damaged: work that grew with the text at each of them would not end.
  @Test func aPageFullOfDamagedBytesIsRead() throws {
    let damaged = Array(repeating: CharsetTests.gb + CharsetTests.gb + CharsetTests.gb + [0xFF, 0x20], count: 50_000)
      .joined()
    let record = try clean(Array(damaged), charset: "gb2312")
    #expect(record.source.charset == "GB18030")
    #expect(record.diagnostics.contains { $0.message.hasPrefix("50000 ") })
  }

  @Test func nulsInsideTextAreLeftOut() throws {
    let bytes = Array(paragraph.utf8)
    #expect(try clean(Array(bytes[..<30]) + [0, 0] + Array(bytes[30...])).words == paragraph)
    #expect(try clean("<p>" + "依法\0行政，\(paragraph)</p>").words.contains("行政"))
  }

  @Test func aTagThatIsNotClosedIsNoCrash() {
    _ = try? clean("<html><body><div class=\"" + paragraph)
    _ = try? clean("<html><!DOCTYPE")
    _ = try? clean("<")
  }

  @Test func aTagMayHoldTheGreaterThanSignInQuotes() throws {
    let page = "<html><body><div title=\"a>b\"><p>\(paragraph)</p></div></body></html>"
    #expect(try clean(page).words == paragraph)
  }

  @Test func whatMakesTheParserSlowIsTakenOutBeforeIt() {
    let attributes = "<div " + (0..<30_000).map { "a\($0)=1" }.joined(separator: " ") + ">"
    #expect(kept("=1", in: attributes) <= 256)
    #expect(kept("<div>", in: String(repeating: "<div>", count: 5000)) == 1024)
    #expect(kept("</b>", in: "<div>" + String(repeating: "</b>", count: 5000)) == 0)
    #expect(kept("</b>", in: "<b><b></b></b>") == 2)
  }

  private func kept(_ words: String, in page: String) -> Int {
    String(decoding: withoutFloods(Array(page.utf8)), as: UTF8.self).ranges(of: words).count
  }

  @Test func aPageThatTakesTooLongFails() {
    var limits = Limits()
    limits.seconds = 0
    let page = Array(String(repeating: "<p>\(paragraph)</p>", count: 2000).utf8)
    let failure = #expect(throws: StageFailure.self) {
      try Cleaner(limits: limits).clean(page, source: Source(uri: "x"))
    }
    #expect(failure?.code == .outOfTime)
  }
}
