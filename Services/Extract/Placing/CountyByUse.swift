internal import Record

/// The county that a report speaks of by its short form where it calls its government by its level only: 黎平 where 县人民政府
/// reports and 贵州 is named.
///
/// A short form counts only inside a division that the text names too; at least three times, and more than twice as often as
/// that of any other county. The first 9,000 bytes are read.
struct CountyByUse {
  let issuer: DocumentFacts.Issuer?

  init?(_ text: Reading) {
    let end = min(text.end, 9000)
    guard let level = Self.level(in: text, before: end) else { return nil }
    var uses: [Int: (count: Int, region: RegionReading)] = [:]
    for outer in Self.outerDivisions(in: text, before: end) {
      for region in Self.regions(in: text, before: end, Regions(home: outer)) {
        let division = region.sense.division
        guard region.sense.form == .short, division.level == .county, division.isWithin(outer),
          division.name.hasSuffix(level)
        else { continue }
        uses[division.code] = (uses[division.code, default: (0, region)].count + 1, region)
      }
    }
    let ranked = uses.values.sorted { $0.count > $1.count }
    guard let first = ranked.first, first.count >= 3, ranked.count == 1 || first.count > 2 * ranked[1].count else {
      return nil
    }
    issuer = IssuerSources(county: nil).government(of: first.region, Regions())
  }

  /// The word of the level whose government speaks, with nothing of a name before it.
  private static func level(in text: Reading, before end: Int) -> String? {
    let levels: [(words: StaticString, level: String)] = [
      ("代表县人民政府", "县"), ("代表区人民政府", "区"), ("代表市人民政府", "市"), ("代表县政府", "县"), ("代表区政府", "区"), ("代表市政府", "市"),
    ]
    var offset = 0
    while offset < end {
      if let level = levels.first(where: { text.has($0.words, at: offset) })?.level { return level }
      offset = text.next(offset)
    }
    return nil
  }

  /// The codes of the provinces and prefectures that the text names, the inner ones where both are, at most eight.
  private static func outerDivisions(in text: Reading, before end: Int) -> [Int] {
    let named = Set(
      regions(in: text, before: end, Regions()).lazy.filter { $0.isCertain && $0.sense.form != .geographic }
        .map(\.sense.division).filter { $0.level != .county }.map(\.code))
    let inner = named.filter { code in !named.contains { $0 != code && Division(code: $0, name: "").isWithin(code) } }
    return Array(inner.sorted().prefix(8))
  }

  private static func regions(in text: Reading, before end: Int, _ regions: Regions) -> [RegionReading] {
    var (found, offset): ([RegionReading], Int) = ([], 0)
    while offset < end {
      let region = Gazetteer.shared.mayOpen(at: offset, in: text) ? regions.region(at: offset, in: text) : nil
      if let region { found.append(region) }
      offset = max(region?.end ?? 0, text.next(offset))
    }
    return found
  }
}
