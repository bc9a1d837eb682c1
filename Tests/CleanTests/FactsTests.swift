import Record
import Testing

@testable import Clean

struct FactsTests {
  static let dates: [(words: String, iso: String?)] = [
    ("2020年12月30日", "2020-12-30"), ("2020年3月", "2020-03"), ("2021-02-02", "2021-02-02"),
    ("2021/3/29 11:30:01", "2021-03-29"),
    ("2023- 01- 20 11: 14", "2023-01-20"), ("21.09.2018 08:47", "2018-09-21"), ("二○一五年十二月三日", "2015-12-03"),
    ("二〇二一年八月二十九日", "2021-08-29"), ("二O一一年十月三十一日", "2011-10-31"), ("2026年02月10日 07时41分", "2026-02-10"),
    ("２０２０年１月２日", "2020-01-02"), ("2021年22日", nil), ("2020425日", nil), ("2021年13月5日", nil), ("2021年2月30日", nil),
  ]

  @Test(arguments: dates.indices)
  func aDateIsReadOrKnownToBeDamaged(_ index: Int) {
    let (words, iso) = Self.dates[index]
    let reading = DateReading(narrowScalars(Array(words.utf8)).scalars, at: 0)
    #expect(reading != nil)
    #expect(reading?.iso == iso)
  }

  @Test(arguments: ["2020", "12345热线", "2020年", "19.5.2", "第2020号", "3月5日", "1.13万件", "2021-2025"])
  func whatIsNoFullDateIsNone(_ words: String) {
    let reading = DateReading(narrowScalars(Array(words.utf8)).scalars, at: 0)
    #expect(reading?.iso == nil)
  }

  @Test func theMetadataBlockIsRead() throws {
    let document = try clean(
      """
      索引号: 0007/2022-0113 发布文号: 禾政字〔2022〕31号
      公开日期: 2022-03-09 主题分类: 综合政务
      有效性: 有效 公开形式: 主动公开
      浏览次数：1,208
      云岭县人民政府关于年度工作情况的报告
      \(paragraph)
      """
    ).document
    #expect(document.indexNumber == "0007/2022-0113")
    #expect(document.documentNumber == "禾政字〔2022〕31号")
    #expect(document.published == "2022-03-09")
    #expect(document.category == "综合政务")
    #expect(document.validity == "有效")
    #expect(document.disclosure == "主动公开")
    #expect(document.views == 1208)
    #expect(document.title == "云岭县人民政府关于年度工作情况的报告")
  }

  @Test func theSignatureSaysWhenItWasWritten() throws {
    let signed = "云岭县人民政府关于年度工作情况的报告\n\(paragraph)\n云岭县人民政府\n二〇二一年一月八日"
    #expect(try clean(signed).document.written == "2021-01-08")
    let head = "关于法治建设情况的通报\n云岭县司法局\n(2021年9月16日)\n各位朋友：\n\(paragraph)\(paragraph)"
    #expect(try clean(head).document.written == "2021-09-16")
    let speech = "政 府 工 作 报 告\n——2024年1月20日在云岭县第九届人民代表大会第四次会议上\n各位代表：\n\(paragraph)"
    #expect(try clean(speech).document.written == "2024-01-20")
    #expect(try clean(speech).document.title == "政府工作报告")
  }

  @Test(arguments: ["关于法治建设情况的报告", "2021年法治建设工作总结", "二〇二一年依法行政工作报告"])
  func aTitleUnderItsOrganIsOneWithIt(_ second: String) throws {
    let text = "云岭县青溪镇人民政府\n\n\(second)\n\(paragraph)\n\(paragraph)"
    #expect(try clean(text).document.title == "云岭县青溪镇人民政府" + second)
  }

  @Test(arguments: [
    ("云岭县人民政府\n2022年度法治政府建设情况报告", "云岭县人民政府2022年度法治政府建设情况报告"),
    ("云岭县人民政府\n关于2022年度法治政府建设情况的报告", "云岭县人民政府关于2022年度法治政府建设情况的报告"),
    ("云岭县人民政府关于推动茶产业高质量发展\n加快乡村振兴的意见", "云岭县人民政府关于推动茶产业高质量发展加快乡村振兴的意见"),
    ("云岭县统计局\n2022年云岭县国民经济和社会发展统计公报", "2022年云岭县国民经济和社会发展统计公报"),
    ("我市召开普法工作推进会\n关于我市普法工作的通报", "我市召开普法工作推进会"),
    ("关于年度工作情况的报告\n云岭县人民政府", "关于年度工作情况的报告"),
    ("云岭县关于推动茶产业发展的几点看法\n专家观点", "云岭县关于推动茶产业发展的几点看法"),
  ])
  func aTitleMayGoOnInTheNextLine(_ head: String, _ title: String) throws {
    #expect(try clean("\(head)\n\(paragraph)").document.title == title)
  }

