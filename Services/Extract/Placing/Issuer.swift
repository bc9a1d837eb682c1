internal import Record
private import Text

/// Whose document it is, and which place of the document says so.
struct FoundIssuer {
  let source: String
  let issuer: DocumentFacts.Issuer
}

/// Whose document it is: what each of its places says that names an organ in full, first the one to follow: its title, its
/// byline, the congress that it reports to, its signature, the publisher that the page names; else the division of its title.
func issuers(of record: DocumentRecord) -> [FoundIssuer] {
  let title = Reading(Array((record.document.title ?? TitleWords(record).words).utf8))
  let text = Reading(record.text.bytes)
  let township = Township(title: title, text: text)
  let sources = IssuerSources(county: township?.county)
  let found = [
    ("title", sources.opening(title) ?? sources.named(title, in: text)), ("byline", sources.byline(text)),
    ("session", sources.session(text)), ("signature", sources.signature(text)),
    ("publisher", sources.publisher(record.document.publisher)),
  ].compactMap { source, issuer in issuer.map { FoundIssuer(source: source, issuer: $0) } }
  if !found.isEmpty { return found }
  let last =
    sources.regionOfTitle(title, record.document.kind) ?? (isReport(record.document.kind) ? township?.issuer : nil)
  return last.map { [FoundIssuer(source: "title", issuer: $0)] } ?? []
}

private func isReport(_ kind: DocumentFacts.Kind?) -> Bool { kind == .annualReport || kind == .workReport }

/// The places of a document that name its issuer.
private struct IssuerSources {
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

  /// The government that reports to a session of its congress: `——2023年1月5日在英山县第十九届人民代表大会第二次会议上`.
  func session(_ text: Reading) -> DocumentFacts.Issuer? {
    let regions = Regions(home: county)
    var offset = 0
    while offset < min(text.end, 900) {
      if let start = text.end(of: "在", at: offset), let region = regions.region(at: start, in: text), region.isCertain,
        text.termNumber(at: region.end).map({ text.has(anyOf: ["人民代表大会", "人大"], at: $0.end) }) ?? false
      {
        return government(of: region, regions)
      }
      offset = text.next(offset)
    }
    return nil
  }

  private func government(of region: RegionReading, _ regions: Regions) -> DocumentFacts.Issuer {
    var issuer = DocumentFacts.Issuer(name: governmentName(of: regions.canonicalName(of: region.sense)))
    place(&issuer, region, regions)
    return issuer
  }

  /// The organ on a line of its own under the title.
  func byline(_ text: Reading) -> DocumentFacts.Issuer? {
    for line in lines(text, from: 0, count: 8).dropFirst() {
      let start = text.skippingBlanks(line.lowerBound)
      if let head = headOfGovernment(at: start, in: text) { return head }
      guard let found = organs(at: start, in: text),
        text.skippingBlanks(found[found.count - 1].upperBound) >= line.upperBound
      else { continue }
      return issuer(found, in: text)
    }
    return nil
  }

  /// The government whose head delivers a report: `国务院总理 …`, `广东省省长 …`, `四川省人民政府省长 …`.
  func headOfGovernment(at offset: Int, in text: Reading) -> DocumentFacts.Issuer? {
    let heads: [StaticString] = ["省长", "市长", "县长", "区长", "州长", "旗长", "主席", "总理", "代省长", "代市长"]
    if let found = organs(at: offset, in: text), found.count == 1, text.has(anyOf: heads, at: found[0].upperBound) {
      return issuer(found, in: text)
    }
    let regions = Regions(home: county)
    guard let region = regions.region(at: offset, in: text), region.isCertain, text.has(anyOf: heads, at: region.end)
    else {
      return nil
    }
    return government(of: region, regions)
  }

  /// The organ before the date at the end of a document, also where lines are lost.
  func signature(_ text: Reading) -> DocumentFacts.Issuer? {
    var offset = max(0, text.end - 900)
    while offset < text.end, text.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    var last: [Range<Int>]?
    while offset < text.end {
      guard text.isClauseStart(offset) || text.character(before: offset) == "。",
        let found = organs(at: offset, in: text)
      else {
        offset = text.next(offset)
        continue
      }
      let end = found[found.count - 1].upperBound
      var date = end
      for _ in 0..<12 where [" ", "\n"].contains(text.character(at: date)) { date = text.next(date) }
      if text.year(at: date) != nil { last = found }
      offset = end
    }
    return last.map { issuer($0, in: text) }
  }

  func publisher(_ name: String?) -> DocumentFacts.Issuer? {
    let words = Reading(Array((name ?? "").utf8))
    guard let found = organs(at: 0, in: words), found[found.count - 1].upperBound == words.end else { return nil }
    return issuer(found, in: words)
  }

  /// The government of the division that the title of a government's report names: `X市2020年法治政府建设情况报告`.
  func regionOfTitle(_ title: Reading, _ kind: DocumentFacts.Kind?) -> DocumentFacts.Issuer? {
    guard isReport(kind) else { return nil }
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
    if let region = regions.region(at: start, in: reading), region.isCertain { place(&issuer, region, regions) }
    return issuer
  }
}

/// The name in full; organs of the party and the centre keep the form in which they sign.
private func officialForm(_ canonical: String?, _ written: String) -> String {
  guard let canonical, !canonical.hasPrefix("中国共产党"), !canonical.hasPrefix("中华人民共和国") else { return written }
  return canonical
}

private func place(_ issuer: inout DocumentFacts.Issuer, _ region: RegionReading, _ regions: Regions) {
  issuer.region = regions.canonicalName(of: region.sense)
  issuer.code =
    regions.code(of: region.sense) ?? (region.sense.division.code > 0 ? String(region.sense.division.code) : nil)
  issuer.level = region.sense.form == .township ? .township : region.sense.division.level
}

/// The lines of a text from an offset on that are not empty, the first ones only.
func lines(_ text: Reading, from offset: Int, count: Int) -> [Range<Int>] {
  var (lines, start): ([Range<Int>], Int) = ([], offset)
  while start < text.end, text.bytes[start] & 0xC0 == 0x80 { start += 1 }
  while lines.count < count, start < text.end {
    let end = text.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.end
    if text.skippingBlanks(start) < end { lines.append(start..<end) }
    start = end + 1
  }
  return lines
}
