import Record
import Testing
import Text

@testable import Extract

/// A document by its title and its text, placed.
private func placed(
  _ title: String?, _ text: String, publisher: String? = nil, site: DocumentFacts.Issuer? = nil
) -> DocumentFacts {
  var record = DocumentRecord(id: "", source: Source(uri: "placing"), text: DocumentText(text))
  record.document.title = title
  record.document.publisher = publisher
  record.document.issuer = site
  placeDocument(&record)
  return record.document
}

@Suite struct PlacingTests {
  @Test(arguments: [
    ("英山县人民政府关于2022年度法治政府建设情况的报告", DocumentFacts.Kind.annualReport),
    ("英山县2022年法治政府建设工作总结和2023年工作计划", .annualReport),
    ("英山县农业农村局2022年工作总结和2023年工作计划", .annualReport), ("温泉街道2022年工作总结及2023年工作思路", .annualReport),
    ("英山县人民政府2023年政府工作报告", .workReport),
    ("英山县2022年国民经济和社会发展统计公报", .statistics),
    ("关于公布行政执法主体名单的通知", .notice),
    ("英山县2023年法治政府建设工作要点", .plan),
    ("英山县举行春茶产销新闻发布会", .pressConference),
    ("县司法局召开全县普法工作推进会", .news),
    ("关于加强乡镇统计工作的意见", .other),
    ("五里桥街道2022年工作总结和2023年工作安排", .annualReport),
    ("《英山县人民政府关于2022年度法治政府建设情况的报告》政策解读", .other),
    ("《英山县城市更新规划》政策解读新闻发布会", .pressConference),
  ])
  func titleTellsTheKind(_ title: String, _ kind: DocumentFacts.Kind) {
    #expect(placed(title, "正文。").kind == kind)
  }

  @Test(arguments: [
    ("英山县人民政府关于2022年度法治政府建设情况的报告", "正文。", 2022),
    ("英山县2022年度法治政府建设情况和2023年工作计划", "正文。", 2022),
    ("英山县农业农村局2022年工作总结和2023年工作计划", "正文。", 2022),
    ("关于法治政府建设情况的报告", "现将我县2021年法治政府建设情况报告如下。", 2021),
    ("关于法治政府建设情况的报告", "二〇二一年，我县扎实推进。", 2021),
    ("政府工作报告", "政府工作报告\n——2024年1月9日在英山县第十九届人民代表大会第三次会议上", 2023),
  ])
  func yearReportedOnIsFound(_ title: String, _ text: String, _ year: Int) {
    #expect(placed(title, text).reportYear == year)
  }

  @Test func yearSinceWhichSomethingHoldsIsNotTheOneReportedOn() {
    #expect(placed("关于信访工作的报告", "2018年以来，信访总量逐年下降。").reportYear == nil)
  }

  @Test func textWithoutATitleIsOfTheYearThatOpensIt() {
    #expect(placed(nil, "2022年，全县经济稳中向好，社会大局保持稳定。\n一、综合\n全年产值增长。").reportYear == 2022)
    #expect(placed(nil, "全县经济稳中向好。2022年，产值增长。\n一、综合").reportYear == nil)
  }

  @Test func yearOfAWorkReportMayOpenItsFirstParagraph() {
    #expect(placed("草盘地镇工作报告", "2019年，我镇经济平稳，可以说去年是丰收的一年。").reportYear == 2019)
  }

  @Test func speechToACongressIsAWorkReportWithoutATitleToo() {
    let document = placed(nil, "各位代表：\n现在，我代表县人民政府向大会报告工作。\n一、2023年工作回顾\n经济稳步向好。")
    #expect(document.kind == .workReport)
  }

  @Test(arguments: [
    ("县委全面依法治县委员会：\n温泉镇推进依法行政，现将2023年工作情况总结如下：", 2023, "温泉镇人民政府"),
    ("市委全面依法治市委员会：\n2024年，温泉镇法治政府建设工作有序推进。现将一年来工作情况报告如下：", 2024, "温泉镇人民政府"),
    ("2022年，清波街道推进法治建设。现将清波街道2022年法治政府建设工作报告如下：", 2022, "杭州市上城区清波街道办事处"),
    ("2021年，英山县草盘地镇推进法治建设。现将全年工作情况报告如下：", 2021, "英山县草盘地镇人民政府"),
  ])
  func reportWithoutATitleIsPlacedByWhatItAnnounces(_ text: String, _ year: Int, _ issuer: String) {
    let document = placed(nil, text)
    #expect(document.kind == .annualReport)
    #expect(document.reportYear == year)
    #expect(document.issuer?.name == issuer)
  }

