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
    ("links", "<html><body>" + String(repeating: "<a href=x>", count: 50_000) + paragraph),
  ]

  @Test(arguments: pages.indices)
  func theTextOfAHostilePageIsFound(_ index: Int) throws {
    #expect(try clean(Self.pages[index].page).words.contains(paragraph))
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
}
