internal import CExtractTables
internal import Lexicon
internal import Record

/// Persons: a name beside an office or a role, which becomes its `title`.
///
///     person = leader [title] | title [: | blank] name | name title | name behind a person and 、 or a blank
///     name   = surname and one or two characters | a double surname and one or two | parts with · | alone in a byline
///
/// The names of doctrines (习近平法治思想) are no persons, and a role alone is none.
struct Persons: Family {
  /// Titles are noted wherever they stand.
  let starts: Starts = [.person, .dotted]
  private static let titles = unsafe WordTable(Table(table_titles()))
  private static let surnames = unsafe WordTable(Table(table_surnames()))
  private static let followers = unsafe WordTable(Table(table_name_followers()))
  private static let leaders = unsafe WordTable(Table(table_leaders()))
  static var matchers: [Matcher] { [titles.words, leaders.words, surnames.words] }

  /// The title that was read last, and the offset behind it.
  private var lastTitle: (span: Range<Int>, isLabel: Bool)?
  /// The person taken last: a list goes on behind it.
  private var lastPerson: (end: Int, title: String?)?
  /// The names that the text has introduced so far.
  private var known: [ArraySlice<UInt8>] = []

  mutating func mention(at offset: Int, _ start: Starts, in reading: Reading) -> Entity? {
    let isForeign = start.contains(.dotted) && foreignEnd(at: offset, in: reading) != nil
    guard start.contains(.person) || isForeign else { return nil }
    noteTitle(at: offset, in: reading)
    guard reading.character(at: offset).isHan else { return nil }
    if let leader = leader(at: offset, in: reading) { return leader }
    guard Self.titles.end(in: reading, at: offset) == nil,
      isForeign || Self.surnames.end(in: reading, at: offset) != nil || bylineEnd(at: offset, in: reading) != nil
    else { return nil }
    return behindTitle(at: offset, in: reading) ?? beforeTitle(at: offset, in: reading)
      ?? listed(at: offset, in: reading) ?? introduced(at: offset, in: reading)
  }

  mutating func took(_ entity: Entity, in reading: Reading) {
    guard entity.kind == .person else { return }
    lastPerson = (entity.span.upperBound, entity.title)
    let name = reading.bytes[entity.span]
    if known.count < 64, !known.contains(name) { known.append(name) }
  }

  private mutating func noteTitle(at offset: Int, in reading: Reading) {
    guard let match = Self.titles.longest(in: reading, at: offset), match.row[1] == "y" else { return }
    if let lastTitle, lastTitle.span.upperBound >= match.end { return }
    lastTitle = (offset..<match.end, match.row[3] == "y")
  }

  private func leader(at offset: Int, in reading: Reading) -> Entity? {
    guard let name = Self.leaders.longest(in: reading, at: offset) else { return nil }
    let doctrines: [StaticString] = [
      "新时代", "法治思想", "经济思想", "外交思想", "强军思想", "生态文明思想", "文化思想", "理论", "思想", "关于", "总体国家安全观", "论",
    ]
    guard !reading.has(anyOf: doctrines, at: name.end) else { return nil }
    let behind = titleBehind(name.end, in: reading)
    let before = titleBefore(offset, in: reading)
    let isCourtesy = behind == "先生" || behind == "女士"
    return person(
      offset..<name.end, title: isCourtesy ? before ?? behind : behind ?? before, "person.leader", in: reading)
  }

  /// A name that the text has introduced, at the start of a clause: `刘海燕:`, `刘海燕指出`.
  private func introduced(at offset: Int, in reading: Reading) -> Entity? {
    guard reading.isClauseStart(offset) else { return nil }
    let names = known.filter { reading.bytes[offset...].starts(with: $0) && isFollowed(offset + $0.count, in: reading) }
    return names.max { $0.count < $1.count }.map {
      person(offset..<offset + $0.count, title: nil, "person.known", in: reading)
    }
  }