  @Test func aDateInsideASentenceIsNoSignature() throws {
    let page = "云岭县关于年度工作情况的报告\n\(paragraph)\n2021年3月5日，县政府召开会议研究了有关工作，形成了若干意见。"
    #expect(try clean(page).document.written == nil)
  }

  @Test func aDamagedSignatureIsReportedAndNotGuessed() throws {
    let record = try clean("云岭县关于报送年度工作的报告\n市政府：\n\(paragraph)\n云岭县人民政府\n2021年22日")
    #expect(record.document.written == nil)
    #expect(record.diagnostics.map(\.code) == ["damaged_date"])
  }

  @Test func theDateOfTheCrawlIsNotPublished() throws {
    let record = try clean("今天是：2022年10月31日 星期一\n云岭县关于年度工作情况的报告\n\(paragraph)")
    #expect(record.document.published == nil)
  }

  @Test func creditsNamePersons() throws {
    let document = try clean("云岭县召开会议\n\(paragraph)\(paragraph)\n记者  李某 王某某\n责任编辑  赵某\n相关阅读").document
    #expect(document.reporters == ["李某", "王某某"])
    #expect(document.editors == ["赵某"])
    let supplied = try clean("云岭县召开会议\n\(paragraph)\(paragraph)(云岭县政府法制办供稿)").document
    #expect(supplied.source == "云岭县政府法制办")
  }

  @Test func flattenedDocumentsGetTheirLinesBack() throws {
    let page =
      "云岭县人民政府关于加强防火工作的通知云政发〔2021〕3号各乡镇人民政府：" + String(repeating: paragraph, count: 3)
      + "云岭县人民政府2021年5月6日联系人：李某"
    let record = try clean(page)
    #expect(
      record.words.split(separator: "\n").map(String.init) == [
        "云岭县人民政府关于加强防火工作的通知", "云政发〔2021〕3号", "各乡镇人民政府：", String(repeating: paragraph, count: 3), "云岭县人民政府",
        "2021年5月6日", "联系人：李某",
      ])
    #expect(record.document.title == "云岭县人民政府关于加强防火工作的通知")
    #expect(record.document.documentNumber == "云政发〔2021〕3号")
    #expect(record.document.written == "2021-05-06")
  }

  @Test func sentencesBrokenOverLinesAreJoined() throws {
    let page = """
      政府工作报告
      ——2024年1月20日在云岭县第九届
      人民代表大会第四次会议上
      各位代表：
      \(paragraph)空气质量改善，PM
      2.5
      平均浓度继续下降。
      \(paragraph)
      """
    let lines = try clean(page).words.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[3].hasSuffix("PM2.5平均浓度继续下降。"))
  }

  @Test func theAuthorOfMetaTagsStandsBackForCredits() throws {
    let head = "<html><head><meta name=author content=\"云岭在线\"><meta name=ContentSource content=\"来源：云岭日报 原创稿\"></head>"
    let credited = try clean("\(head)<body><h1>云岭县召开会议</h1><p>\(paragraph)</p><p>责任编辑：赵某</p></body></html>").document
    #expect(credited.editors == ["赵某"])
    #expect(credited.source == "云岭日报 原创稿")
    #expect(try clean("\(head)<body><p>\(paragraph)</p></body></html>").document.editors == ["云岭在线"])
  }

  private func issuer(site name: String, _ code: String) throws -> DocumentFacts.Issuer? {
    try clean(
      "<html><head><meta name=SiteName content=\"\(name)\"><meta name=SiteIDCode content=\"\(code)\"></head><body><p>\(paragraph)"
    ).document.issuer
  }

  @Test func theCodeOfASiteTellsItsDivision() throws {
    let city = try #require(try issuer(site: "云岭市人民政府门户网站", "1399000009"))
    #expect(city.name == "云岭市人民政府")
    #expect(city.code == "139900")
    #expect(city.level == .prefecture)
    #expect(try issuer(site: "云岭县司法局", "1399210031")?.level == .county)
    #expect(try issuer(site: "云岭省人民政府网", "1300000031")?.level == .province)
  }

  @Test(arguments: [("某部网站", "bm55000001"), ("云岭在线", "1399000009"), ("云岭市人民政府", ""), ("云岭市人民政府", "0099000009")])
  func whatIsNoSiteOfADivisionTellsNone(_ name: String, _ code: String) throws {
    #expect(try issuer(site: name, code) == nil)
  }
}
