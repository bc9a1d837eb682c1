import Lexicon
import Testing

@Suite struct OpeningsTests {
  private let first = Matcher([(word: "市委", value: 0), (word: "县", value: 1), (word: "ab", value: 2)])
  private let second = Matcher([(word: "省人大", value: 0), (word: "路", value: 1)])

  private func mayOpen(_ text: String, at offset: Int = 0) -> Bool {
    let bytes = Array(text.utf8)
    return Openings([first, second]).mayOpen(bytes.span, at: offset)
  }

  @Test(arguments: ["市委办", "县", "县委", "abc", "省人大", "路上"])
  func placeWhereAWordOfAnyMatcherStartsMayOpen(_ text: String) { #expect(mayOpen(text)) }

  @Test func endOfTheTextOpensNothing() {
    #expect(!mayOpen(""))
    #expect(!mayOpen("县", at: 3))
  }

  @Test func nearlyNoOtherPairOfCharactersMayOpen() {
    let others = (0..<1000).map { String(Unicode.Scalar(0x5000 + UInt32($0)) ?? "一") + "的" }
    #expect(others.filter { mayOpen($0) }.count < 120)
  }
}
