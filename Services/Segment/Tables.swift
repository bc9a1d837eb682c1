internal import CSegmentTables
internal import Lexicon

extension Table {
  /// A table that is compiled into the program: `Table(segment_table_speakers())`.
  init(_ embedded: segment_table) {
    unsafe self.init(UnsafeRawBufferPointer(start: embedded.bytes, count: embedded.count))
  }
}

/// What a speaker does in questions and answers.
enum SpeakerRole: String, CaseIterable {
  case asks, answers, moderates
}

/// What a line is that belongs to no part of a report.
enum ApartKind: String, CaseIterable {
  /// `附件1`, whose title follows; a heading that opens a part at the end, `名词解释`; a line that closes the document; a word
  /// in front of notes, `注：`.
  case annex, appendix, closing, note
}

/// The vocabulary of the outline's rules, from `Tables/*.tsv`.
struct Vocabulary: Sendable {
  /// Nouns with which a heading closes where no mark ends it: `基本情况`, `目标和任务`.
  let headingEnds: Matcher
  /// Words with which a body opens right behind such a heading: `各级`.
  let bodyStarts: Matcher
  /// Words of two characters and more with which any clause may open, those among them: `推动`.
  let clauseStarts: Matcher
  /// Those that open a body behind any heading, for they hardly stand inside one: `坚持`.
  let sureBodyStarts: Matcher
  /// Who asks and who answers; the value is the place of the role in `SpeakerRole.allCases`.
  let speakers: Matcher
  /// Words right behind `第一条` that make it a reference: `规定`; and behind `第一章`: `到`.
  let behindArticle, behindChapter: Matcher
  /// Characters right in front of a numeral that make it part of a word: `统` 一.
  let beforeWord: Set<UInt32>
  /// Openings of lines that belong to no part; the value is the place of the kind in `ApartKind.allCases`.
  let apart: Matcher

  static let shared = Vocabulary()

  private init() {
    headingEnds = Self.matcher(Self.headingEnds(unsafe Table(segment_table_heading_ends())))
    let starts = unsafe Table(segment_table_body_starts())
    let kinds = zip(starts.column("word"), starts.column("behind"))
    bodyStarts = Self.matcher(kinds.filter { $0.1 != "clause" }.map(\.0))
    sureBodyStarts = Self.matcher(kinds.filter { $0.1 == "any heading" }.map(\.0))
    clauseStarts = Self.matcher(starts.column("word").filter { $0.count > 1 })
    speakers = Self.matcher(unsafe Table(segment_table_speakers()), "role", SpeakerRole.allCases.map(\.rawValue))
    apart = Self.matcher(unsafe Table(segment_table_apart()), "kind", ApartKind.allCases.map(\.rawValue))
    let references = unsafe Table(segment_table_references())
    let places = zip(references.column("word"), references.column("place"))
    behindArticle = Self.matcher(places.filter { $0.1 == "behind article" }.map(\.0))
    behindChapter = Self.matcher(places.filter { $0.1 == "behind chapter" }.map(\.0))
    beforeWord = Set(places.filter { $0.1 == "before numeral" }.compactMap { $0.0.unicodeScalars.first?.value })
  }

  /// Words that are headings as they stand, and each modifier with each head: `重点` with `任务`.
  private static func headingEnds(_ table: Table) -> [String] {
    let parts = Dictionary(grouping: zip(table.column("word"), table.column("part")), by: \.1)
    let modified = parts["modifier", default: []].flatMap { modifier in
      parts["head", default: []].map { head in modifier.0 + head.0 }
    }
    return parts["whole", default: []].map(\.0) + modified
  }

  private static func matcher(_ words: [String]) -> Matcher { Matcher(words.map { (word: $0, value: 0) }) }

  /// The automaton over the column `word`, with the place of another column's cell among `values`.
  private static func matcher(_ table: Table, _ column: String, _ values: [String]) -> Matcher {
    let places = table.column(column).map { UInt32(values.firstIndex(of: $0) ?? 0) }
    return Matcher(zip(table.column("word"), places).map { (word: $0, value: $1) })
  }
}
