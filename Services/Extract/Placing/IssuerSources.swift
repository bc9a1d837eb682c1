internal import Record

/// The places of a document that name its issuer.
struct IssuerSources {
  /// Divisions as the document means them: a town's name counts in a document of its county.
  let county: Int?

  /// The organs at the start of a title: one, or several that issue it together. Who speaks (`交通运输部：…`) and whose officer
  /// is spoken of (`…委员一行到…`) has not issued it.
  func opening(_ title: Reading) -> DocumentFacts.Issuer? {
    guard let found = organs(at: title.skippingBlanks(0), in: title) else { return nil }
    let end = found[found.count - 1].upperBound
    let roles: [StaticString] = [":", "委员", "书记", "主任", "局长", "副", "党组成员", "调研", "到"]
    return title.has(anyOf: roles, at: end) || title.character(at: end) == ":" ? nil : issuer(found, in: title)
  }

  /// The organ that a title names by its level only, where the text names the division too: 省水利厅 by 湖北省水利厅.
  func named(_ title: Reading, in text: Reading) -> DocumentFacts.Issuer? {
    let start = title.skippingBlanks(0)
    guard let level = title.level(at: start),
      let organ = Organs(regions: Regions(), home: Home()).named(at: start, in: title)
    else { return nil }
    let words = title.bytes[start..<organ.end]
    var offset = 0
    while offset + words.count <= min(text.end, 6000) {
      let end = offset + words.count
      if text.bytes[offset..<end] == words, let region = region(before: offset + level.word.utf8.count, in: text) {
        let name = Reading(Array(text.bytes[region..<end]))
        if let found = organs(at: 0, in: name) { return issuer(found, in: name) }
      }
      offset = text.next(offset)
    }
    return nil
  }

  /// Where the name of a division begins that ends at an offset, at most 12 characters before it.
  private func region(before end: Int, in text: Reading) -> Int? {
    let regions = Regions(home: county)
    var (offset, found): (Int, Int?) = (end, nil)
    for _ in 0..<12 where text.character(before: offset).isHan {
      offset = text.previous(offset)
      if regions.region(at: offset, in: text)?.end == end { found = offset }
    }
    return found
  }

  /// The government of a division.
  func government(of region: RegionReading, _ regions: Regions) -> DocumentFacts.Issuer {
    var issuer = DocumentFacts.Issuer(name: governmentName(of: regions.canonicalName(of: region.sense)))
    place(&issuer, region, regions)
    return issuer
  }

  func publisher(_ name: String?) -> DocumentFacts.Issuer? {
    let words = Reading(Array((name ?? "").utf8))
    guard let found = organs(at: 0, in: words), found[found.count - 1].upperBound == words.end else { return nil }
    return issuer(found, in: words)
  }

  /// The government of the division that the title of a government's report names: `X市2020年法治政府建设情况报告`.
  func regionOfTitle(_ title: Reading) -> DocumentFacts.Issuer? {
    let regions = Regions(home: county)
    var offset = 0
    while offset < title.end {
      if isHead(offset, in: title), let region = regions.region(at: offset, in: title), region.isCertain,
        region.sense.form != .geographic, !title.has(anyOf: ["中心", "管委会", "管理委员会"], within: 20, from: region.end)
      {
        return government(of: region, regions)
      }
      offset = title.next(offset)
    }
    return nil
  }

  /// Whether what stands at an offset of a title may say whose it is: at its start, behind a year or 关于.
  private func isHead(_ offset: Int, in title: Reading) -> Bool {
    let before = title.character(before: offset)
    return !before.isHan || before == "年" || before == "度" || title.has("关于", before: offset)
  }

  /// The organs at an offset that name their division, one behind the other with nothing but blanks or 、 between them.
  func organs(at offset: Int, in reading: Reading) -> [Range<Int>]? {
    let organs = Organs(regions: Regions(home: county), home: Home())
    var (found, start): ([Range<Int>], Int) = ([], offset)
    while found.count < 6, let organ = organs.named(at: start, in: reading),
      organ.canonical != nil || organ.rule == "organ.zone",
      organ.rule != "organ.media"
    {
      found.append(start..<organ.end)
      start = organ.end
      for _ in 0..<12 where [" ", "\n", "、"].contains(reading.character(at: start)) { start = reading.next(start) }
    }
    return found.isEmpty ? nil : found
  }

  func issuer(_ organs: [Range<Int>], in reading: Reading) -> DocumentFacts.Issuer {
    let regions = Regions(home: county)
    let names = organs.map { organ in
      let canonical = Organs(regions: regions, home: Home()).named(at: organ.lowerBound, in: reading)?.canonical
      return officialForm(canonical, reading[organ])
    }
    var issuer = DocumentFacts.Issuer(name: names.joined(separator: " "))
    let start = reading.end(of: "中共", at: organs[0].lowerBound) ?? organs[0].lowerBound
    guard let region = regions.region(at: start, in: reading), region.isCertain, region.sense.form != .geographic
    else { return issuer }
    place(&issuer, region, regions)
    if names.count == 1, names[0].hasSuffix("街道办事处") {
      issuer.region = String(names[0].replacing("人民政府", with: "").dropLast("办事处".count))
      issuer.level = .township
    }
    return issuer
  }
}
