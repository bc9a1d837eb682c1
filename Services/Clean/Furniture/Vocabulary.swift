internal import CCleanTables
internal import Lexicon
internal import Record

/// The words of page furniture: `Tables/labels.tsv` and `Tables/phrases.tsv`, compiled into automata.
struct Vocabulary: Sendable {
  /// What a label's value says of the document.
  enum Field: String {
    case title, publisher, published, written, made, validity, category, disclosure, source, reporters, editors, views,
      updated
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

  static let shared = Vocabulary()

  private let labelMatcher: Matcher
  private let labels: [Label]
  private let phrases: [Phrase]
  private let matchers: [String: Matcher]

  private init() {
    let labelTable = unsafe Table(clean_table_labels())
    labels = zip(labelTable.column("field"), labelTable.column("strength"))
      .map { Label(field: Field(rawValue: $0) ?? .none, isStrong: $1 == "strong") }
    labelMatcher = Matcher(labelTable.column("label").enumerated().map { (folded($1), UInt32($0)) })
    let table = unsafe Table(clean_table_phrases())
    phrases = table.rows.map {
      Phrase(reason: Chrome.Reason(rawValue: $0[4]) ?? .other, isAnywhere: $0[2] == "any", ends: $0[3] == "yes")
    }
    var words: [String: [(word: String, value: UInt32)]] = [:]
    for (index, row) in table.rows.enumerated() { words[row[1], default: []].append((folded(row[0]), UInt32(index))) }
    matchers = words.mapValues { Matcher($0) }
  }

  func label(in line: Folded, at offset: Int) -> (length: Int, label: Label)? {
    labelMatcher.longestMatch(in: line.bytes.span, at: offset).map { ($0.length, labels[Int($0.value)]) }
  }

  /// The phrase of the given kind, `whole` or `start` or `part`, that starts at an offset.
  func phrase(_ kind: String, in line: Folded, at offset: Int) -> (length: Int, phrase: Phrase)? {
    matchers[kind]?.longestMatch(in: line.bytes.span, at: offset).map { ($0.length, phrases[Int($0.value)]) }
  }
}
