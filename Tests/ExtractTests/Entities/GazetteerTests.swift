import CExtractTables
import Lexicon
import Record
import Testing
import Text

@testable import Extract

@Suite struct GazetteerTests {
  private static let divisions: [Division] = {
    let table = unsafe Table(table_divisions())
    return table.rows.map { Division(code: Int($0[0]) ?? 0, name: $0[1]) }
  }()

  /// The mentions of a text in a document that is placed nowhere, or in a division.
  private func places(_ text: String, home: Int? = nil) -> [Entity] {
    scan(Reading(Array(text.utf8)), [Places(regions: Regions(home: home))])
  }

  @Test func tableHoldsEveryProvincePrefectureAndCounty() {
    let levels = Dictionary(grouping: Self.divisions, by: \.level).mapValues(\.count)
    #expect(levels == [.province: 34, .prefecture: 333, .county: 2845])
  }

  @Test func fullNameAloneInItsOwnProvinceGivesItsCode() {
    let wrong = Self.divisions.filter { division in
      let found = places(division.name, home: division.code)
      return found.count != 1 || found[0].code != String(division.code)
        || found[0].span != 0..<division.name.utf8.count
    }
    #expect(wrong.map(\.name) == [])
  }

  @Test func fullNameBehindItsParentGivesItsCodeAnywhere() {
    let wrong = Self.divisions.filter { division in
      guard let parent = Gazetteer.shared.parent(of: division.code) else { return false }
      let text = "工作组赴\(parent.name)\(division.name)调研。"
      let found = places(text)
      return found.count != 1 || found[0].code != String(division.code)
    }
    #expect(wrong.map(\.name) == [])
  }

  /// Divisions whose name no other bears need no region, the others are read in a document of the region above them; names
  /// that are words of the language too, as 城区 and 新县, stand behind the division they lie in.
  @Test(arguments: ["赴{}调研。", "{}已完成整改。", "与{}签订协议。"])
  func fullNameInASentenceGivesItsCode(_ carrier: String) {
    let wrong = Self.divisions.filter { division in
      division.level != .province && code(of: division, in: carrier) != String(division.code)
    }
    #expect(wrong.map(\.name) == [])
  }

  @Test func eachOfTwoDivisionsOfOneNameIsMeantInTheDocumentsOfItsOwnRegion() {
    let groups = Self.names.values.filter { $0.count > 1 }
    #expect(groups.count == 28)
    let wrong = groups.flatMap(\.self).filter { code(of: $0, in: "{}与各地结对。") != String($0.code) }
    #expect(wrong.map(\.name) == [])
  }

  private func code(of division: Division, in carrier: String) -> String? {
    let parent = Gazetteer.shared.parent(of: division.code)
    let isShared = (Self.names[division.name]?.count ?? 0) > 1
    let name = Self.common.contains(division.name) ? (parent?.name ?? "") + division.name : division.name
    let found = places(carrier.replacing("{}", with: name), home: isShared ? parent?.code : nil)
    return found.count == 1 ? found[0].code : nil
  }

  private static let common: Set<String> = {
    let table = unsafe Table(table_common_names())
    return Set(table.rows.filter { $0[1].isEmpty && $0[2].isEmpty }.map { $0[0] })
  }()

  private static let names = Dictionary(grouping: divisions, by: \.name)

  @Test func nameThatSeveralHaveGivesNoCodeWithoutRegion() {
    let found = places("赴鼓楼区学习。")
    #expect(found.map(\.code) == [nil])
  }

  @Test func formerDivisionHasItsOwnCodeInItsTimeAndItsSuccessorsLater() {
    let reading = Reading(Array("崇文区已经完成改造。".utf8))
    let then = scan(reading, [Places(regions: Regions(home: 110000, year: 2005))])
    let later = scan(reading, [Places(regions: Regions(home: 110000, year: 2015))])
    #expect(then.map(\.code) == ["110103"])
    #expect(later.map(\.code) == ["110101"])
    #expect(later.map(\.canonical) == ["北京市东城区"])
  }
}

@Suite struct ShortNameTests {
  @Test(arguments: [
    ("邢台市", "邢台"), ("恩施土家族苗族自治州", "恩施"), ("内蒙古自治区", "内蒙古"), ("新疆维吾尔自治区", "新疆"),
    ("大厂回族自治县", "大厂"), ("香港特别行政区", "香港"), ("伊犁哈萨克自治州", "伊犁"), ("锡林郭勒盟", "锡林郭勒"),
  ])
  func nameLosesItsEndingAndItsNationalities(_ name: String, _ short: String) {
    #expect(ShortNames.short(of: name) == short)
  }

  @Test(arguments: ["赵县", "矿区", "雄安新区", "井陉矿区", "城区"])
  func nameWithoutAStemHasNoShortForm(_ name: String) {
    #expect(ShortNames.short(of: name) == nil)
  }
}