  /// `市长董晓宇`, `联系人:朱一`, `省长 施小琳`.
  private func behindTitle(at offset: Int, in reading: Reading) -> Entity? {
    guard let title = titleBefore(offset, in: reading) ?? spacedTitle(before: offset, in: reading),
      let end = nameEnd(at: offset, in: reading) ?? spacedNameEnd(at: offset, in: reading)
    else { return nil }
    return person(offset..<end, title: title, "person.title", in: reading)
  }

  /// `殷勇同志`, `李克强总理`.
  private func beforeTitle(at offset: Int, in reading: Reading) -> Entity? {
    guard reading.isClauseStart(offset) || reading.has(anyOf: Self.leads, before: offset) else { return nil }
    for end in nameEnds(at: offset, in: reading) {
      guard let title = titleBehind(end, in: reading) else { continue }
      return person(offset..<end, title: title, "person.before.title", in: reading)
    }
    return nil
  }

  /// What a name with its title behind it follows within a clause.
  private static let leads: [StaticString] = [
    "以", "由", "和", "与", "对", "向", "请", "受", "为", "经", "给", "让", "将", "邀请", "陪同", "听取", "感谢", "欢迎", "会见", "委托", "推荐",
    "选举", "任命",
  ]

  /// A further name of a list: `记者 柯琪 吴勇前`, `张三、李四`.
  private func listed(at offset: Int, in reading: Reading) -> Entity? {
    guard let lastPerson else { return nil }
    let gap = reading.end(of: "、", at: lastPerson.end) ?? reading.skippingBlanks(lastPerson.end)
    guard gap == offset, gap > lastPerson.end, let end = nameEnd(at: offset, in: reading) else { return nil }
    return person(offset..<end, title: lastPerson.title, "person.list", in: reading)
  }

  private func person(_ span: Range<Int>, title: String?, _ rule: String, in reading: Reading) -> Entity {
    var entity = Entity(.person, span, rule: rule)
    entity.canonical = reading[span].filter { !$0.isWhitespace }
    entity.title = title
    return entity
  }

  /// The title that ends right before an offset, or before a colon or blanks there. A role counts only with those.
  private func titleBefore(_ offset: Int, in reading: Reading) -> String? {
    guard let lastTitle else { return nil }
    let start = titleEnd(before: offset, in: reading)
    guard lastTitle.span.upperBound == start, start < offset || !lastTitle.isLabel else { return nil }
    return reading[lastTitle.span]
  }

  /// The title of two characters that stands before the blanks at an offset with blanks between them, alone in its line: `县　长`.
  private func spacedTitle(before offset: Int, in reading: Reading) -> String? {
    guard let second = reading.beforeBlanks(offset), let first = reading.beforeBlanks(second),
      reading.isLineStart(first)
    else { return nil }
    let words = reading[first..<reading.next(first)] + reading[second..<reading.next(second)]
    let closed = Reading(Array(words.utf8))
    guard let title = Self.titles.longest(in: closed, at: 0), title.end == closed.end, title.row[1] == "y" else {
      return nil
    }
    return words
  }

  /// Where a title would end before a name: blanks, a colon and a note in brackets may stand between, `副区长(提名人选) `.
  private func titleEnd(before offset: Int, in reading: Reading) -> Int {
    var start = offset
    for _ in 0..<6 where [" ", ":", "\n"].contains(reading.character(before: start)) { start = reading.previous(start) }
    guard reading.character(before: start) == ")" else { return start }
    var open = reading.previous(start)
    for _ in 0..<8 where reading.character(before: open).isHan { open = reading.previous(open) }
    return reading.character(before: open) == "(" ? reading.previous(open) : start
  }

  private func titleBehind(_ offset: Int, in reading: Reading) -> String? {
    guard let match = Self.titles.longest(in: reading, at: offset), match.row[2] == "y" else { return nil }
    return reading[offset..<match.end]
  }
}

