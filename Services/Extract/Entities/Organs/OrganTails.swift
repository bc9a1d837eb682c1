internal import Record

/// Whose organ it is: a division, named or by the word of its level.
struct Holder {
  /// The official name, where known.
  let name: String?
  let level: DocumentFacts.Issuer.Level?
  /// Whether the text names it.
  let isNamed: Bool

  static func level(of word: String) -> DocumentFacts.Issuer.Level? {
    switch word {
    case "省", "自治区": .province
    case "州", "自治州", "盟", "市": .prefecture
    case "镇", "乡", "街道": .township
    default: .county
    }
  }
}

/// What stands behind a division: its organs with their units, and its departments.
extension Organs {
  func tail(_ holder: Holder, at offset: Int, in reading: Reading) -> OrganReading? {
    let body = body(holder, at: offset, in: reading)
    let office = OfficeNames().name(at: offset, in: reading, isOpen: body == nil).map { name in
      OrganReading(end: name.end, canonical: join(holder.name, name.full), rule: name.rule)
    }
    guard let body else { return office }
    return office.map { $0.end > body.end ? $0 : body } ?? body
  }

  private func body(_ holder: Holder, at offset: Int, in reading: Reading) -> OrganReading? {
    guard let match = OrganWords.shared.bodies.longest(in: reading, at: offset),
      isBody(match.row, at: offset, match.end, holder, in: reading)
    else { return nil }
    let body = OrganReading(end: match.end, canonical: canonical(of: match.row, holder), rule: "organ.body")
    if let posted = posted(match.end, in: reading) { return posted }
    switch match.row[2] {
    case "party": return partyUnit(holder, at: match.end, in: reading) ?? body
    case "government": return unit(of: body, at: match.end, in: reading) ?? body
    case "congress": return unit(of: body, at: match.end, in: reading) ?? body
    default: return outpost(of: body, at: match.end, in: reading) ?? body
    }
  }

  /// The group that a commission of inspection keeps in a department: 市纪委监委驻市水利局纪检监察组.
  private func posted(_ offset: Int, in reading: Reading) -> OrganReading? {
    guard reading.has(anyOf: ["纪委", "监委", "委员会"], before: offset),
      let start = reading.end(of: "驻", at: offset) ?? reading.end(of: "派驻", at: offset)
    else { return nil }
    var position = start
    for _ in 0..<24 where reading.character(at: position).isHan {
      if let end = reading.end(of: "纪检监察组", at: position) ?? reading.end(of: "纪检组", at: position) {
        return OrganReading(end: end, canonical: nil, rule: "organ.posted")
      }
      position = reading.next(position)
    }
    return nil
  }

  /// A court's tribunal or a procuratorate's office in a town: 英山县人民法院温泉人民法庭.
  private func outpost(of body: OrganReading, at offset: Int, in reading: Reading) -> OrganReading? {
    let kinds: [StaticString] = reading.has("法院", before: offset) ? ["人民法庭", "法庭"] : ["检察室"]
    guard reading.has(anyOf: ["法院", "检察院"], before: offset) else { return nil }
    var position = reading.end(of: "驻", at: offset) ?? offset
    for _ in 0..<8 {
      if let end = kinds.lazy.compactMap({ reading.end(of: $0, at: position) }).first {
        return OrganReading(
          end: end, canonical: body.canonical.map { $0 + reading[offset..<end] }, rule: "organ.outpost")
      }
      guard reading.character(at: position).isHan, OrganWords.shared.stops.end(in: reading, at: position) == nil else {
        return nil
      }
      position = reading.next(position)
    }
    return nil
  }

  /// Whether the word is the organ there: not 委 of 委员 and 委托, 政府 of 政府性; a town has no 委, a city no 党委.
  private func isBody(_ row: [String], at offset: Int, _ end: Int, _ holder: Holder, in reading: Reading) -> Bool {
    let after = reading.character(at: end)
    switch row[2] {
    case "party": return holder.level != .township && !"托派任员会".unicodeScalars.contains(after)
    case "committee":
      if after == "会", !reading.has("会同", at: end) { return false }
      return holder.level == .township || holder.level == .province || holder.isNamed
    case "government": return !"性".unicodeScalars.contains(after)
    default: return true
    }
  }

