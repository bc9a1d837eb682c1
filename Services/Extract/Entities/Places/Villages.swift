internal import Record

/// Villages and quarters behind the town or the county that they lie in: 温泉镇百丈河村, 金铺镇柳林社区.
extension Places {
  /// The end of a village's name of two or three characters behind a division that stands in full.
  static func village(behind region: RegionReading, in reading: Reading) -> Int? {
    guard region.sense.form != .geographic, "县区市镇乡".unicodeScalars.contains(reading.character(before: region.end))
    else { return nil }
    var position = region.end
    for count in 0..<4 {
      if count > 1, let end = kinds.lazy.compactMap({ reading.end(of: $0, at: position) }).first {
        return isWhole(end, in: reading) && isVillage(region.end..<position, in: reading) ? end : nil
      }
      guard reading.character(at: position).isHan else { return nil }
      position = reading.next(position)
    }
    return nil
  }

  func village(_ span: Range<Int>, of region: RegionReading, in reading: Reading) -> Entity {
    var village = Entity(.place, span, rule: "place.village")
    village.canonical = region.name.map { $0 + reading[region.end..<span.upperBound] }
    return village
  }

  private static let kinds: [StaticString] = ["村", "社区"]

  /// Not 农业农村, 美丽乡村, 新农村, 城中村, 二十村.
  private static func isVillage(_ name: Range<Int>, in reading: Reading) -> Bool {
    !reading.has(anyOf: ["农", "乡", "城中", "驻", "进", "入", "余", "十", "百", "千"], before: name.upperBound)
      && !reading.has(anyOf: ["行政", "自然", "传统", "贫困", "脱贫", "易地", "新"], at: name.lowerBound)
      && OrganWords.shared.isOwnName(name, in: reading)
  }

  /// Not a village's 村级, 村民, and no clinic or centre that bears a quarter's name.
  private static func isWhole(_ end: Int, in reading: Reading) -> Bool {
    !"级镇庄".unicodeScalars.contains(reading.character(at: end))
      && !reading.has(anyOf: ["卫生服务", "服务中心", "卫生室", "医院", "民宿"], at: end)
  }
}
