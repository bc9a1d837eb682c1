private import Lexicon
internal import Record

/// Schools, hospitals and enterprises by a name of their own, with no division before it: 安定医院, 桃李中学, 首旅集团.
///
///     institution = behind a clause's start, a joint or a verb: (name kind | level 医院)
///     name        = two or three characters, none of a word of Tables/descriptors.tsv or of a department
///     firm        = a name of two to twelve characters before 有限公司
///
/// Which words describe a kind (三甲, 民营, 各) is a table; all that it does not list is taken for a name.
struct Institutions: Family {
  let starts: Starts = .institution
  private let words = OrganWords.shared

  func mention(at offset: Int, _ start: Starts, in reading: Reading) -> Entity? {
    guard let end = end(ofNameAt: offset, in: reading), isOpening(offset, in: reading) else { return nil }
    return Entity(.org, offset..<end, rule: "organ.own-name")
  }

  private func end(ofNameAt offset: Int, in reading: Reading) -> Int? {
    if let level = reading.level(at: offset), let end = reading.end(of: "医院", at: level.end) {
      return isWhole(end, in: reading) ? end : nil
    }
    var position = offset
    for count in 0..<13 {
      if count > 1, let end = kind(behind: count, at: position, in: reading) {
        return words.isOwnName(offset..<position, in: reading)
          && isWhole(end, in: reading) ? end : nil
      }
      let character = reading.character(at: position)
      guard character.isHan, !Self.numerals.contains(character) else { return nil }
      position = reading.next(position)
    }
    return nil
  }

  /// The end of the word of a kind there; behind more than three characters only that of a firm's name in full.
  private func kind(behind count: Int, at offset: Int, in reading: Reading) -> Int? {
    if count < 4 { return Self.kinds.end(in: reading, at: offset) }
    return OfficeNames.firms.end(in: reading, at: offset).flatMap { reading.has("有限公司", before: $0) ? $0 : nil }
  }

  /// Whether a name may begin there: behind no other Chinese character, or behind a word that a name follows.
  private func isOpening(_ offset: Int, in reading: Reading) -> Bool {
    let before = reading.character(before: offset)
    if before.isHan { return reading.has(anyOf: Self.leads, before: offset) }
    return !before.isDigit && !(before.isASCII && before.properties.isAlphabetic) && before != "”" && before != "%"
  }

  /// Whether a name ends there: not 公司制, 小学生, 医院管理.
  private func isWhole(_ end: Int, in reading: Reading) -> Bool {
    !"制法债生们化式型类龄段教级章里习".unicodeScalars.contains(reading.character(at: end))
      && !reading.has(anyOf: ["等级", "治理", "阶段", "管理", "感染", "上市", "作战", "采购"], at: end)
  }

  static let kinds: Words =
    OfficeNames.firms + ["社区卫生服务中心", "妇幼保健院", "卫生院", "医院", "中学", "小学", "幼儿园", "派出所", "公司"]

  /// The word that the names of firms in full hold.
  static let firms: Words = ["有限公司"]

  private static let numerals: Characters = "一二三四五六七八九十百千"

  /// The words that a name stands behind within its clause.
  private static let leads: [StaticString] = [
    "与", "和", "及", "对", "由", "在", "建成", "推动", "推进", "支持", "完成", "实施", "加快", "启动", "新建", "扩建", "改建", "迁建", "续建", "建设",
    "引进", "依托", "联合", "组建", "成立", "帮助", "协助", "协调", "促进", "引导", "改造", "设立", "关停", "关闭", "投资", "走访", "慰问", "入驻", "带动",
    "培育", "打造", "创办", "如", "包括", "确保", "以及",
  ]
}
