internal import Record

/// The division whose document is read, as its organs speak: what `市政府` and `省委` stand for.
struct Home: Sendable {
  let division: Division?
  /// The township, where the document is one of a town's.
  let township: String?

  init(division: Division? = nil, township: String? = nil) {
    self.division = division
    self.township = township
  }

  init(_ document: DocumentFacts) {
    division = document.issuer?.code.flatMap { Int($0) }.flatMap(Gazetteer.shared.division)
    township = document.issuer?.level == .township ? document.issuer?.region : nil
  }

  /// The home of a document: that of its issuer, else the division that its title begins with, else the one that it calls
  /// 我市, 我县 …: the first one of that level that its head names in full.
  init(_ record: DocumentRecord, _ reading: Reading) {
    let placed = Home(record.document)
    if placed.division == nil, record.document.issuer == nil,
      let division = Self.titled(record.document.title) ?? Self.spoken(in: reading)
    {
      self.init(division: division)
    } else {
      self = placed
    }
  }

  /// The division at the start of a title, or behind a sign in it: `文字实录|湖北…`.
  private static func titled(_ words: String?) -> Division? {
    let title = Reading(Array((words ?? "").utf8))
    let regions = Regions()
    let signs: Characters = "\0|:】—"
    var offset = 0
    while offset < title.end {
      if signs.contains(title.character(before: offset)), let region = regions.region(at: offset, in: title),
        region.isCertain, region.sense.form == .full || region.sense.form == .short
      {
        return region.sense.division
      }
      offset = title.next(offset)
    }
    return nil
  }

  private static func spoken(in reading: Reading) -> Division? {
    let head = min(reading.end, 3000)
    let levels: [(ours: StaticString, level: String)] = [("我省", "省"), ("我市", "市"), ("我县", "县"), ("我区", "区")]
    let regions = Regions()
    var (level, named, offset): (String?, [Division], Int) = (nil, [], 0)
    while offset < head {
      level = level ?? levels.first { reading.has($0.ours, at: offset) }?.level
      let region = regions.region(at: offset, in: reading)
      if let region, region.isCertain, region.sense.form == .full { named.append(region.sense.division) }
      offset = max(region?.end ?? 0, reading.next(offset))
    }
    return level.flatMap { level in named.first { $0.name.hasSuffix(level) } }
  }

  /// The official name of the division itself.
  var name: String? { township ?? division.map(Gazetteer.shared.officialName) }

  /// The official name of the division that a word of level means here: of the document's own, else of one it lies in.
  func name(of level: String) -> String? {
    if ["镇", "乡", "街道"].contains(level) { return township }
    var candidate = division
    while let division = candidate {
      if Self.fits(division, level) { return Gazetteer.shared.officialName(of: division) }
      candidate = Gazetteer.shared.parent(of: division.code)
    }
    return nil
  }

  private static func fits(_ division: Division, _ level: String) -> Bool {
    switch level {
    case "省": division.level == .province && division.name.hasSuffix("省")
    case "自治区": division.level == .province && division.name.hasSuffix("自治区")
    case "州", "自治州": division.level == .prefecture && division.name.hasSuffix("州")
    case "盟": division.level == .prefecture && division.name.hasSuffix("盟")
    case "市": division.name.hasSuffix("市")
    case "区": division.level == .county && division.name.hasSuffix("区")
    case "县", "自治县": division.level == .county && division.name.hasSuffix("县")
    case "旗", "自治旗": division.level == .county && division.name.hasSuffix("旗")
    default: false
    }
  }
}
