import Record
import Testing

@testable import Extract

/// What the word of a level means in a document of a division.
@Suite struct HomeTests {
  @Test(arguments: [
    (421124, "县", "英山县"), (421124, "市", "黄冈市"), (421124, "省", "湖北省"),
    (421102, "区", "黄冈市黄州区"), (421102, "市", "黄冈市"),
    (429004, "市", "仙桃市"), (429004, "省", "湖北省"),
    (110105, "区", "北京市朝阳区"), (110105, "市", "北京市"),
    (150102, "自治区", "内蒙古自治区"), (422802, "州", "恩施土家族苗族自治州"),
  ])
  func wordOfALevelMeansTheDivisionUpTheCode(_ home: Int, _ level: String, _ name: String) {
    #expect(Home(division: Gazetteer.shared.division(home)).name(of: level) == name)
  }

  @Test(arguments: [(421100, "县"), (420000, "市"), (421124, "镇"), (110105, "省")])
  func wordOfALevelBelowOrBesideMeansNothing(_ home: Int, _ level: String) {
    #expect(Home(division: Gazetteer.shared.division(home)).name(of: level) == nil)
  }

  @Test func townshipSpeaksOfItself() {
    let home = Home(division: Gazetteer.shared.division(421124), township: "英山县温泉镇")
    #expect(home.name(of: "镇") == "英山县温泉镇")
    #expect(home.name(of: "县") == "英山县")
  }

  @Test func documentWithoutIssuerSpeaksOfTheDivisionThatItsHeadNames() {
    let text = "我县召开新闻发布会\n湖北省英山县近年来持续发力，我县政务服务提速。县政府出台办法。"
    var record = reportOfYingshan(text)
    record.document.issuer = nil
    let organs = findEntities(in: record).filter { $0.kind == .org }
    #expect(organs.map(\.canonical) == ["英山县人民政府"])
  }

  @Test(arguments: ["英山县举行春茶产销新闻发布会", "文字实录|英山县司法局召开通气会", "【访谈】英山县推进依法行政"])
  func documentWithoutIssuerSpeaksOfTheDivisionThatItsTitleBeginsWith(_ title: String) {
    var record = reportOfYingshan("近日，县政府出台办法。")
    record.document.issuer = nil
    record.document.title = title
    #expect(findEntities(in: record).map(\.canonical).contains("英山县人民政府"))
  }

  @Test func documentThatNamesNoDivisionOfItsOwnLeavesItsOrgansOpen() {
    var record = reportOfYingshan("各单位参照黄冈市做法执行。县政府出台办法。")
    record.document.issuer = nil
    let organs = findEntities(in: record).filter { $0.kind == .org }
    #expect(organs.map(\.canonical) == [nil])
  }
}