  @Test(arguments: [
    ("英山上下一心，贯彻湖北省部署。英山产茶。这一年，英山变化很大。", "英山县人民政府"),
    ("英山上下一心。英山产茶。这一年，英山变化很大。", nil),
    ("湖北省部署。英山产茶，罗田产栗，英山变化很大，罗田紧跟，英山再上台阶。", nil),
  ])
  func countyThatAReportSpeaksOfMostIsItsOwn(_ words: String, _ issuer: String?) {
    let text = "政府工作报告\n各位代表：\n我代表县人民政府报告工作。" + words
    #expect(placed("政府工作报告", text).issuer?.name == issuer)
  }

  @Test func officeOfASubdistrictUnderItsGovernmentIsTheIssuer() {
    let issuer = placed("上城区人民政府清波街道办事处关于2022年度法治政府建设情况的报告", "正文。").issuer
    #expect(issuer?.name == "杭州市上城区人民政府清波街道办事处")
    #expect(issuer?.level == .township)
  }

  @Test(arguments: ["英山县举行新闻发布会", "关于开展检查的通知", "英山县2023年工作要点"])
  func documentThatReportsOnNoYearHasNone(_ title: String) {
    #expect(placed(title, "2022年完成整改，2023年继续。").reportYear == nil)
  }

  @Test func governmentOfTheTitleIsTheIssuer() {
    let issuer = placed("黄冈市黄州区人民政府关于2022年度法治政府建设情况的报告", "正文。").issuer
    #expect(issuer?.name == "黄冈市黄州区人民政府" || issuer?.name == "黄州区人民政府")
    #expect(issuer?.code == "421102")
    #expect(issuer?.level == .county)
  }

  @Test func whoseSiteItIsCountsOnlyWhereTheDocumentNamesNobody() {
    var site = DocumentFacts.Issuer(name: "黄冈市人民政府")
    site.code = "421100"
    #expect(placed("英山县政府2022年度法治政府建设情况报告", "正文。", site: site).issuer?.name == "英山县人民政府")
    #expect(placed("法治政府建设情况报告", "正文。", site: site).issuer == site)
  }

  @Test func shortNameOfAGovernmentIsGivenInFull() {
    #expect(placed("英山县政府2022年度法治政府建设情况报告", "正文。").issuer?.name == "英山县人民政府")
  }

  @Test func divisionAloneInTheTitleMeansItsGovernment() {
    let issuer = placed("英山县2022年法治政府建设情况报告", "正文。").issuer
    #expect(issuer?.name == "英山县人民政府")
    #expect(issuer?.region == "英山县")
  }

  @Test func bureauIsPlacedByItsDivision() {
    let issuer = placed("英山县司法局2022年法治政府建设年度报告", "正文。").issuer
    #expect(issuer?.name == "英山县司法局")
    #expect(issuer?.code == "421124")
  }

  @Test func jointIssuersKeepTheirForm() {
    let issuer = placed("中共英山县委 英山县人民政府关于报送情况的报告", "正文。").issuer
    #expect(issuer?.name == "中共英山县委 英山县人民政府")
    #expect(issuer?.code == "421124")
  }

  @Test func townshipIsPlacedInItsCounty() {
    let issuer = placed("英山县温泉镇人民政府2022年法治政府建设情况报告", "正文。").issuer
    #expect(issuer?.level == .township)
    #expect(issuer?.region == "英山县温泉镇")
    #expect(issuer?.code == "421124")
  }

  @Test func townOfOneCountyOnlyIsPlacedByItsName() {
    let issuer = placed("草盘地镇2022年法治政府建设情况报告", "正文。").issuer
    #expect(issuer?.name == "英山县草盘地镇人民政府")
    #expect(issuer?.code == "421124")
  }

  @Test func townOfSeveralCountiesIsPlacedByTheCountyThatTheTextNames() {
    let text = "温泉镇按照英山县司法局安排，推进依法行政。"
    let issuer = placed("温泉镇2022年法治政府建设情况报告", text).issuer
    #expect(issuer?.region == "英山县温泉镇")
    #expect(issuer?.level == .township)
  }

  @Test func townThatMayBeOfAnyCountyHasNoCode() {
    let issuer = placed("温泉镇2022年法治政府建设情况报告", "我镇推进依法行政。").issuer
    #expect(issuer?.name == "温泉镇人民政府")
    #expect(issuer?.region == "温泉镇")
    #expect(issuer?.code == nil)
  }

