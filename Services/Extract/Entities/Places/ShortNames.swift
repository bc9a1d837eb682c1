internal import CExtractTables
internal import Lexicon

/// The short form of a division's name: 邢台 of 邢台市, 恩施 of 恩施土家族苗族自治州.
struct ShortNames {
  private static let nationalities: Endings = {
    let table = unsafe Table(table_ethnic())
    return Endings(table.column("word"))
  }()
  private static let words: [String] = {
    let table = unsafe Table(table_ethnic())
    return table.column("word")
  }()

  /// Nil where the name without its ending would be one character, as of 赵县, or names a kind, as 矿区 and 新区 do.
  static func short(of name: String) -> String? {
    if ["新区", "矿区", "开发区"].contains(where: name.hasSuffix) { return nil }
    if let stem = autonomous(name) { return stem.count > 1 ? stem : nil }
    let endings = ["特别行政区", "地区", "林区", "省", "市", "区", "县", "旗", "盟"]
    guard let ending = endings.first(where: name.hasSuffix) else { return nil }
    let stem = String(name.dropLast(ending.count))
    return stem.count > 1 ? stem : nil
  }

  /// The names of an autonomous division with its ending but without its nationalities, as texts write them: 恩施州, 彭水县,
  /// 彭水自治县.
  static func contracted(of name: String) -> [String] {
    let endings = [("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("自治区", nil)]
    guard let ending = endings.first(where: { name.hasSuffix($0.0) }), let stem = autonomous(name), stem.count > 1
    else {
      return []
    }
    return [ending.1, ending.0].compactMap { $0.map { stem + $0 } }.filter { $0 != name }
  }

  /// The name of an autonomous division without its ending and its nationalities.
  private static func autonomous(_ name: String) -> String? {
    guard let ending = ["自治区", "自治州", "自治县", "自治旗"].first(where: name.hasSuffix) else { return nil }
    var stem = String(name.dropLast(ending.count))
    while let word = nationalities.place(of: stem).map({ words[$0] }), word.count < stem.count {
      if stem == "内蒙古" { break }
      stem = String(stem.dropLast(word.count))
    }
    // The nationality that bears the name of its division: 东乡族自治县.
    if stem.hasSuffix("族"), nationalities.place(of: stem).map({ words[$0] }) == stem { stem.removeLast() }
    return stem
  }
}
