internal import CExtractTables
internal import Lexicon
internal import Record

/// Places: divisions by full and short name, with their codes, and geographic names.
///
///     place = division {division within it} [village] | geographic name
///     我省, 全市 and bare 省、市 are none.
struct Places: Family {
  let starts: Starts = [.division, .township, .zone]
  let regions: Regions

  func mention(at offset: Int, _ start: Starts, in reading: Reading) -> Entity? {
    guard reading.character(at: offset).isHan else { return nil }
    if Self.zoneStarts.contains(reading.character(at: offset)),
      let end = twinZone(at: offset, in: reading) ?? bracketedZone(at: offset, in: reading)
    {
      return Entity(.place, offset..<end, rule: "place.zone")
    }
    guard let region = regions.region(at: offset, in: reading), !isPartOfName(offset..<region.end, region, in: reading)
    else { return nil }
    if let end = Self.zone(behind: region, in: reading) {
      var zone = Entity(.place, offset..<withArea(end, in: reading), rule: "place.zone")
      if region.sense.form == .geographic { zone.canonical = reading[zone.span] }
      return zone
    }
    if let end = river(region, in: reading) {
      var river = Entity(.place, offset..<end, rule: "place.river")
      river.canonical = reading[offset..<end]
      return river
    }
    if let end = Self.village(behind: region, in: reading) { return village(offset..<end, of: region, in: reading) }
    var entity = Entity(.place, offset..<region.end, rule: region.rule)
    guard region.isCertain else { return entity }
    entity.canonical = region.name
    entity.code = regions.code(of: region.sense)
    return entity
  }

  func took(_ entity: Entity, in reading: Reading) {
    if entity.kind == .place { regions.placeEnd = entity.span.upperBound }
  }

  /// Whether the place is a part of the name of a plan, a platform or a hotline: 法治镇坪建设规划, “河北信访信息系统”,
  /// 黄石12345热线. A province in 平安X and 数字X is a place.
  private func isPartOfName(_ span: Range<Int>, _ region: RegionReading, in reading: Reading) -> Bool {
    let themes: [StaticString] = ["法治", "信用", "平安", "数字", "智慧", "健康", "诚信", "美丽", "幸福", "文明"]
    if region.sense.form == .short, region.sense.division.level != .province,
      reading.has(anyOf: themes, before: span.lowerBound)
    {
      return true
    }
    if reading.has("路", at: span.upperBound), !reading.has(anyOf: ["路径", "路线", "路网"], at: span.upperBound) {
      return true
    }
    if region.sense.form == .short, reading.has(anyOf: ["镇", "乡", "街道", "县"], at: span.upperBound),
      !reading.has(anyOf: ["乡村", "乡镇", "县域", "县区", "县级", "县市", "县乡", "县城"], at: span.upperBound)
    {
      return true
    }
    return reading.character(at: span.upperBound).isDigit && reading.digits(at: span.upperBound)?.digits == 5
      || reading.isInQuotedName(span)
  }

  /// A river that bears the name of a county: 浏阳河.
  private func river(_ region: RegionReading, in reading: Reading) -> Int? {
    guard region.sense.form == .short, region.sense.division.level == .county,
      let end = reading.end(of: "河", at: region.end), !Self.riverBanks.contains(reading.character(at: end))
    else { return nil }
    return end
  }

  /// What stands behind 河 where it does not end a river's name: 河西, 河道.
  private static let riverBanks: Characters = "东西南北道口长"

  /// `开发区·铁山区`: a zone and the district that shares its administration.
  private func twinZone(at offset: Int, in reading: Reading) -> Int? {
    let zones: [StaticString] = ["经济技术开发区", "高新技术产业开发区", "经济开发区", "开发区", "高新区", "经开区", "新区"]
    guard let zone = zones.lazy.compactMap({ reading.end(of: $0, at: offset) }).first,
      let dot = reading.end(of: "·", at: zone) ?? reading.end(of: "•", at: zone)
    else { return nil }
    return regions.region(at: dot, in: reading)?.end
  }

  /// `中国（湖北）自由贸易试验区`, `西部（重庆）科学城`: a zone of the country with its division in brackets.
  private func bracketedZone(at offset: Int, in reading: Reading) -> Int? {
    guard let open = reading.end(of: "中国", at: offset) ?? reading.end(of: "西部", at: offset),
      reading.character(at: open) == "(", let region = regions.region(at: reading.next(open), in: reading),
      reading.character(at: region.end) == ")"
    else { return nil }
    return Self.zones.end(in: reading, at: reading.next(region.end)).map { withArea($0, in: reading) }
  }

  static let zoneStarts: Characters = "经高开新中西"

  /// The zone with the area of it that lies in a division: 湖北自贸试验区武汉片区.
  private func withArea(_ end: Int, in reading: Reading) -> Int {
    guard Gazetteer.shared.mayOpen(at: end, in: reading) else { return end }
    return regions.region(at: end, in: reading).flatMap { reading.end(of: "片区", at: $0.end) } ?? end
  }

  /// A zone, park, port or reservoir that bears the name of a division: 成都高新区, 郑州航空港.
  /// Behind a region without an administration only what makes it a region of another kind: 川南经济区, 饮马河流域.
  static func zone(behind region: RegionReading, in reading: Reading) -> Int? {
    guard region.sense.form != .geographic else {
      return areas.lazy.compactMap { reading.end(of: $0, at: region.end) }.first
    }
    return zones.end(in: reading, at: region.end)
  }

  private static let areas: [StaticString] = ["生态经济区", "经济区", "城市群", "都市圈", "生态示范区", "流域"]
  private static let zones = unsafe WordTable(Table(table_zones()))
}

extension Regions {
  func canonicalName(of sense: Gazetteer.Sense) -> String {
    switch sense.form {
    case .geographic: return sense.division.name
    case .township:
      let county = Gazetteer.shared.division(sense.division.code)
      return (county.map(Gazetteer.shared.officialName) ?? "") + sense.division.name
    case .former(let ended, let successor):
      guard let year, year > ended, let successor, let division = Gazetteer.shared.division(successor) else {
        return sense.division.name
      }
      return Gazetteer.shared.officialName(of: division)
    default: return Gazetteer.shared.officialName(of: sense.division)
    }
  }

  /// The six digits, where the division has them.
  func code(of sense: Gazetteer.Sense) -> String? {
    switch sense.form {
    case .township, .geographic: nil
    case .former(let ended, let successor):
      if let year, year > ended { successor.map { String($0) } } else { String(sense.division.code) }
    default: String(sense.division.code)
    }
  }
}