/// Where names end.
extension Persons {
  /// The longest end of the name at an offset behind a title with words that follow names behind it.
  private func nameEnd(at offset: Int, in reading: Reading) -> Int? {
    if let end = bylineEnd(at: offset, in: reading) { return end }
    return nameEnds(at: offset, in: reading).first {
      isFollowed($0, in: reading) || titleBehind($0, in: reading) != nil
    }
  }

  /// The end of any name that stands alone behind the blank after the head of a government, at the end of its line:
  /// `州长 白加扎西`.
  private func bylineEnd(at offset: Int, in reading: Reading) -> Int? {
    guard reading.character(before: offset) == " ",
      reading.has(anyOf: ["省长", "市长", "县长", "区长", "州长", "旗长", "主席"], before: titleEnd(before: offset, in: reading))
    else { return nil }
    var (end, count) = (offset, 0)
    while count < 6, reading.character(at: end).isHan { (end, count) = (reading.next(end), count + 1) }
    guard 2...5 ~= count, ["\n", "\0"].contains(reading.character(at: end)) else { return nil }
    return OrganWords.shared.isOwnName(offset..<end, in: reading) ? end : nil
  }

  /// The end of a name of two characters with blanks between them that closes its line: `王　伟`.
  private func spacedNameEnd(at offset: Int, in reading: Reading) -> Int? {
    guard let surname = Self.surnames.end(in: reading, at: offset), let given = reading.behindBlanks(surname),
      isNameCharacter(at: given, in: reading)
    else { return nil }
    let end = reading.next(given)
    return ["\n", "\0"].contains(reading.character(at: reading.skippingBlanks(end))) ? end : nil
  }

  /// The ends that the name may have, the longest first.
  private func nameEnds(at offset: Int, in reading: Reading) -> [Int] {
    if let end = foreignEnd(at: offset, in: reading) { return [end] }
    guard let surname = Self.surnames.end(in: reading, at: offset) else { return [] }
    let first = reading.next(surname)
    guard isNameCharacter(at: surname, in: reading) else { return [] }
    let ends = isNameCharacter(at: first, in: reading) ? [reading.next(first), first] : [first]
    return ends.filter { !cutsTitle(surname, $0, in: reading) }
  }

  /// Whether a title begins behind a surname which goes on beyond the end of the name: 任副主任 is no 任副主.
  private func cutsTitle(_ surname: Int, _ end: Int, in reading: Reading) -> Bool {
    var offset = surname
    while offset < end {
      if let title = Self.titles.longest(in: reading, at: offset), title.end > end { return true }
      offset = reading.next(offset)
    }
    return false
  }

  private func isNameCharacter(at offset: Int, in reading: Reading) -> Bool {
    let character = reading.character(at: offset)
    return character.isHan && !Self.never.contains(character)
  }

  /// Whether what stands at an offset may follow a name.
  private func isFollowed(_ offset: Int, in reading: Reading) -> Bool {
    let after = reading.character(at: offset)
    if after == "\0" || after.isClauseEnd || after == "(" { return true }
    return Self.followers.end(in: reading, at: offset) != nil
  }

  /// The end of a name with ·: parts of one to six characters.
  private func foreignEnd(at offset: Int, in reading: Reading) -> Int? {
    var (end, dots) = (offset, 0)
    for _ in 0..<18 {
      let character = reading.character(at: end)
      if character == "·" || character == "•" {
        guard end > offset, reading.character(at: reading.next(end)).isHan else { return nil }
        dots += 1
      } else if !character.isHan {
        break
      } else if dots > 0, isFollowed(end, in: reading) {
        break
      }
      end = reading.next(end)
    }
    return dots > 0 ? end : nil
  }

  /// Characters that no given name holds in a text of this kind.
  private static let never: Characters = "的了在是和与及对向由将把被从并也都为以于使让给到其该各等不上下个人市县区省级长员委部受次位务认"
}
