/// Offices that stand without the division they belong to.
extension Organs {
  /// An office without a division before it: one that has a name of its own, or any behind 我市.
  func bare(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let name = offices.name(at: offset, in: reading, isOpen: false) else { return nil }
    let isOurs = reading.isBehindOurs(offset)
    let isKnown = words.offices.longest(in: reading, at: offset).map { $0.row[2] == "y" && $0.end == name.end } ?? false
    guard isOurs || !reading.isGeneric(offset) && (isKnown || isOffice(offset..<name.end, in: reading)) else {
      // 联合文明办 holds the office that a verb before it hides.
      if !reading.has("办", before: name.end) { passedOver = max(passedOver, name.end) }
      return nil
    }
    let canonical =
      home.division == nil
      ? centralName(offset..<name.end, in: reading) : isKnown || isOurs ? self.canonical(name.full, home.name) : nil
    return OrganReading(end: name.end, canonical: canonical, rule: name.rule + ".bare")
  }

  /// The Youth League's committee of a division: 团县委, 团市委.
  func league(at offset: Int, in reading: Reading) -> OrganReading? {
    guard let start = reading.end(of: "团", at: offset),
      let level = Reading.levels.first(where: { reading.has($0, at: start) }),
      let end = reading.end(of: "委", at: start + level.utf8CodeUnitCount),
      !"集社兵军剧代表".unicodeScalars.contains(reading.character(before: offset)),
      !"员会".unicodeScalars.contains(reading.character(at: end))
    else { return nil }
    let canonical = home.name(of: "\(level)").map { "共青团\($0)委员会" }
    return OrganReading(end: end, canonical: canonical, rule: "organ.league")
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

  func canonical(_ full: String?, _ region: String?) -> String? {
    guard let full, let region else { return nil }
    return full.contains("{R}") ? full.replacing("{R}", with: region) : region + full
  }
}
