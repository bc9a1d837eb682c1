internal import Lexicon

/// The words of a table by which titles and names end, with the longest one taken.
struct Endings: Sendable {
  private let words: Matcher

  /// - Parameter words: the value of a word is its place in the list.
  init(_ words: [String]) {
    self.words = Matcher(words.enumerated().map { (Self.reversed($1), UInt32($0)) })
  }

  /// The place in the list of the longest word that ends a name.
  func place(of name: String) -> Int? {
    let backwards = Array(Self.reversed(name).utf8)
    guard !backwards.isEmpty else { return nil }
    return words.longestMatch(in: backwards.span, at: 0).map { Int($0.value) }
  }

  private static func reversed(_ word: String) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: word.unicodeScalars.reversed())
    return String(scalars)
  }
}