  @Test func subdistrictIsGovernedByItsOffice() {
    let issuer = placed("清波街道2022年法治政府建设情况报告", "正文。").issuer
    #expect(issuer?.name == "杭州市上城区清波街道办事处")
  }

  @Test func governmentThatReportsToItsCongressIsTheIssuer() {
    let text = "政府工作报告\n——2024年1月9日在英山县第十九届人民代表大会第三次会议上\n县长 周若川\n各位代表："
    let issuer = placed("政府工作报告", text).issuer
    #expect(issuer?.name == "英山县人民政府")
    #expect(issuer?.code == "421124")
  }

  @Test func organOfALevelInTheTitleIsTheOneThatTheTextNamesInFull() {
    let text = "近日，湖北省水利厅党组书记、厅长接受采访。"
    let issuer = placed("省水利厅负责人就《湖北省河道条例》答记者问", text).issuer
    #expect(issuer?.name == "湖北省水利厅")
    #expect(issuer?.level == .province)
  }

  @Test func partyGroupOfABureauKeepsThePartysName() {
    let issuer = placed("中共英山县交通运输局党组2022年度法治政府建设报告", "正文。").issuer
    #expect(issuer?.name == "中共英山县交通运输局党组")
  }

  @Test func divisionInTheNameOfAZoneIsNotTheIssuer() {
    let issuer = placed("中新天津生态城管委会2022年法治政府建设情况报告", "正文。").issuer
    #expect(issuer?.name == "中新天津生态城管委会")
    #expect(issuer?.region == nil)
    #expect(issuer?.level == nil)
  }

  @Test(arguments: [
    "英山县司法局：普法有新招", "英山县司法局局长赴乡镇调研普法", "新华社记者走访茶乡",
  ])
  func organThatATitleOnlySpeaksOfIsNotTheIssuer(_ title: String) {
    #expect(placed(title, "正文。").issuer == nil)
  }

  @Test func bylineMayBearADate() {
    let issuer = placed("政策解读", "政策解读\n英山县司法局 2024年01月08日\n按照部署，现解读如下。").issuer
    #expect(issuer?.name == "英山县司法局")
  }

  @Test func bylineNamesTheIssuerWhereTheTitleDoesNot() {
    let issuer = placed("我县召开新闻发布会", "我县召开新闻发布会\n英山县司法局\n（2023年5月8日）\n各位朋友：").issuer
    #expect(issuer?.name == "英山县司法局")
  }

  @Test func signatureNamesTheIssuerAlsoWithoutLines() {
    let text = "现将情况报告如下：全年完成整改。特此报告。英山县人民政府2023年1月5日"
    #expect(placed("法治政府建设情况报告", text).issuer?.name == "英山县人民政府")
  }

  @Test func publisherThatNamesItsDivisionIsTheIssuer() {
    #expect(placed("情况报告", "正文。", publisher: "英山县水利和湖泊局").issuer?.code == "421124")
  }

  @Test func organOfTheCentreHasNoRegion() {
    let issuer = placed("国务院办公厅关于加强统计工作的通知", "正文。").issuer
    #expect(issuer?.name == "国务院办公厅")
    #expect(issuer?.code == nil)
  }

  @Test func placesThatDifferAreNamedAndTheFirstIsFollowed() {
    let text = "现将我县2021年法治政府建设情况报告如下。" + String(repeating: "\n持续用力。", count: 9) + "\n罗田县人民政府\n2023年1月5日"
    var record = DocumentRecord(id: "", source: Source(uri: "placing"), text: DocumentText(text))
    record.document.title = "英山县人民政府2022年法治政府建设情况报告"
    placeDocument(&record)
    #expect(record.document.issuer?.name == "英山县人民政府")
    #expect(record.document.reportYear == 2022)
    #expect(
      record.diagnostics.map(\.message) == [
        "title: 2022 | announcement: 2021", "title: 英山县人民政府 | signature: 罗田县人民政府",
      ])
  }

  @Test func placesThatAgreeAreNotNamed() {
    let text = "2022年，我县推进依法行政。\n英山县人民政府\n2023年1月5日"
    var record = DocumentRecord(id: "", source: Source(uri: "placing"), text: DocumentText(text))
    record.document.title = "英山县人民政府2022年法治政府建设情况报告"
    placeDocument(&record)
    #expect(record.diagnostics == [])
  }

  @Test func documentThatSaysNothingStaysUnplaced() {
    let facts = placed("关于开展检查的通知", "各单位：抓好落实。")
    #expect(facts.issuer == nil)
    #expect(facts.reportYear == nil)
  }
}
