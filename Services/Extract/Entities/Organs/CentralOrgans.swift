/// Organs of the centre, with the bureaus of ministries, and enterprises that every text knows.
extension Organs {
  func national(at offset: Int, in reading: Reading) -> OrganReading? {
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
  func central(at offset: Int, in reading: Reading) -> OrganReading? {
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

  func enterprise(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let match = words.enterprises.longest(in: reading, at: offset),
      !match.row[1].unicodeScalars.contains(reading.character(before: offset))
    else { return nil }
    let kinds: [StaticString] = [
      "集团有限公司", "股份有限公司", "有限公司", "集团公司", "集团", "公司", "股份", "半导体", "汽车", "科技",
    ]
    let end = kinds.lazy.compactMap { reading.end(of: $0, at: match.end) }.first ?? match.end
    return OrganReading(end: end, canonical: nil, rule: "organ.enterprise")
  }
}
