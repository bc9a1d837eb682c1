/// Organs of the centre, with the bureaus of ministries, and enterprises that every text knows.
extension Organs {
  func national(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let match = words.national.longest(in: reading, at: offset), !isDepartment(match.end, in: reading),
      match.end - offset > 6 || match.row[2] == "media" || reading.isClauseStart(offset)
    else { return nil }
    let canonical = match.row[1].isEmpty ? nil : match.row[1]
    if let office = reading.end(of: "办公室", at: match.end), reading.has("委员会", before: match.end) {
      return OrganReading(end: office, canonical: canonical.map { $0 + "办公室" }, rule: "organ.unit")
    }
    if let unit = bureau(at: match.end, in: reading) {
      return OrganReading(end: unit, canonical: canonical.map { $0 + reading[match.end..<unit] }, rule: "organ.bureau")
    }
    return OrganReading(
      end: match.end, canonical: canonical, rule: match.row[2] == "media" ? "organ.media" : "organ.national")
  }

  /// A body of the centre that no table lists: 国家 and the name of an office, 国务院…领导小组, 中国…协会, 中国…集团有限公司.
  func central(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let head = Self.heads.first(where: { reading.has($0.word, at: offset) }) else { return nil }
    let start = offset + head.word.utf8CodeUnitCount
    let name = offices.name(at: start, in: reading, isOpen: false)
    let office = name.flatMap { reading.has(anyOf: head.endings, before: $0.end) ? $0.end : nil }
    let kinds = head.kinds.flatMap { offices.end(ofNameAt: start, kinds: $0, in: reading) }
    guard let end = [office, kinds].compactMap({ $0 }).max() else { return nil }
    let full = end == name?.end ? name?.full.map { "\(head.word)\($0)" } : reading[offset..<end]
    return OrganReading(end: end, canonical: full, rule: "organ.central")
  }

  /// A hospital, a school or an institute that belongs to a university: 中南大学湘雅医院, 浙江大学金华研究院.
  private func clinic(of organ: OrganReading, in reading: Reading) -> OrganReading? {
    guard !Self.joints.contains(reading.character(at: organ.end)),
      let end = offices.institution(at: organ.end, in: reading),
      reading.has(anyOf: ["医院", "研究院", "研究生院", "附属中学", "附属小学"], before: end)
    else { return nil }
    return OrganReading(end: end, canonical: nil, rule: "organ.branch")
  }

  private static let commissions: Words = [
    "领导小组办公室", "领导小组", "协调小组办公室", "协调小组", "委员会办公室", "委员会", "联席会议办公室", "联席会议", "指挥部",
  ]
  private static let associations: Words = [
    "协会", "学会", "研究院", "研究会", "基金会", "联合会", "商会", "促进会", "科学院", "设计院",
  ]

  /// The words that head names of the whole country's bodies, how the names of offices end there, and those of others.
  private static let heads: [(word: StaticString, endings: [StaticString], kinds: Words?)] = [
    ("国家", ["局", "委", "办", "委员会", "领导小组", "指挥部"], nil), ("国务院", [], commissions),
    ("中央", [], commissions), ("全国", [], commissions), ("中华全国", [], commissions + associations),
    ("中国", [], commissions + associations + OfficeNames.firms),
  ]

  /// 财政部 of 财政部门, and what a name of a national organ is a part of only.
  private func isDepartment(_ end: Int, in reading: Reading) -> Bool {
    let after = reading.character(at: end)
    if reading.has("联合国", before: end) { return after == "家" }
    return reading.character(before: end) == "部" && "门队分署际".unicodeScalars.contains(after)
  }

  /// A bureau of a ministry: 生态环境部水生态环境司, 公安部交通管理局.
  private func bureau(at offset: Int, in reading: Reading) -> Int? {
    if let office = reading.end(of: "办公厅", at: offset) { return office }
    if Gazetteer.shared.mayOpen(at: offset, in: reading), regions.region(at: offset, in: reading) != nil { return nil }
    var position = offset
    for count in 0..<12 {
      if count > 1, let end = bureauEnd(at: position, in: reading) { return end }
      let character = reading.character(at: position)
      guard character.isHan, !Self.joints.contains(character), words.stops.end(in: reading, at: position) == nil else {
        return nil
      }
      position = reading.next(position)
    }
    return nil
  }