  private func canonical(of row: [String], _ holder: Holder) -> String? {
    guard let name = holder.name, !row[1].isEmpty else { return nil }
    var pattern = row[1]
    if row[0] == "法院", holder.level == .prefecture { pattern = "{R}中级人民法院" }
    if row[0] == "法院", holder.level == .province { pattern = "{R}高级人民法院" }
    return pattern.replacing("{R}", with: name)
  }

  /// 市委宣传部, 市委全面依法治市委员会办公室, 县委法治建设领导小组.
  private func partyUnit(_ holder: Holder, at offset: Int, in reading: Reading) -> OrganReading? {
    let listed = OrganWords.shared.party.longest(in: reading, at: offset)
    let named = OfficeNames().name(at: offset, in: reading, isOpen: false)
    if let listed, listed.end >= named?.end ?? 0 {
      let full = listed.row[1].isEmpty ? nil : holder.name.map { "中共\($0)委\(listed.row[1])" }
      return OrganReading(end: listed.end, canonical: full, rule: "organ.party")
    }
    guard let named else { return nil }
    let full = named.full.flatMap { full in holder.name.map { "中共\($0)委\(full)" } }
    return OrganReading(end: named.end, canonical: full, rule: "organ.party.unit")
  }

  /// 市政府办公室, 市政府行政执法协调监督局, 市人大常委会法制工作委员会.
  private func unit(of body: OrganReading, at offset: Int, in reading: Reading) -> OrganReading? {
    let units: [(StaticString, String)] = [
      ("办公室", "办公室"), ("办公厅", "办公厅"), ("党组", "党组"), ("法制机构", ""), ("督查室", "督查室"), ("研究室", "研究室"),
      ("法律顾问室", "法律顾问室"), ("机关事务服务中心", "机关事务服务中心"), ("参事室", "参事室"),
    ]
    for (word, full) in units {
      guard let end = reading.end(of: word, at: offset) else { continue }
      let canonical = full.isEmpty ? nil : body.canonical.map { $0 + full }
      return OrganReading(end: end, canonical: canonical, rule: "organ.unit")
    }
    guard let name = OfficeNames().name(at: offset, in: reading, isOpen: false) else { return nil }
    return OrganReading(end: name.end, canonical: join(body.canonical, name.full), rule: "organ.unit.office")
  }

  private func join(_ region: String?, _ full: String?) -> String? {
    guard let region, let full else { return nil }
    return full.contains("{R}") ? full.replacing("{R}", with: region) : region + full
  }
}

extension Organs {
  /// The government, committee or congress at an offset without the unit behind it: 市委 of 市委常委会会议.
  func base(at offset: Int, in reading: Reading) -> OrganReading? {
    let holder: Holder
    let start: Int
    if let region = regions.region(at: offset, in: reading), region.sense.form != .geographic {
      holder = Holder(name: region.name, level: region.sense.division.level, isNamed: true)
      start = region.end
    } else if let level = reading.level(at: offset) {
      holder = Holder(name: home.name(of: level.word), level: Holder.level(of: level.word), isNamed: false)
      start = level.end
    } else {
      return nil
    }
    guard let body = Self.bases.first(where: { reading.has($0.0, at: start) }) else { return nil }
    return OrganReading(
      end: start + body.0.utf8CodeUnitCount, canonical: holder.name.map { body.1.replacing("{R}", with: $0) },
      rule: "organ.base")
  }

  private static let bases: [(StaticString, String)] = [
    ("人民政府", "{R}人民政府"), ("政府", "{R}人民政府"), ("委", "中国共产党{R}委员会"), ("人大常委会", "{R}人民代表大会常务委员会"),
    ("党委", "中国共产党{R}委员会"),
  ]
}
