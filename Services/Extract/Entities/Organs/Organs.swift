internal import Lexicon
internal import Record

/// An organ read in a text.
struct OrganReading {
  var end: Int
  var canonical: String?
  var rule: String
}

/// Organs: of the party, the state, departments and offices, public bodies, enterprises, media.
///
///     organ    = national {unit} | [中共] (division | level) tail | bare
///     tail     = body {unit} | office
///     body     = a word of Tables/bodies.tsv: 政府, 委, 人大常委会, 中级人民法院
///     office   = see OfficeNames
///     bare     = an office that one body only has: 编办, 市场监管局, or any behind 我市
final class Organs: Family {
  var starts: Starts { aliases.isEmpty ? .organ.union(.department) : .han }
  let regions: Regions
  let home: Home
  let words = OrganWords.shared
  let offices = OfficeNames()
  /// Where the generic name ends that was last passed over: no name begins within it.
  var passedOver = 0
  /// The short names that the text has given so far.
  private var aliases = Aliases()
  /// What `named` found last: families that build on organs ask at the same characters.
  private var last: (offset: Int, organ: OrganReading?) = (-1, nil)

  init(regions: Regions, home: Home) {
    self.regions = regions
    self.home = home
  }

  func mention(at offset: Int, _ start: Starts, in reading: Reading) -> Entity? {
    guard reading.character(at: offset).isHan else { return nil }
    let named = start.isDisjoint(with: .organ) ? nil : named(at: offset, in: reading)
    let bare = start.contains(.department) && offset >= passedOver ? bare(at: offset, in: reading) : nil
    let alias = aliases.organ(at: offset, in: reading)
    guard let organ = longest(longest(named, bare), alias) else { return nil }
    var entity = Entity(.org, offset..<organ.end, rule: organ.rule)
    entity.canonical = organ.canonical
    return entity
  }

  func took(_ entity: Entity, in reading: Reading) {
    guard entity.kind == .org else { return }
    aliases.note(behind: entity.span.upperBound, canonical: entity.canonical, in: reading)
  }

  /// The longest organ that starts at an offset and says whose it is.
  ///
  /// All calls of one scan are for the same text.
  func named(at offset: Int, in reading: Reading) -> OrganReading? {
    if last.offset != offset { last = (offset, longestNamed(at: offset, in: reading)) }
    return last.organ
  }

  private func longestNamed(at offset: Int, in reading: Reading) -> OrganReading? {
    guard words.heads.mayOpen(reading.bytes.span, at: offset) || Gazetteer.shared.mayOpen(at: offset, in: reading)
    else { return nil }
    let state = longest(national(at: offset, in: reading), central(at: offset, in: reading))
    let own = longest(longest(state, enterprise(at: offset, in: reading)), numberedInstitution(at: offset, in: reading))
    let found = longest(own, prefixed(at: offset, in: reading))
    let branch = [own, found].lazy.compactMap { $0.flatMap { self.branch(of: $0, in: reading) } }.first
    return longest(branch, found)
  }

  /// Behind the name or the level of a division.
  private func prefixed(at offset: Int, in reading: Reading) -> OrganReading? {
    let party = reading.end(of: "中共", at: offset) ?? reading.end(of: "中国共产党", at: offset)
    let start = party ?? offset
    if let region = regions.region(at: start, in: reading) {
      if let zone = zoneAdministration(of: region, in: reading) { return zone }
      if region.sense.form == .geographic { return institution(of: region, in: reading) }
      return tail(of: region, in: reading).map { party == nil ? $0 : ofParty($0) }
    }
    if let league = league(at: offset, in: reading) { return league }
    guard party == nil, let level = reading.level(at: offset) else { return nil }
    if Holder.level(of: level.word) == .township, home.township == nil { return nil }
    let holder = Holder(name: home.name(of: level.word), level: Holder.level(of: level.word), isNamed: false)
    return longest(tail(holder, at: level.end, in: reading), ownInstitution(at: level.end, in: reading))
  }

