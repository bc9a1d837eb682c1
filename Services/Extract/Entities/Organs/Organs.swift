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
  let regions: Regions
  let home: Home
  private let words = OrganWords.shared
  private let offices = OfficeNames()
  /// Where the generic name ends that was last passed over: no name begins within it.
  private var passedOver = 0
  /// The short names that the text has given so far.
  private var aliases = Aliases()
  /// What `named` found last: families that build on organs ask at the same characters.
  private var last: (offset: Int, organ: OrganReading?) = (-1, nil)

  init(regions: Regions, home: Home) {
    self.regions = regions
    self.home = home
  }

  func mention(at offset: Int, in reading: Reading) -> Entity? {
    guard reading.character(at: offset).isHan else { return nil }
    let named = named(at: offset, in: reading)
    let bare = offset < passedOver ? nil : bare(at: offset, in: reading)
    let alias = aliases.organ(at: offset, in: reading)
    guard let organ = [named, bare, alias].compactMap(\.self).max(by: { $0.end < $1.end }) else { return nil }
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
    [
      national(at: offset, in: reading), central(at: offset, in: reading), prefixed(at: offset, in: reading),
      enterprise(at: offset, in: reading),
    ]
    .compactMap(\.self).max { $0.end < $1.end }
  }

  /// Behind the name or the level of a division.
  private func prefixed(at offset: Int, in reading: Reading) -> OrganReading? {
    let party = reading.end(of: "中共", at: offset) ?? reading.end(of: "中国共产党", at: offset)
    let start = party ?? offset
    if let region = regions.region(at: start, in: reading), region.sense.form != .geographic {
      return tail(of: region, in: reading)
    }
    guard party == nil, let level = reading.level(at: offset) else { return nil }
    if Holder.level(of: level.word) == .township, home.township == nil { return nil }
    let holder = Holder(name: home.name(of: level.word), level: Holder.level(of: level.word), isNamed: false)
    return tail(holder, at: level.end, in: reading)
  }

  /// Behind the name of a division, also where its last character begins the name: 黄石 in 黄石市民之家.
  private func tail(of region: RegionReading, in reading: Reading) -> OrganReading? {
    let name = region.isCertain ? regions.canonicalName(of: region.sense) : nil
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
    let isCentre = reading.has("中心", before: organ.end) && organ.rule != "organ.office"
    return isCentre && region.sense.form == .short ? nil : organ
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

  private func national(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let match = words.national.longest(in: reading, at: offset), !isDepartment(match.end, in: reading),
      match.end - offset > 6 || reading.isClauseStart(offset)
    else { return nil }
    let canonical = match.row[1].isEmpty ? nil : match.row[1]
    if let office = reading.end(of: "办公室", at: match.end), reading.has("委员会", before: match.end) {
      return OrganReading(end: office, canonical: canonical.map { $0 + "办公室" }, rule: "organ.unit")
    }
    if let unit = bureau(at: match.end, in: reading) {
      return OrganReading(end: unit, canonical: canonical.map { $0 + reading[match.end..<unit] }, rule: "organ.bureau")
    }
    return OrganReading(end: match.end, canonical: canonical, rule: "organ.national")
  }

  /// A department of the centre that no table lists: 国家 and the name of an office.
  private func central(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let start = reading.end(of: "国家", at: offset),
      let name = offices.name(at: start, in: reading, isOpen: false),
      reading.has(anyOf: ["局", "委", "办", "委员会"], before: name.end)
    else { return nil }
    return OrganReading(end: name.end, canonical: name.full.map { "国家\($0)" }, rule: "organ.central")
  }

  /// 财政部 of 财政部门, and what a name of a national organ is a part of only.
  private func isDepartment(_ end: Int, in reading: Reading) -> Bool {
    let after = reading.character(at: end)
    if reading.has("联合国", before: end) { return after == "家" }
    return reading.character(before: end) == "部" && "门队分署际".unicodeScalars.contains(after)
  }

  /// A bureau of a ministry: 生态环境部水生态环境司.
  private func bureau(at offset: Int, in reading: Reading) -> Int? {
    var position = offset
    for count in 0..<12 {
      if count > 1, let end = reading.end(of: "司", at: position), !reading.has("公", before: position),
        !"法局令".unicodeScalars.contains(reading.character(at: end))
      {
        return end
      }
      guard reading.character(at: position).isHan, words.stops.end(in: reading, at: position) == nil else { return nil }
      position = reading.next(position)
    }
    return nil
  }

  private func enterprise(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let match = words.enterprises.longest(in: reading, at: offset),
      !match.row[1].unicodeScalars.contains(reading.character(before: offset))
    else { return nil }
    let kinds: [StaticString] = [
      "集团有限公司", "股份有限公司", "有限公司", "集团公司", "集团", "公司", "股份", "半导体", "汽车", "科技",
    ]
    let end = kinds.lazy.compactMap { reading.end(of: $0, at: match.end) }.first ?? match.end
    return OrganReading(end: end, canonical: nil, rule: "organ.enterprise")
  }

  /// An office without a division before it: one that has a name of its own, or any behind 我市.
  private func bare(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let name = offices.name(at: offset, in: reading, isOpen: false) else { return nil }
    let isOurs = reading.isBehindOurs(offset)
    let isKnown = words.offices.longest(in: reading, at: offset).map { $0.row[2] == "y" && $0.end == name.end } ?? false
    guard isOurs || !reading.isGeneric(offset) && (isKnown || isOffice(offset..<name.end, in: reading)) else {
      passedOver = max(passedOver, name.end)
      return nil
    }
    let canonical =
      home.division == nil
      ? centralName(offset..<name.end, in: reading) : isKnown || isOurs ? self.canonical(name.full, home.name) : nil
    return OrganReading(end: name.end, canonical: canonical, rule: name.rule + ".bare")
  }

  /// The organ of the centre that a department's name means in a document of no division: 发展改革委, 林业局.
  private func centralName(_ span: Range<Int>, in reading: Reading) -> String? {
    ["国家", "中国"].lazy.compactMap { prefix in
      let name = Reading(Array((prefix + reading[span]).utf8))
      return self.words.national.longest(in: name, at: 0).flatMap { $0.end == name.end ? $0.row[1] : nil }
    }.first
  }

  /// Whether a chain is the name of one office: 创建工作领导小组, 领导小组办公室, but not 人民调解委员会.
  private func isOffice(_ span: Range<Int>, in reading: Reading) -> Bool {
    let endings: [StaticString] = ["领导小组", "领导小组办公室", "指挥部办公室", "政务服务中心", "行政服务中心"]
    return reading.character(before: span.lowerBound) != "("
      && endings.contains { reading.has($0, before: span.upperBound) && $0.utf8CodeUnitCount <= span.count }
  }

  private func canonical(_ full: String?, _ region: String?) -> String? {
    guard let full, let region else { return nil }
    return full.contains("{R}") ? full.replacing("{R}", with: region) : region + full
  }
}
