import Lexicon
import Testing

@Suite struct OpeningKindsTests {
  private let kinds = OpeningKinds([
    (1, [Matcher([(word: "市委", value: 0), (word: "县", value: 1)])]),
    (2, [Matcher([(word: "市委办", value: 0), (word: "ab", value: 1)]), Matcher([(word: "路", value: 0)])]),
  ])

  private func kinds(_ text: String) -> UInt8 {
    let characters = text.unicodeScalars.map(\.value) + [0]
    return kinds.kinds(of: characters[0], before: characters[1])
  }

  @Test(arguments: [("市委办", 3), ("县里", 1), ("县", 1), ("abc", 2), ("路上", 2)] as [(String, UInt8)])
  func placeWhereWordsStartTellsTheKindsOfAllOfThem(_ text: String, _ expected: UInt8) {
    #expect(kinds(text) & expected == expected)
  }

  @Test func nearlyNoOtherPairOfCharactersOpensAnything() {
    let others = (0..<1000).map { String(Unicode.Scalar(0x5000 + UInt32($0)) ?? "一") + "的" }
    #expect(others.filter { kinds($0) != 0 }.count < 20)
  }
}