  private static let joints: Characters = "与和及"

  /// The offset behind a 司, a 局 or a 研究所 that ends a name there: not 公司, 司法, 司局, 格局, 局面.
  private func bureauEnd(at offset: Int, in reading: Reading) -> Int? {
    if let end = reading.end(of: "司", at: offset), !reading.has("公", before: offset),
      !"法局令".unicodeScalars.contains(reading.character(at: end))
    {
      return end
    }
    if let end = reading.end(of: "研究所", at: offset) ?? reading.end(of: "研究院", at: offset) { return end }
    guard let end = reading.end(of: "局", at: offset), offices.isBureau(offset..<end, in: reading) else { return nil }
    return "面势限部".unicodeScalars.contains(reading.character(at: end)) ? nil : end
  }

  /// A branch that an organ of the centre, a bank or an enterprise has in a division: 国家税务总局黄冈市税务局, 农业银行英山县支行.
  func branch(of organ: OrganReading, in reading: Reading) -> OrganReading? {
    if reading.has("大学", before: organ.end), let clinic = clinic(of: organ, in: reading) { return clinic }
    if let end = subdistrictOffice(behind: organ, in: reading) {
      let canonical = organ.canonical.map { $0 + reading[organ.end..<end] }
      return OrganReading(end: end, canonical: canonical, rule: "organ.branch")
    }
    guard let region = regions.region(at: organ.end, in: reading), region.sense.form != .geographic else { return nil }
    guard let end = Self.branches.end(in: reading, at: region.end) else { return nil }
    let canonical = organ.canonical.map { $0 + reading[organ.end..<end] }
    return OrganReading(end: end, canonical: canonical, rule: "organ.branch")
  }

  /// The office that a government has in a subdistrict: 上城区人民政府清波街道办事处.
  private func subdistrictOffice(behind organ: OrganReading, in reading: Reading) -> Int? {
    guard reading.has("人民政府", before: organ.end) else { return nil }
    var position = organ.end
    for count in 0..<6 {
      if count > 0, let end = reading.end(of: "街道办事处", at: position) { return end }
      guard reading.character(at: position).isHan else { return nil }
      position = reading.next(position)
    }
    return nil
  }

  private static let branches: Words = [
    "中心支行", "分行", "支行", "分公司", "供电公司", "供电局", "电力公司", "监管分局", "监管局", "监管支局", "分局", "税务局", "海关", "调查总队",
    "调查队", "办事处", "专员办", "分中心", "分院", "分校", "校区",
  ]

  /// A school or a hospital that bears a number, with no division before it: 第二幼儿园, 第三人民医院; not that of a university.
  func numberedInstitution(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let number = reading.end(of: "第", at: offset).flatMap(reading.numeral),
      !reading.has(anyOf: ["大", "学", "院", "附属"], before: offset)
    else { return nil }
    guard let end = Self.numbered.end(in: reading, at: number.end),
      !"生老教阶时".unicodeScalars.contains(reading.character(at: end))
    else { return nil }
    return OrganReading(end: reading.end(of: "分校", at: end) ?? end, canonical: nil, rule: "organ.numbered")
  }

  private static let numbered: Words = [
    "人民医院", "中医医院", "中医院", "医院", "实验中学", "高级中学", "初级中学", "中学", "实验小学", "中心小学", "小学", "实验幼儿园", "幼儿园",
  ]

  func enterprise(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let match = words.enterprises.longest(in: reading, at: offset),
      !match.row[1].unicodeScalars.contains(reading.character(before: offset))
    else { return nil }
    let end = Self.enterprises.end(in: reading, at: match.end) ?? match.end
    return OrganReading(end: end, canonical: nil, rule: "organ.enterprise")
  }

  private static let enterprises: Words = [
    "控股集团有限公司", "集团股份有限公司", "集团有限公司", "股份有限公司", "有限公司", "控股集团", "集团公司", "集团", "公司", "股份", "控股", "半导体", "汽车",
    "科技", "数科",
  ]
}
