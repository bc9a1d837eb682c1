internal import Text

/// Words of the text, in one or more pieces, that make a name: 受理 + 行政复议申请.
struct Phrase: Sendable {
  private(set) var pieces: [Range<Int>]

  init(_ pieces: [Range<Int>] = []) { self.pieces = pieces.filter { !$0.isEmpty } }

  init(_ range: Range<Int>) { self.init([range]) }

  var isEmpty: Bool { pieces.isEmpty }
  var count: Int { pieces.reduce(0) { $0 + $1.count } }
  var first: Int? { pieces.first?.lowerBound }

  static func + (left: Phrase, right: Phrase) -> Phrase { Phrase(left.pieces + right.pieces) }

  /// The words as they stand in the text, without line ends and blanks between the pieces.
  func text(_ glyphs: Glyphs, _ text: DocumentText) -> String {
    var words = ""
    for piece in pieces { words += text[glyphs.bytes(piece)] }
    return words
  }

  func contains(_ word: String, in glyphs: Glyphs) -> Bool {
    pieces.contains { piece in piece.contains { glyphs.matches(word, at: $0) } }
  }

  /// At most the last `limit` characters.
  func suffix(_ limit: Int) -> Phrase {
    var left = limit
    var kept: [Range<Int>] = []
    for piece in pieces.reversed() where left > 0 {
      let start = max(piece.lowerBound, piece.upperBound - left)
      kept.insert(start..<piece.upperBound, at: 0)
      left -= piece.upperBound - start
    }
    return Phrase(kept)
  }
}
