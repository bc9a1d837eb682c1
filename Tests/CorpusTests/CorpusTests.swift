import Corpus
import Testing

@Suite struct CorpusTests {
  /// A stage to test the reader with: each digit is a finding.
  private func digits(in text: String) -> [Finding] {
    text.utf8.enumerated().filter { (0x30...0x39).contains($0.element) }.map {
      Finding("DIGIT", $0.offset..<$0.offset + 1, ["value": String($0.element - 0x30)])
    }
  }

  private func problems(_ corpus: String, path: String = "x.corpus") -> [[String]] {
    Corpus.cases(of: corpus, path: path).map { $0.problems(with: digits(in: $0.text)) }
  }

  @Test(arguments: Corpus.cases(in: "Tests/CorpusTests/Samples"))
  func everyPhrasingOfTheSampleIsACase(_ line: CorpusCase) {
    #expect(line.problems(with: digits(in: line.text)) == [])
  }

  @Test func aSkippedCaseKeepsItsReason() {
    let skipped = Corpus.skipped(in: "Tests/CorpusTests/Samples")
    #expect(skipped.map(\.skipped) == ["says why"])
    #expect(skipped.map(\.line) == [22])
  }

  @Test func aDescriptionNamesFileAndLine() {
    let cases = Corpus.cases(of: "kinds: A\n=== 标题\n一\n二\n---\n", path: "a/b.corpus")
    #expect(cases.map(\.description) == ["a/b.corpus:3 标题 (一)", "a/b.corpus:4 标题 (二)"])
  }

  @Test func aMissingFindingIsAProblem() {
    #expect(problems("kinds: DIGIT\n=== t\n甲\n---\nDIGIT \"甲\"\n") == [["missing: DIGIT \"甲\""]])
  }

  @Test func anExtraFindingIsAProblem() {
    #expect(problems("kinds: DIGIT\n=== t\n甲7\n---\n") == [["extra: DIGIT \"7\" value=7"]])
  }

  @Test func anExtraFindingOfAnotherKindIsNone() {
    #expect(problems("kinds: OTHER\n=== t\n甲7\n---\n") == [[]])
  }

  @Test func aWrongKeyIsAProblem() {
    let found = problems("kinds: DIGIT\n=== t\n甲7\n---\nDIGIT \"7\" value=8 unit=\n")
    #expect(found == [["DIGIT \"7\": value is 7, not 8"]])
  }

  @Test func aKeyThatMustBeAbsentIsAProblemWhenPresent() {
    #expect(problems("kinds: DIGIT\n=== t\n7\n---\nDIGIT \"7\" value=\n") == [["DIGIT \"7\": value is 7, not "]])
  }

  @Test func aQuoteThatIsAbsentOrRepeatedIsAProblem() {
    #expect(problems("kinds: A\n=== t\n甲\n---\nA \"乙\"\n") == [["the text has no \"乙\""]])
    #expect(
      problems("kinds: A\n=== t\n甲甲\n---\nA \"甲\"\n")
        == [["\"甲\" stands 2 times in the text: say which by @1, @2 …"]])
    #expect(problems("kinds: A\n=== t\n甲甲\n---\nA \"甲\"@3\n") == [["\"甲\" stands only 2 times in the text"]])
  }

  @Test func aGapThatFailsIsNoProblem() {
    #expect(problems("kinds: DIGIT\n=== t\n甲\n---\nDIGIT \"甲\"\n", path: "a/gaps.corpus") == [[]])
  }

  @Test func aGapThatPassesIsClosed() {
    let found = problems("kinds: DIGIT\n=== t\n7\n---\nDIGIT \"7\"\n", path: "a/gaps.corpus")
    #expect(found == [["closed: move it out of gaps.corpus"]])
  }

  @Test(arguments: [
    "=== t\n甲\n---\n", "kinds: A\n=== t\n---\n", "kinds: A\n=== t\n甲\n", "kinds: A\n=== t\n:skip\n甲\n---\n",
    "kinds: A\n", "text\nkinds: A\n=== t\n甲\n---\n", "kinds: A\n=== t\n甲\n---\nA 甲\n",
    "kinds: A\n=== t\n甲\n---\nA \"甲\n",
    "kinds: A\n=== t\n甲\n---\nA \"甲\"x=1\n", "kinds: A\n=== t\n甲\n---\nA \"甲\" x\n",
    "kinds: A\n=== t\n\"\"\"\n甲\n---\n",
    "kinds: A\n=== t\n甲\n---\nA \"甲\"@0\n",
  ])
  func whatIsNotInTheFormatFails(_ corpus: String) {
    #expect(problems(corpus).contains { !$0.isEmpty })
    #expect(problems(corpus, path: "gaps.corpus").contains { !$0.isEmpty })
  }

  @Test func aFolderWithoutCorporaFails() {
    #expect(Corpus.cases(in: "Tests/Nowhere").map { $0.problems(with: []) } == [["no *.corpus file in this folder"]])
  }
}
