internal import Lexicon

/// The names of departments: a word of the table of offices, or a chain of the words that such names are made of.
///
///     office = known [unit] | chain
///     chain  = {part [和 | 与]} type {{part} type}
///     open   = characters that no name excludes, then a strong type; only behind a division
struct OfficeNames: Sendable {
  private let words = OrganWords.shared

  struct Name {
    let end: Int
    /// The name in full, nil where the short form has several.
    let full: String?
    let rule: String
  }

  /// The longest name of a department at an offset; `isOpen` also admits words that no table has.
  func name(at offset: Int, in reading: Reading, isOpen: Bool) -> Name? {
    var best = known(at: offset, in: reading)
    if let end = chain(at: offset, in: reading), end > best?.end ?? 0 {
      let full = best.flatMap { known in known.full.map { $0 + reading[known.end..<end] } } ?? reading[offset..<end]
      best = Name(end: end, full: full.hasSuffix("办") ? nil : full, rule: "organ.chain")
    }
    if isOpen, let end = open(at: offset, in: reading), end > best?.end ?? 0 {
      best = Name(end: end, full: reading[offset..<end], rule: "organ.open")
    }
    return best.flatMap { isWhole($0.end, in: reading) ? $0 : nil }
  }

  private func known(at offset: Int, in reading: Reading) -> Name? {
    words.offices.longest(in: reading, at: offset).map { match in
      Name(end: match.end, full: match.row[1].isEmpty ? nil : match.row[1], rule: "organ.office")
    }
  }

  /// A chain of parts with a type at its end: at most 75 bytes.
  private func chain(at offset: Int, in reading: Reading) -> Int? {
    // The bytes behind `offset` that a chain reaches, as bits.
    var (reached, best): (UInt128, Int?) = (1, nil)
    var position = offset
    while position < min(reading.end, offset + 75), reached >> UInt128(position - offset) != 0 {
      if reached >> UInt128(position - offset) & 1 == 1 {
        reached |= steps(from: position, isFirst: position == offset, in: reading) << UInt128(position - offset)
        if position > offset, let end = words.types.end(in: reading, at: position), end > best ?? 0,
          isWhole(end, in: reading)
        {
          best = end
        }
      }
      position = reading.next(position)
    }
    return best
  }

  /// The lengths of the words of a chain that start at a position, as bits.
  private func steps(from position: Int, isFirst: Bool, in reading: Reading) -> UInt128 {
    var steps = words.links.lengths(in: reading.bytes.span, at: position)
    if !isFirst, let joint = reading.end(of: "和", at: position) ?? reading.end(of: "与", at: position) {
      steps |= 1 << UInt128(joint - position)
    }
    return steps
  }

  private static let institutions: Words = [
    "大学", "学院", "医院", "中学", "小学", "幼儿园", "有限公司", "有限责任公司", "集团公司", "集团", "银行", "日报社", "日报", "晚报", "电视台", "研究院",
    "出版社", "交易所", "卫视",
  ]

  /// A school, a hospital or an enterprise behind the name of a division: 广安理工学院, 上海市第一人民医院.
  func institution(at offset: Int, in reading: Reading) -> Int? {
    var (position, best): (Int, Int?) = (offset, nil)
    for _ in 0..<18 {
      if let end = Self.institutions.end(in: reading, at: position),
        !"生们".unicodeScalars.contains(reading.character(at: end)), !reading.has("中小学", before: end)
      {
        best = end
      }
      guard reading.character(at: position).isHan, words.stops.end(in: reading, at: position) == nil,
        best == nil || !"与和及".unicodeScalars.contains(reading.character(at: position)),
        position == offset || !reading.has(anyOf: ["建设", "支持", "加快", "新建", "组建"], at: position)
      else { break }
      position = reading.next(position)
    }
    return best
  }

  /// The kinds of enterprises by which their names in full end.
  static let firms: Words = [
    "集团有限责任公司", "集团有限公司", "股份有限公司", "有限责任公司", "有限公司", "集团公司", "总公司", "集团",
  ]

