/// Where names of offices are kinds of offices.
extension Reading {
  /// Whether `我市`, `我县` … stands right before an offset.
  func isBehindOurs(_ offset: Int) -> Bool {
    has(anyOf: ["我省", "我市", "我县", "我区", "我州", "我旗", "我镇", "我乡"], before: offset)
  }

  /// Whether what stands right before an offset makes the name behind it generic, or a part of a longer one:
  /// 各级, 全市, 当地, 县级, 乡镇, or any character that a name goes on from.
  func isGeneric(_ offset: Int) -> Bool {
    let words: [StaticString] = [
      "各", "各级", "各地", "全市", "全县", "全区", "全省", "全国", "当地", "级", "两级", "乡镇", "基层", "街道", "有关", "相关", "同级", "上级", "下级",
      "所属", "直属", "地方", "省市", "市县", "镇村", "县乡", "属地", "一个", "多个", "个", "家", "所", "座", "所有",
      "全部", "部分", "其他", "其余", "本级", "市直", "区直", "县直", "省直", "市属", "区属", "县属", "县区", "县市", "涉及",
    ]
    return has(anyOf: words, before: offset) || isUnderLevels(offset)
  }

  /// Whether the clause before an offset speaks of levels: 四级人民政府及司法局.
  private func isUnderLevels(_ offset: Int) -> Bool {
    var position = offset
    for _ in 0..<16 {
      let character = character(before: position)
      if character == "、" || !character.isClauseEnd, character != "\0" {
        position = previous(position)
      } else {
        return false
      }
      if character == "级" {
        return !has(anyOf: ["省级", "市级", "县级", "国家级"], before: next(position)) || has("各", before: position)
      }
    }
    return false
  }
}
