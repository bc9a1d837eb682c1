internal import CExtractTables
internal import Lexicon
internal import Record

/// A division named in a text: 河北省, 邢台, 湖北省黄石市下陆区.
struct RegionReading {
  let end: Int
  let sense: Gazetteer.Sense
  /// Whether the name leaves no doubt which division is meant.
  let isCertain: Bool
  let rule: String
  /// The official name of the division, where that is certain.
  var name: String?
}

/// Reads the names of divisions as a document of a certain region means them.
final class Regions {
  private static let common: (words: Matcher, table: Table) = {
    let table = unsafe Table(table_common_names())
    return (Matcher(table.column("word").enumerated().map { (word: $1, value: UInt32($0)) }), table)
  }()

  /// The division whose document is read.
  let home: Int?
  /// The name of the township whose document is read, where no county is known that it lies in.
  let township: String?
  /// The year of the document, for divisions that are no more.
  let year: Int?
  private let gazetteer = Gazetteer.shared
  /// The offset behind the place that the scan took last.
  var placeEnd = -1
  /// What was read last: several families ask at the same character.
  private var last: (offset: Int, region: RegionReading?) = (-1, nil)

  init(home: Int? = nil, township: String? = nil, year: Int? = nil) {
    self.home = home
    self.township = township
    self.year = year
  }

  /// The run of divisions at an offset, each lying in the one before it: one mention, that of the last.
  ///
  /// All calls are for the same text.
  func region(at offset: Int, in reading: Reading) -> RegionReading? {
    if last.offset != offset { last = (offset, run(at: offset, in: reading)) }
    return last.region
  }

  private func run(at offset: Int, in reading: Reading) -> RegionReading? {
    guard var region = division(at: offset, within: nil, in: reading) else { return nil }
    for _ in 0..<4 {
      guard region.sense.form != .township, region.sense.form != .geographic,
        let inner = division(at: region.end, within: region.sense.division, in: reading)
      else { break }
      region = inner
    }
    if region.isCertain { region.name = canonicalName(of: region.sense) }
    return region
  }

  private func division(at offset: Int, within outer: Division?, in reading: Reading) -> RegionReading? {
    var limit = Int.max
    while let name = gazetteer.longestName(in: reading, at: offset, limit: limit) {
      let span = offset..<offset + name.length
      let senses = name.senses.filter { sense in
        guard let outer else { return isAdmitted(sense, span, in: reading) }
        let isLoose = sense.form == .short && outer.level == .province && !outer.isMunicipality
        return sense.division.isWithin(outer.code) && sense.division != outer && sense.form != .geographic
          && !(isLoose && isCommon(span, in: reading))
      }
      if !senses.isEmpty, hasBoundary(span, in: reading),
        outer != nil || !isCommon(span, in: reading) || senses.contains(where: isHome) || isListed(span, in: reading)
      {
        return choice(of: senses, end: span.upperBound)
      }
      limit = name.length - 1
    }
    return nil
  }

  /// Whether a name counts without the division that it lies in before it.
  ///
  /// The short form of a county counts only near home: in a document of its prefecture or of its province.
  private func isAdmitted(_ sense: Gazetteer.Sense, _ span: Range<Int>, in reading: Reading) -> Bool {
    switch sense.form {
    case .full, .geographic: return sense.division.name.count > 2 || isApart(span, in: reading)
    case .short:
      return sense.division.level != .county || home.map { isNear(sense.division, $0) } ?? false
        || isRoute(span, in: reading)
    case .former(let ended, _):
      return sense.division.name.count > 2
        && ((year ?? 2020) <= ended + 15 || reading.has("原", before: span.lowerBound))
    case .township:
      return home.map { $0 % 10000 != 0 && isNear(sense.division, $0) } ?? (sense.division.name == township)
    }
  }

  /// Whether a name stands behind another place in a list: 平利 in 宜川、平利等5个县.
  private func isListed(_ span: Range<Int>, in reading: Reading) -> Bool {
    reading.has("、", at: placeEnd) && placeEnd + "、".utf8.count == span.lowerBound
  }

