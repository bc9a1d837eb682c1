import Corpus
import Record
import Testing
import Text

@testable import Clean

struct FurnitureTests {
  @Test(arguments: Corpus.cases(in: "Services/Clean/Furniture/Corpus"))
  func furnitureOfALineOfTheCorpus(_ line: CorpusCase) {
    #expect(line.problems(with: findings(in: line.text)) == [])
  }

  @Test(arguments: Corpus.cases(in: "Services/Clean/Furniture/Corpus"))
  func textAndFurnitureAreTheWholePageInOrder(_ line: CorpusCase) {
    let furniture = Furniture(splitLines(Array(line.text.utf8)))
    let words = furniture.lines.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    #expect(visible(words) == visible(line.text))
  }

  private func findings(in page: String) -> [Finding] {
    let bytes = Array(page.utf8)
    var start = 0
    return Furniture(splitLines(bytes)).lines.compactMap { line in
      guard let offset = bytes.span.firstOffset(of: line.bytes, from: start) else { return nil }
      start = offset + line.bytes.count
      return line.reason.map { Finding("CHROME", offset..<start, ["reason": $0.rawValue]) }
    }
  }
}

/// The characters that show, in order.
func visible(_ words: String) -> String {
  String(String.UnicodeScalarView(words.unicodeScalars.filter { !isBlank($0.value) && $0.value != 0xFFFD }))
}