  /// The end of a name that ends with a word of its kind: 国家铁路集团有限公司, 茶叶流通协会, with at most 27 characters before it.
  func end(ofNameAt offset: Int, kinds: Words, in reading: Reading) -> Int? {
    var position = offset
    for count in 0..<28 {
      if count > 1, let end = kinds.end(in: reading, at: position) { return isWhole(end, in: reading) ? end : nil }
      let character = reading.character(at: position)
      guard character.isHan || character == "“" || character == "”", words.stops.end(in: reading, at: position) == nil
      else { return nil }
      position = reading.next(position)
    }
    return nil
  }

  /// Any characters up to a strong type, in at most 26 characters with no word between them that ends a name.
  private func open(at offset: Int, in reading: Reading) -> Int? {
    guard !Self.notFirst.contains(reading.character(at: offset)) else { return nil }
    var (position, best): (Int, Int?) = (offset, nil)
    for count in 0..<26 {
      if let end = words.types.end(in: reading, at: position), count > 1,
        end - position > 6 || isBureau(position..<end, in: reading), isWhole(end, in: reading)
      {
        best = end
      }
      guard reading.character(at: position).isHan, words.stops.end(in: reading, at: position) == nil,
        best == nil || !"与和及".unicodeScalars.contains(reading.character(at: position)) && !isNext(position, in: reading)
      else { break }
      position = reading.next(position)
    }
    return best
  }

  /// Whether another organ of a level begins behind the one that ends there: 县教育局县民政局.
  private func isNext(_ offset: Int, in reading: Reading) -> Bool {
    guard let level = reading.level(at: offset) else { return false }
    return words.departments.mayOpen(reading.bytes.span, at: level.end)
      || words.bodies.end(in: reading, at: level.end) != nil
  }

  /// Whether 局 or 厅 ends a name there, not a word: not 布局, 格局, 大厅.
  func isBureau(_ span: Range<Int>, in reading: Reading) -> Bool {
    switch reading.character(before: span.upperBound) {
    case "局": !"布结全大格僵时变邮定开破棋".unicodeScalars.contains(reading.character(before: span.lowerBound))
    case "厅": !"大餐客展业务音前".unicodeScalars.contains(reading.character(before: span.lowerBound))
    default: false
    }
  }

  /// What follows a word of level where no organ does: 市级, 县直, 市民, 区内.
  private static let notFirst: Characters = "级直属域辖内外里上下本民场区县市乡镇村长容值城里间道"

  /// The endings of names whose heads are called by them: 局长, 厅长, 院长.
  private static let headed: Characters = "局厅院所站处会校队馆社园"

  /// Whether a name ends where it seems to: not 局 of 局长 or 局面, 部 of 部门, 会 of 会议, 委 of 委托.
  private func isWhole(_ end: Int, in reading: Reading) -> Bool {
    let after = reading.character(at: end)
    if after == "长", Self.headed.contains(reading.character(before: end)) {
      return reading.has(anyOf: ["长效", "长期", "长远", "长江", "长三角"], at: end)
    }
    if reading.has("党组", before: end), reading.has(anyOf: ["书记", "副书记", "成员"], at: end) { return false }
    switch reading.character(before: end) {
    case "局":
      if after == "部" { return reading.has(anyOf: ["部署", "部门"], at: end) }
      return !"面势".unicodeScalars.contains(after)
    case "委":
      if after == "会" { return reading.has(anyOf: ["会同", "会商", "会签"], at: end) }
      return !"托派任员".unicodeScalars.contains(after)
    case "办":
      if after == "公" { return reading.has(anyOf: ["公布", "公示", "公开"], at: end) }
      return !"理事法案证件学结好实成得到完了税电医校厂贷难".unicodeScalars.contains(after)
    case "会": return !"议员".unicodeScalars.contains(after)
    case "中": return after != "心"
    case "心": return !reading.has("行政中心", before: end)
    default: return true
    }
  }
}
