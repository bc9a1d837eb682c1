internal import Record

/// The town, township or subdistrict whose document it is: the one that its title begins with, else one that a line at its
/// head or its end names as the organ.
///
/// Several counties have towns of one name: the county is known where one only has it, or where the text names the county or
/// the city it lies in.
struct Township {
  let name: String
  /// The code of its county, where that is certain.
  let county: Int?

  init?(title: Reading, text: Reading) {
    let start = title.skippingBlanks(0)
    guard let found = Self.named(at: start, in: title) ?? Self.onLine(of: text) else { return nil }
    name = found.name
    county = Self.county(of: found.counties, in: text)
  }

  /// Its government, as far as the name alone tells it.
  var issuer: DocumentFacts.Issuer {
    var issuer = DocumentFacts.Issuer(name: governmentName(of: name))
    issuer.region = name
    issuer.level = .township
    return issuer
  }

  /// Where the name of a township ends that begins at an offset; nil where the tables know none.
  static func end(at offset: Int, in reading: Reading) -> Int? {
    named(at: offset, in: reading).map { offset + $0.name.utf8.count }
  }

  private typealias Named = (name: String, counties: [Int])

  /// The name of a township at an offset with the counties that have one of it; one of no table counts before its organ.
  private static func named(at offset: Int, in reading: Reading) -> Named? {
    if let name = Gazetteer.shared.longestName(in: reading, at: offset), name.senses[0].form == .township {
      return (reading[offset..<offset + name.length], name.senses.map(\.division.code))
    }
    guard Gazetteer.shared.longestName(in: reading, at: offset) == nil else { return nil }
    var end = offset
    for count in 0..<5 {
      let kinds: [StaticString] = ["街道", "镇", "乡"]
      if count > 1, let kind = kinds.lazy.compactMap({ reading.end(of: $0, at: end) }).first,
        reading.has(anyOf: ["人民政府", "办事处", "党委", "党工委"], at: kind)
      {
        return (reading[offset..<kind], [])
      }
      guard reading.character(at: end).isHan, !"我全各".unicodeScalars.contains(reading.character(at: end)) else {
        return nil
      }
      end = reading.next(end)
    }
    return nil
  }

  /// The town of a line at the head or the end of a text that begins with its government's name.
  private static func onLine(of text: Reading) -> Named? {
    for lines in [lines(text, from: 0, count: 8), lines(text, from: max(0, text.end - 600), count: 100)] {
      for line in lines {
        let start = text.skippingBlanks(line.lowerBound)
        guard let found = named(at: start, in: text) else { continue }
        if text.has(anyOf: ["人民政府", "办事处"], at: start + found.name.utf8.count) { return found }
      }
    }
    return nil
  }

  /// The one of several counties that is meant: the only one, or the only one that lies in a division that the text names in full.
  private static func county(of counties: [Int], in text: Reading) -> Int? {
    if counties.count <= 1 { return counties.first }
    let regions = Regions()
    var (named, offset): ([Division], Int) = ([], 0)
    while offset < min(text.end, 6000) {
      let region = regions.region(at: offset, in: text)
      if let region, region.isCertain, region.sense.form == .full { named.append(region.sense.division) }
      offset = max(region?.end ?? 0, text.next(offset))
    }
    for level in [Division.Level.county, .prefecture, .province] {
      let outer = named.filter { $0.level == level }.map(\.code)
      let inside = counties.filter { Division(code: $0, name: "").isWithin(anyOf: outer) }
      if inside.count == 1 { return inside[0] }
      if inside.count > 1 { return nil }
    }
    return nil
  }
}

/// The organ that governs a division: its people's government, of a subdistrict its office.
func governmentName(of region: String) -> String { region + (region.hasSuffix("街道") ? "办事处" : "人民政府") }

extension Division {
  fileprivate func isWithin(anyOf outer: [Int]) -> Bool { outer.contains { isWithin($0) } }
}
