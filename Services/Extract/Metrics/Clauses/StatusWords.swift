internal import CExtractTables
internal import Lexicon

/// The words of `status.tsv`.
struct StatusWords: Sendable {
  static let shared = StatusWords()

  private let plan: WordTrie
  private let target: WordTrie
  private let level: WordTrie
  private let goal: WordTrie
  private let past: WordTrie
  private let open: WordTrie
  private let edgeBefore: WordTrie
  private let edgeAfter: WordTrie
  private let compared: WordTrie
  private let whole: WordTrie
  private let yearsAhead: WordTrie
  private let yearsBefore: WordTrie
  private let yearsAfter: WordTrie

  init() {
    var roles: [String: [String]] = [:]
    for row in unsafe Table(table_status()).rows where row.count > 1 { roles[row[1], default: []].append(row[0]) }
    plan = WordTrie(of: roles["plan"] ?? [])
    target = WordTrie(of: roles["target"] ?? [])
    level = WordTrie(of: roles["level"] ?? [])
    goal = WordTrie(of: roles["goal"] ?? [])
    past = WordTrie(of: roles["past"] ?? [])
    open = WordTrie(of: roles["open"] ?? [])
    edgeBefore = WordTrie(.backwards, of: roles["edge_before"] ?? [])
    edgeAfter = WordTrie(of: roles["edge_after"] ?? [])
    compared = WordTrie(.backwards, of: roles["compared"] ?? [])
    whole = WordTrie(of: roles["whole"] ?? [])
    yearsAhead = WordTrie(.backwards, of: roles["years_ahead"] ?? [])
    yearsBefore = WordTrie(.backwards, of: roles["years_before"] ?? [])
    yearsAfter = WordTrie(of: roles["years_after"] ?? [])
  }

  /// 现将 announces, it does not plan.
  func plans(_ glyphs: Glyphs, _ clause: Range<Int>) -> Bool {
    clause.contains { plan.match(glyphs, at: $0) != nil && glyphs[$0 - 1] != 0x73B0 }
  }

  func aims(_ glyphs: Glyphs, _ clause: Range<Int>) -> Bool { clause.contains { target.match(glyphs, at: $0) != nil } }

  /// 达到, 稳定在: a level to be reached, where the text looks ahead.
  func isLevel(_ glyphs: Glyphs, _ clause: Range<Int>) -> Bool {
    clause.contains { level.match(glyphs, at: $0) != nil }
  }

  /// 比去年 only compares, and 项目前期 holds no 目前.
  func isPast(_ glyphs: Glyphs, _ clause: Range<Int>) -> Bool {
    clause.contains { past.match(glyphs, at: $0) != nil && !compares(glyphs, $0) && !isContained(glyphs, $0) }
  }

  private func isContained(_ glyphs: Glyphs, _ place: Int) -> Bool {
    whole.match(glyphs, at: place) != nil || whole.match(glyphs, at: place - 1) != nil
  }

  /// 主要预期目标是: all that the sentence lists is to be reached.
  func statesGoals(_ glyphs: Glyphs, _ clause: Range<Int>) -> Bool {
    clause.contains { goal.match(glyphs, at: $0) != nil }
  }

  /// 到2030年: a date up to which something is to be reached, where a document has no year of its own.
  func opensGoal(_ glyphs: Glyphs, _ place: Int) -> Bool {
    glyphs[place - 1] == 0x5230 && !Glyph.isHan(glyphs[place - 2])
  }

  /// 累计, 截至目前: no period starts here.
  func isOpen(_ glyphs: Glyphs, _ clause: Range<Int>) -> Bool {
    clause.contains { open.match(glyphs, at: $0) != nil && !isContained(glyphs, $0) }
  }

  /// 今后五年: the years to come, where the number of years stands at the place.
  func namesYearsAhead(_ glyphs: Glyphs, _ place: Int) -> Bool { yearsAhead.match(glyphs, at: place) != nil }

  /// 过去五年, 五年来: the years gone by.
  func namesYearsBack(_ glyphs: Glyphs, _ place: Int) -> Bool {
    yearsBefore.match(glyphs, at: place) != nil || yearsAfter.match(glyphs, at: place + 2) != nil
  }

  func opensSpan(_ glyphs: Glyphs, _ place: Int) -> Bool { edgeBefore.match(glyphs, at: place) != nil }

  func compares(_ glyphs: Glyphs, _ place: Int) -> Bool { compared.match(glyphs, at: place) != nil }

  func closesSpan(_ glyphs: Glyphs, _ date: Range<Int>) -> Bool {
    edgeAfter.match(glyphs, at: date.upperBound) != nil || edgeAfter.match(glyphs, at: date.upperBound - 1) != nil
  }
}