  /// A school, a hospital or an enterprise of a level, by what it is for: 市实验中学, 省中医院, 市公交集团.
  private func ownInstitution(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let end = offices.institution(at: offset, in: reading), 9...24 ~= end - offset,
      !Self.kindStarts.contains(reading.character(at: offset)), !reading.has(anyOf: Self.kindWords, at: offset),
      !reading.has(anyOf: ["有限公司", "有限责任公司", "中小学"], before: end),
      !reading[offset..<end].contains(where: { "余多家所个".contains($0) })
    else { return nil }
    return OrganReading(end: end, canonical: nil, rule: "organ.institution.own")
  }

  /// What stands behind a level where a kind is spoken of, not one school or firm: 市属医院, 市民营医院.
  private static let kindStarts: Characters = "级属直内外域管里办重示"
  private static let kindWords: [StaticString] = [
    "民营", "民办", "公办", "公立", "私立", "国有", "骨干", "龙头", "优质", "上市", "多家", "三甲",
  ]

  /// Behind the name of a division, also where its last character begins the name: 黄石 in 黄石市民之家.
  private func tail(of region: RegionReading, in reading: Reading) -> OrganReading? {
    let own = region.sense.division.name == regions.township ? regions.township : nil
    let name = region.name ?? own
    let level = region.sense.form == .township ? .township : region.sense.division.level
    let holder = Holder(name: name, level: level, isNamed: true)
    let organ = longest(institution(of: region, in: reading), governed(region, holder, in: reading))
    guard region.sense.form == .full, let start = Optional(reading.previous(region.end)),
      let shared = words.offices.longest(in: reading, at: start), shared.end > max(organ?.end ?? 0, region.end)
    else { return organ }
    return OrganReading(end: shared.end, canonical: canonical(shared.row[1], name), rule: "organ.office")
  }

  /// The organ of the division; a centre that only bears its name (庆阳数据中心) is none.
  private func governed(_ region: RegionReading, _ holder: Holder, in reading: Reading) -> OrganReading? {
    guard let organ = tail(holder, at: region.end, in: reading) else { return nil }
    guard region.sense.form == .short, organ.rule == "organ.open" || organ.rule == "organ.chain" else { return organ }
    if reading.has("中心", before: organ.end) { return nil }
    return words.hasOwnName(region.end..<organ.end, in: reading)
      ? OrganReading(end: organ.end, canonical: nil, rule: organ.rule) : organ
  }

  /// The same organ behind 中共: 中共黄冈市交通运输局党组.
  private func ofParty(_ organ: OrganReading) -> OrganReading {
    guard let name = organ.canonical, !name.hasPrefix("中国共产党"), !name.hasPrefix("中共") else { return organ }
    return OrganReading(end: organ.end, canonical: "中共" + name, rule: organ.rule)
  }

  /// The administration of a zone: 雄安新区管委会, 黄冈高新区管委会.
  private func zoneAdministration(of region: RegionReading, in reading: Reading) -> OrganReading? {
    let zone = region.sense.form == .geographic ? region.end : Places.zone(behind: region, in: reading)
    let kinds: [StaticString] = ["管委会", "管理委员会", "党工委"]
    guard let zone, let end = kinds.lazy.compactMap({ reading.end(of: $0, at: zone) }).first else { return nil }
    return OrganReading(end: end, canonical: nil, rule: "organ.zone")
  }

  private func institution(of region: RegionReading, in reading: Reading) -> OrganReading? {
    offices.institution(at: region.end, in: reading).map {
      OrganReading(end: $0, canonical: nil, rule: "organ.institution")
    }
  }

  private func longest(_ first: OrganReading?, _ second: OrganReading?) -> OrganReading? {
    guard let first, let second else { return first ?? second }
    return first.end >= second.end ? first : second
  }
}
