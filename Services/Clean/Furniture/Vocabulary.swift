internal import CCleanTables
internal import Lexicon
internal import Record
internal import Text

/// The words of page furniture: `Tables/labels.tsv` and `Tables/phrases.tsv`, compiled into automata.
struct Vocabulary: Sendable {
  /// What a label's value says of the document.
  enum Field: String {
    case title, publisher, published, written, made, validity, category, disclosure, source, reporters, editors, views,
      updated, author, siteName, siteCode
    case documentNumber = "document_number"
    case indexNumber = "index_number"
    case toolbar, none

    var reason: Chrome.Reason {
      switch self {
      case .views: .counter
      case .reporters, .editors: .credits
      case .toolbar: .toolbar
      default: .metadata
      }
    }
  }

  struct Label {
    var field: Field
    var isStrong: Bool
  }

  struct Phrase {
    var reason: Chrome.Reason
    /// Whether it is furniture wherever it stands, not only at the edges of a page.
    var isAnywhere: Bool
    /// Whether the document is over where it stands near the end of a page.
    var ends: Bool
  }

  /// What of a line a phrase is: the column `match`.
  enum Match: Int, CaseIterable { case whole, start, word, part, line, heading, caption, credit }

  static let shared = Vocabulary()

  private let labelMatcher: Matcher
  private let labels: [Label]
  private let phrases: [Phrase]
  /// By the raw value of `Match`.
  private let matchers: [Matcher]

  private init() {
    let labelTable = unsafe Table(clean_table_labels())
    labels = zip(labelTable.column("field"), labelTable.column("strength"))
      .map { Label(field: Field(rawValue: $0) ?? .none, isStrong: $1 == "strong") }
    labelMatcher = Matcher(labelTable.column("label").enumerated().map { (folded($1), UInt32($0)) })
    let table = unsafe Table(clean_table_phrases())
    phrases = table.rows.map {
      Phrase(reason: Chrome.Reason(rawValue: $0[4]) ?? .other, isAnywhere: $0[2] == "any", ends: $0[3] == "yes")
    }
    let rows = table.rows.enumerated().map { (match: $1[1], word: folded($1[0]), value: UInt32($0)) }
    matchers = Match.allCases.map { match in
      Matcher(rows.filter { $0.match == "\(match)" }.map { (word: $0.word, value: $0.value) })
    }
  }

  func label(in line: Folded, at offset: Int) -> (length: Int, label: Label)? {
    labelMatcher.longestMatch(in: line.bytes.span, at: offset).map { ($0.length, labels[Int($0.value)]) }
  }

  /// The phrase of the given kind that starts at an offset.
  func phrase(_ match: Match, in line: Folded, at offset: Int) -> (length: Int, phrase: Phrase)? {
    matchers[match.rawValue].longestMatch(in: line.bytes.span, at: offset).map { ($0.length, phrases[Int($0.value)]) }
  }

  /// The first phrase of the given kind anywhere in a line, of those whose place is fit.
  func firstPhrase(_ match: Match, in line: Folded, where isFit: (Range<Int>) -> Bool = { _ in true }) -> Phrase? {
    // The automaton is taken out once: a subscript for each offset would copy it each time.
    let matcher = matchers[match.rawValue]
    for offset in line.bytes.indices where !line.bytes[offset].isContinuation {
      if let found = matcher.longestMatch(in: line.bytes.span, at: offset), isFit(offset..<offset + found.length) {
        return phrases[Int(found.value)]
      }
    }
    return nil
  }
}
