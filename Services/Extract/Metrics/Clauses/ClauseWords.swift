internal import CExtractTables
internal import Lexicon

/// The vocabulary around numbers: what falls away from a name, what shares a verb, what tells old from new.
struct ClauseWords: Sendable {
  static let shared = ClauseWords()

  /// Words at the front of a name that do not belong to it.
  let leads: WordTrie
  /// Words right before the number that do not belong to the name.
  let tails: WordTrie
  /// Words that fall away anywhere in a name.
  let inner: WordTrie
  /// 共, 累计: what stands before is a subject or a time.
  let markers: WordTrie
  /// Words that only contain a marker: 公共.
  let kept: WordTrie
  let verbs: WordTrie
  /// 对, 给予: the name ends before it.
  let stops: WordTrie
  /// 市本级, 各县: whose part a number is.
  let scopes: WordTrie
  /// 部门, 领域: nouns that hold the things counted next.
  let containers: WordTrie
  /// 对, 将, 为: what the number counts comes after it, what stands before it does not belong to the name.
  let prepositions: WordTrie
  /// Words that only contain a preposition: 作为, 对象.
  let boundWords: WordTrie
  /// 等 after a list of examples, and the words that only contain it.
  let others: WordTrie
  let notOthers: WordTrie
  /// 中, 的, 中有: particles that no noun ends with; and the nouns that end with the same character: 高中, 国有.
  let particles: WordTrie
  let wholes: WordTrie
  /// 并导入: what the things did besides.
  let conjunctions: WordTrie
  /// 实现, 获评: what the things did whose number stands before.
  let predicates: WordTrie
  /// 中有, 中: say that what follows is among the things before.
  let ranges: WordTrie
  /// 委员会, 医院: ends of the bodies whose verb follows.
  let bodies: WordTrie
  /// 带动就业, 参训: verbs that need no object.
  let intransitives: WordTrie
  /// 和, 并: behind a number they begin something else.
  let joints: WordTrie
  /// 大关, 的历史性突破: behind a number they count nothing.
  let milestones: WordTrie
  /// 草原, 行为: nouns that only end like a tail.
  let tailNouns: WordTrie
  /// 高质量, 圆满: words that fall away only before a verb.
  let manners: WordTrie
  /// 平均, 全国: what may stand between 由 and an old value.
  let origins: WordTrie
  /// 项目, 企业, 户: heads of what is counted, behind a verb that tells of which kind they are.
  let things: WordTrie
  /// 机关, 部门: subjects whose verb follows.
  let subjects: WordTrie
  /// 参加, 出席: what people do, behind those who did it.
  let attendances: WordTrie
  /// 增加值, 产量: measures that the things of a list share.
  let measures: WordTrie
  /// 增速, 降幅: measures of a growth that was just stated.
  let growths: WordTrie
  /// 期末, 时期: parts of a plan's years.
  let phases: WordTrie
  /// 扣除, 后: around what a value leaves out or how it is reckoned.
  let conditions: WordTrie
  let conditionEnds: WordTrie
  /// 总量, 净增量: measures that need the thing they measure.
  let bareMeasures: WordTrie
  /// 社区, 村民小组: places that a town is made of.
  let places: WordTrie
  let changes: Changes

  init() {
    var roles: [String: [String]] = [:]
    for row in unsafe Table(table_clause_words()).rows where row.count > 1 { roles[row[1], default: []].append(row[0]) }
    func trie(_ role: String, _ direction: WordTrie.Direction = .forwards) -> WordTrie {
      WordTrie(direction, of: roles[role] ?? [])
    }
    leads = trie("lead")
    tails = trie("tail", .backwards)
    inner = trie("inner")
    markers = trie("marker")
    kept = trie("keep")
    stops = trie("stop")
    scopes = trie("scope")
    containers = trie("container")
    prepositions = trie("preposition")
    boundWords = trie("bound_word")
    others = trie("and_so_on")
    notOthers = WordTrie(of: (roles["not_and_so_on"] ?? []))
    particles = trie("particle", .backwards)
    wholes = trie("whole_word", .backwards)
    conjunctions = trie("conjunction")
    predicates = trie("predicate")
    ranges = trie("range")
    bodies = trie("body", .backwards)
    intransitives = trie("intransitive")
    joints = trie("joint")
    milestones = trie("milestone")
    tailNouns = trie("tail_noun", .backwards)
    manners = trie("manner")
    origins = trie("origin")
    things = trie("thing")
    subjects = trie("subject", .backwards)
    attendances = trie("attend", .backwards)
    measures = trie("measure", .backwards)
    growths = trie("growth")
    phases = trie("phase", .backwards)
    conditions = trie("condition")
    conditionEnds = trie("condition_end")
    bareMeasures = trie("bare")
    places = trie("place", .backwards)
    verbs = unsafe WordTrie(of: Table(table_verbs()).column("verb"))
    changes = Changes()
  }
}

/// The words of `changes.tsv`.
struct Changes: Sendable {
  enum Direction: String, Sendable { case up, down, none = "" }

  private let directions: [Direction]
  /// 同比增长, 下降: between what changed and by how much.
  let before: WordTrie
  /// 提升至: between an old and a new value, read backwards.
  let pairs: WordTrie

  init() {
    let rows = unsafe Table(table_changes()).rows.filter { $0.count > 1 }
    directions = rows.map { $0.count > 2 ? Direction(rawValue: $0[2]) ?? .none : .none }
    func words(_ sides: Set<String>) -> [(String, Int)] {
      rows.enumerated().filter { sides.contains($1[1]) }.map { ($1[0], $0) }
    }
    before = WordTrie(.forwards, words(["before", "rate"]))
    pairs = WordTrie(.backwards, words(["pair"]))
  }

  func direction(_ value: Int) -> Direction { directions[value] }
}
