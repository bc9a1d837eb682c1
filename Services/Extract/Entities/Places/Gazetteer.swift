internal import CExtractTables
internal import Lexicon
internal import Record

/// The divisions of the country, by name and by code; DESIGN.md says why it is built like this.
final class Gazetteer: Sendable {
  /// Built when the first document comes.
  static let shared = Gazetteer()

  /// What a name may stand for.
  struct Sense: Sendable {
    enum Form: Sendable, Equatable {
      case full, short
      /// A division that is no more, with the last year it was there and what took its place.
      case former(ended: Int, successor: Int?)
      /// A county's township, town or subdistrict.
      case township
      /// A country, water, mountain or region.
      case geographic
    }

    let division: Division
    let form: Form
  }

  private let divisions: [Int: String]
  private let senses: [[Sense]]
  /// The names of all divisions but townships.
  let names: Matcher
  private let townships: Table
  private let townshipNames: Matcher
  /// The characters by which the names of townships end.
  let townshipEndings: Characters
  /// The length of the longest name of a township in bytes.
  let longestTownship: Int
  private let openings: Openings

  private init() {
    let table = unsafe Table(table_divisions())
    var divisions: [Int: String] = [:]
    var named: [String: [Sense]] = [:]
    for row in 0..<table.count {
      let division = Division(code: Int(table[row, 0]) ?? 0, name: table[row, 1])
      divisions[division.code] = division.name
      named[division.name, default: []].append(Sense(division: division, form: .full))
      guard let short = ShortNames.short(of: division.name) else { continue }
      named[short, default: []].append(Sense(division: division, form: .short))
    }
    Self.addContracted(divisions, to: &named)
    self.divisions = divisions
    Self.addFormer(to: &named)
    Self.addGeography(to: &named)
    senses = Array(named.values)
    names = Matcher(named.keys.enumerated().map { (word: $1, value: UInt32($0)) })
    townships = unsafe Table(table_townships())
    let townshipColumn = townships.column("name")
    townshipNames = Matcher(townshipColumn.enumerated().map { (word: $1, value: UInt32($0)) })
    townshipEndings = Characters(String(Set(townshipColumn.compactMap(\.last))))
    longestTownship = townshipColumn.lazy.map(\.utf8.count).max() ?? 0
    openings = Openings([names, townshipNames])
  }

  /// Adds 恩施州 and 彭水自治县, where no division bears that name.
  private static func addContracted(_ divisions: [Int: String], to named: inout [String: [Sense]]) {
    for (code, name) in divisions.sorted(by: { $0.key < $1.key }) {
      for contracted in ShortNames.contracted(of: name) {
        if let bearers = named[contracted], bearers.contains(where: { $0.form == .full }) { continue }
        named[contracted, default: []].append(Sense(division: Division(code: code, name: name), form: .full))
      }
    }
  }

  private static func addFormer(to named: inout [String: [Sense]]) {
    let table = unsafe Table(table_former())
    for row in 0..<table.count {
      let division = Division(code: Int(table[row, 0]) ?? 0, name: table[row, 1])
      let form = Sense.Form.former(ended: Int(table[row, 2]) ?? 0, successor: Int(table[row, 3]))
      named[division.name, default: []].append(Sense(division: division, form: form))
    }
  }

  private static func addGeography(to named: inout [String: [Sense]]) {
    let table = unsafe Table(table_geography())
    for row in 0..<table.count {
      let place = Division(code: Int(table[row, 2]) ?? 0, name: table[row, 1])
      named[table[row, 0], default: []].append(Sense(division: place, form: place.code == 0 ? .geographic : .short))
    }
  }

  /// Whether a name may start at an offset: false nearly everywhere.
  func mayOpen(at offset: Int, in reading: Reading) -> Bool { openings.mayOpen(reading.bytes.span, at: offset) }

  /// Whether the name of a township stands at an offset.
  func hasTownship(at offset: Int, in reading: Reading) -> Bool {
    townshipNames.longestMatch(in: reading.bytes.span, at: offset) != nil
  }

  /// The longest name that starts at an offset, with all that it may stand for.
  func longestName(in reading: Reading, at offset: Int, limit: Int = .max) -> (length: Int, senses: [Sense])? {
    let name = names.longestMatch(in: reading.bytes.span, at: offset, limit: limit)
    let township = townshipNames.longestMatch(in: reading.bytes.span, at: offset, limit: limit)
    if let township, township.length > name?.length ?? 0 {
      return (township.length, senses(ofTownship: Int(township.value)))
    }
    return name.map { ($0.length, senses[Int($0.value)]) }
  }

  private func senses(ofTownship row: Int) -> [Sense] {
    let name = townships[row, 0]
    return townships[row, 1].split(separator: " ").compactMap { Int($0) }
      .map { Sense(division: Division(code: $0, name: name), form: .township) }
  }

  func division(_ code: Int) -> Division? { divisions[code].map { Division(code: code, name: $0) } }

  /// The division that another lies in; a province has none.
  func parent(of code: Int) -> Division? {
    switch Division.level(of: code) {
    case .province: nil
    case .prefecture: division(code / 10000 * 10000)
    default: division(code / 100 * 100) ?? division(code / 10000 * 10000)
    }
  }

  /// The name in full as organs bear it: that of a district with its city, that of a county or a city alone.
  func officialName(of division: Division) -> String {
    guard division.level == .county, division.name.hasSuffix("区"), let parent = parent(of: division.code) else {
      return division.name
    }
    return parent.name.hasSuffix("省") || parent.name.hasSuffix("自治区") ? division.name : parent.name + division.name
  }
}