  /// Whether a name stands at the end of a road or a line that begins at another place: 固始 in 合肥至固始高速公路.
  private func isRoute(_ span: Range<Int>, in reading: Reading) -> Bool {
    reading.has("至", at: placeEnd) && placeEnd + "至".utf8.count == span.lowerBound
      && reading.has(anyOf: ["高速", "铁路", "公路", "高铁", "城际", "段"], within: 3, from: span.upperBound)
  }

  /// Whether a full name is that of the document's own division.
  private func isHome(_ sense: Gazetteer.Sense) -> Bool { sense.form == .full && sense.division.code == home }

  private func isNear(_ division: Division, _ home: Int) -> Bool {
    let isMunicipality = [11, 12, 31, 50].contains(home / 10000)
    let around = Division.level(of: home) == .province || isMunicipality ? home / 10000 * 10000 : home / 100 * 100
    return division.isWithin(around)
  }

  /// Whether a name of two characters stands by itself: 赵县, but not 易县 in 容易县级.
  private func isApart(_ span: Range<Int>, in reading: Reading) -> Bool {
    let ending = reading.character(before: span.upperBound)
    guard ending == "县" || ending == "区" else { return true }
    let before = reading.character(before: span.lowerBound)
    return reading.isClauseStart(span.lowerBound) || Self.leads.contains(before)
  }

  /// What stands before the name of a county of two characters.
  private static let leads: Characters = "、和与在到至赴对由及持向从自为给于促助将省市州"

  /// Whether the name ends where it seems to: not 市 of 市场, 区 of 区域, 乡 of 乡村.
  private func hasBoundary(_ span: Range<Int>, in reading: Reading) -> Bool {
    let after = reading.character(at: span.upperBound)
    switch reading.character(before: span.upperBound) {
    case "市":
      return !"场容值".unicodeScalars.contains(after) || reading.has("市市", before: reading.next(span.upperBound))
        || gazetteer.longestName(in: reading, at: span.upperBound) != nil
    case "区": return !"域间划位".unicodeScalars.contains(after)
    case "县": return !"级".unicodeScalars.contains(after)
    case "乡", "镇": return !"村镇乡".unicodeScalars.contains(after)
    case "旗": return !"帜舰袍".unicodeScalars.contains(after)
    default: return after != "族"
    }
  }

  /// Whether the name is a word of the language at this place.
  private func isCommon(_ span: Range<Int>, in reading: Reading) -> Bool {
    guard let match = Self.common.words.longestMatch(in: reading.bytes.span, at: span.lowerBound),
      match.length == span.count
    else { return false }
    let (before, after) = (Self.common.table[Int(match.value), 1], Self.common.table[Int(match.value), 2])
    if before.isEmpty, after.isEmpty { return true }
    return before.unicodeScalars.contains(reading.character(before: span.lowerBound))
      || after.unicodeScalars.contains(reading.character(at: span.upperBound))
  }

  /// Of several divisions of one name the one nearest to home, else the one of the highest level; in doubt none is certain.
  private func choice(of senses: [Gazetteer.Sense], end: Int) -> RegionReading {
    let ranked = senses.sorted { rank($0) > rank($1) }
    let isCertain = ranked.count == 1 || rank(ranked[0]) > rank(ranked[1])
    return RegionReading(end: end, sense: ranked[0], isCertain: isCertain, rule: rule(of: ranked[0].form))
  }

  private func rank(_ sense: Gazetteer.Sense) -> Int {
    let division = sense.division
    var rank = division.level == .province ? 3 : division.level == .prefecture ? 2 : 1
    if let home {
      // 长沙 means the city in the county's documents too.
      let isOwn = division.code == home && sense.form != .short
      rank +=
        isOwn
        ? 40 : division.code / 100 == home / 100 ? 30 : division.code / 10000 == home / 10000 ? 20 : 0
    }
    if case .former = sense.form { rank -= 10 }
    return rank
  }

  private func rule(of form: Gazetteer.Sense.Form) -> String {
    switch form {
    case .full: "place.full"
    case .short: "place.short"
    case .former: "place.former"
    case .township: "place.township"
    case .geographic: "place.geographic"
    }
  }
}
