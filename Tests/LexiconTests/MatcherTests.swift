import Lexicon
import Testing

@Suite struct MatcherTests {
  private func longest(_ words: [String], _ text: String, at offset: Int = 0, limit: Int = .max) -> String? {
    let matcher = Matcher(words.enumerated().map { (word: $1, value: UInt32($0)) })
    let bytes = Array(text.utf8)
    guard let match = matcher.longestMatch(in: bytes.span, at: offset, limit: limit) else { return nil }
    #expect(words[Int(match.value)].utf8.count == match.length)
    return words[Int(match.value)]
  }

  @Test func longestOfSeveralWordsIsFound() {
    #expect(longest(["市", "市委", "市委宣传部"], "市委宣传部长") == "市委宣传部")
  }

  @Test func shorterWordIsFoundWhereTheLongerOneBreaksOff() {
    #expect(longest(["市委", "市委宣传部"], "市委宣讲团") == "市委")
  }

  @Test func limitLeavesLongerWordsOut() {
    #expect(longest(["市", "市委", "市委宣传部"], "市委宣传部", limit: 14) == "市委")
    #expect(longest(["市", "市委", "市委宣传部"], "市委宣传部", limit: 5) == "市")
    #expect(longest(["市委"], "市委", limit: 5) == nil)
  }

  @Test func wordThatTheTextOnlyBeginsIsNone() {
    #expect(longest(["市委宣传部"], "市委") == nil)
    #expect(longest(["市委"], "市") == nil)
  }

  @Test func nothingMatchesAtTheEndOfTheText() {
    #expect(longest(["市委"], "市委", at: 6) == nil)
    #expect(longest(["市委"], "", at: 0) == nil)
  }

  @Test func wordsOfOneCharacterAndOfNarrowCharactersAreFound() {
    #expect(longest(["县", "a", "ab"], "县") == "县")
    #expect(longest(["县", "a", "ab"], "abc") == "ab")
    #expect(longest(["县", "a", "ab"], "ac") == "a")
  }

  @Test func lastValueOfAWordGivenTwiceHolds() {
    let matcher = Matcher([(word: "县", value: 1), (word: "区", value: 2), (word: "县", value: 3)])
    let bytes = Array("县".utf8)
    #expect(matcher.longestMatch(in: bytes.span, at: 0)?.value == 3)
  }

  @Test func emptyMatcherAndEmptyWordsMatchNothing() {
    #expect(longest([], "县") == nil)
    #expect(longest([""], "县") == nil)
  }

  /// Against the plain way: the longest of the words that the text has there.
  @Test(arguments: 0..<40) func matcherAgreesWithASearchThroughAllWords(_ seed: Int) {
    var random = Generator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    let letters = Array("省市县区a中b").map(String.init)
    let word = { (count: Int) in (0..<count).map { _ in letters[Int(random.next() % 7)] }.joined() }
    let words = (0..<60).map { _ in word(1 + Int(random.next() % 5)) }
    let text = word(200)
    let (bytes, matcher) = (Array(text.utf8), Matcher(words.map { (word: $0, value: UInt32($0.utf8.count)) }))
    for offset in bytes.indices where bytes[offset] & 0xC0 != 0x80 {
      let plain = words.filter { bytes[offset...].starts(with: $0.utf8) }.map(\.utf8.count).max()
      #expect(matcher.longestMatch(in: bytes.span, at: offset)?.length == plain)
    }
  }
}

private struct Generator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

@Suite struct TableTests {
  private let table = Table(Array("# source: here\nword\tkind\n县\tcounty\n区\n\n市\tcity\textra\n".utf8))

  @Test func commentsAndEmptyLinesAreNoRows() {
    #expect(table.columns == ["word", "kind"])
    #expect(table.count == 3)
  }

  @Test func cellsAreReadByColumnAndByPlace() {
    #expect(table.column("kind") == ["county", "", "city"])
    #expect(table[2, 2] == "extra")
    #expect(table[1, 1] == "")
  }

  @Test func columnThatIsNotThereIsEmpty() { #expect(table.column("code") == []) }

  @Test func tableOfNothingHasNoRows() {
    #expect(Table([]).columns == [])
    #expect(Table(Array("word".utf8)).count == 0)
  }
}
