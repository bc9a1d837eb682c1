/// The words that stand for a division of a level before an organ: 市 in 市政府.
extension Reading {
  /// The word of level at an offset, where it may begin the name of an organ.
  ///
  /// Not where it ends another word (城市政府, 乡镇党委, 全市公安局) or counts divisions (省、市政府, 各县政府).
  func level(at offset: Int) -> (word: String, end: Int)? {
    guard Self.levelStarts.contains(character(at: offset)),
      let word = Self.levels.first(where: { has($0, at: offset) })
    else { return nil }
    guard !isPartOfWord(at: offset), !isCounted(at: offset) else { return nil }
    return ("\(word)", offset + word.utf8CodeUnitCount)
  }

  /// The words of level, the longest first.
  static let levels: [StaticString] = [
    "自治区", "自治州", "自治县", "自治旗", "街道", "省", "市", "区", "县", "州", "旗", "盟", "镇", "乡",
  ]
  private static let levelStarts: Characters = "自街省市区县州旗盟镇乡"

  private func isPartOfWord(at offset: Int) -> Bool {
    let before = character(before: offset)
    if "全各我本该两每跨邻外他异级数某此别整".unicodeScalars.contains(before) {
      return !has(anyOf: ["健全", "调整"], before: offset)
    }
    let blocked =
      switch character(at: offset) {
      case "省": "节"
      case "市": "城都上超门集菜股楼夜早省州辖"
      case "县": "市省州区"
      case "区": "地社小园山郊城市县辖校院景库牧林灾疫矿新老特片战时湾港发险禁治"
      case "镇": "乡城集小重名村县"
      case "乡": "城家老水村县"
      case "州": "神九治市"
      case "旗": "红国党锦县"
      case "自": "族"
      default: ""
      }
    return blocked.unicodeScalars.contains(before)
  }

  /// Whether the word is one of several levels: 省、市政府, 市和县政府, 县(市、区)政府.
  private func isCounted(at offset: Int) -> Bool {
    let joint = character(before: offset)
    guard "、和及与(".unicodeScalars.contains(joint) else { return false }
    let level = previous(offset)
    guard Self.counted.contains(character(before: level)) else { return false }
    let before = character(before: previous(level))
    return !before.isHan || Self.counted.contains(before) || "、和及与各全向到按照在".unicodeScalars.contains(before)
  }

  private static let counted: Characters = "省市县区州旗镇乡村"
}
