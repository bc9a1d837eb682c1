import Record
import Testing

@testable import Clean

struct DOCXTests {
  private func words(_ body: String) throws -> [String] {
    try clean(docx(body)).words.split(separator: "\n").map(String.init)
  }

  private func failure(_ bytes: [UInt8], _ limits: Limits = Limits()) -> StageFailure? {
    do throws(StageFailure) {
      _ = try Cleaner(limits: limits).clean(bytes, source: Source(uri: "a.docx"))
      return nil
    } catch {
      return error
    }
  }

  @Test func paragraphsAreLinesWhateverTheirRuns() throws {
    let record = try clean(docx(run("甲县2025年", "法治政府建设年度报告") + run() + run(paragraph) + run("检查1234次。")))
    #expect(record.words == "甲县2025年法治政府建设年度报告\n\(paragraph)\n检查1234次。")
    #expect(record.source.mediaType == "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    #expect(record.source.charset == nil)
  }

  @Test func theRowOfATableIsALineOfCells() throws {
    let cell = { (words: String) in "<w:tc>\(words)</w:tc>" }
    let table =
      "<w:tbl><w:tr>\(cell(run("项目")))\(cell(run("2024年")))\(cell(run("2025年")))</w:tr>"
      + "<w:tr>\(cell(run("行政检查") + run("（次）")))\(cell(run("1100")))\(cell(run()))</w:tr>"
      + "<w:tr>\(cell(run("处罚")))\(cell("<w:tbl><w:tr>\(cell(run("一")))\(cell(run("二")))</w:tr></w:tbl>"))\(cell(run("48")))</w:tr></w:tbl>"
    let lines = try readDOCX(docx(run(paragraph) + table + run(paragraph)), limits: Limits())
    #expect(
      lines.map { String(decoding: $0.bytes, as: UTF8.self) }
        == [paragraph, "项目\t2024年\t2025年", "行政检查 （次）\t1100", "处罚\t一 二\t48", paragraph])
  }

  @Test func whatIsNotTheDocumentsTextIsLeftOut() throws {
    let struck = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    let field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    let drawing =
      "<w:r><mc:AlternateContent><mc:Choice><a:t>图</a:t></mc:Choice><mc:Fallback><w:t>替</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    let body = "<w:p>\(struck)\(field)\(drawing)<w:r><w:t>\(paragraph)</w:t></w:r></w:p>"
    #expect(try words(body) == [paragraph])
  }

  @Test func breaksAndTabsAreKept() throws {
    let body = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>\(paragraph)</w:t></w:r></w:p>"
    #expect(try words(body) == ["甲\t乙", paragraph])
  }

  private static let numbering = """
    <w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>\
    <w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>\
    <w:lvl w:ilvl="2"><w:start w:val="3"/><w:lvlText w:val="%1.%2.%3 "/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>\
    <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>\
    <w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>
    """

  private func item(_ list: Int?, _ level: Int, _ words: String, style: String = "") -> String {
    let place = list.map { "<w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"\($0)\"/></w:numPr>" } ?? ""
    let style = style.isEmpty ? "" : "<w:pStyle w:val=\"\(style)\"/>"
    return "<w:p><w:pPr>\(style)\(place)</w:pPr><w:r><w:t>\(words)</w:t></w:r></w:p>"
  }

  private func lines(_ body: String, _ parts: [String: String]) throws -> [String] {
    try readDOCX(docx(body, parts: parts), limits: Limits()).map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func theNumbersThatWordMakesStandBeforeTheirParagraphs() throws {
    let body =
      item(1, 0, "甲") + item(1, 1, "乙") + item(1, 1, "丙") + item(1, 2, "丁") + item(1, 0, "戊") + item(1, 1, "己")
      + item(2, 0, "庚") + item(3, 0, "辛") + item(9, 0, "壬") + item(nil, 0, "癸", style: "Heading")
    let styles = "<w:style w:styleId=\"Heading\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
    #expect(
      try lines(body, ["word/numbering.xml": Self.numbering, "word/styles.xml": styles]) == [
        "一、甲", "（一）乙", "（二）丙", "一.二.3 丁", "二、戊", "（一）己", "庚", "十一、辛", "壬", "十二、癸",
      ])
  }

  @Test func numbersThatAreDamagedOrHostileHarmNoDocument() throws {
    #expect(try lines(item(1, 0, "甲"), ["word/numbering.xml": "<w:num"]) == ["甲"])
    let text = String(repeating: "%1", count: 100_000)
    let numbering = """
      <w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="-5"><w:start w:val="9223372036854775807"/>\
      <w:lvlText w:val="\(text)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
      """
    let found = try lines(item(1, 0, "甲") + item(1, 99, "乙"), ["word/numbering.xml": numbering])
    #expect(found.count == 2 && found[0].count < 1000 && found[1] == "乙")
  }

  @Test func anotherPackageIsNamed() throws {
    for (file, name) in [
      ("xl/workbook.xml", "spreadsheetml"), ("ppt/presentation.xml", "presentationml"), ("OFD.xml", "application/ofd"),
      ("a.txt", "application/zip"),
    ] {
      let failure = failure(try archive([(file, Array("<a/>".utf8))]))
      #expect(failure?.code == .unsupportedMediaType && failure?.message.contains(name) == true)
    }
  }

  @Test func aBombEndsAtItsBound() throws {
    var limits = Limits()
    limits.unpacked = 1 << 20
    let bomb = try archive([("word/document.xml", [UInt8](repeating: 0x20, count: 64 << 20))])
    #expect(bomb.count < 1 << 17)
    #expect(failure(bomb, limits)?.code == .inputTooLarge)
    limits.archiveFiles = 10
    let many = try archive([("word/document.xml", [])] + (0..<20).map { ("\($0)", []) })
    #expect(failure(many, limits)?.code == .inputTooLarge)
  }

  @Test func entitiesAreRefused() throws {
    let flood =
      "<!DOCTYPE w:document [<!ENTITY a \"aaaaaaaaaa\">"
      + (0..<9).map { level in
        let inner = String(repeating: level == 0 ? "&a;" : "&b\(level - 1);", count: 10)
        return "<!ENTITY b\(level) \"\(inner)\">"
      }.joined() + "]>"
    #expect(failure(try docx(run("&b8;"), head: flood))?.code == .unreadable)
    let file = "<!DOCTYPE w:document [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
    #expect(failure(try docx(run("&a;"), head: file))?.code == .unreadable)
  }

  @Test func floodsOfAttributesAndNamespacesAreRefused() throws {
    let attributes = (0..<20_000).map { " a\($0)=\"\"" }.joined()
    #expect(failure(try docx("<w:p\(attributes)/>"))?.code == .unreadable)
    let names = { (level: Int) in (0..<100).map { " xmlns:n\(level)x\($0)=\"a\"" }.joined() }
    let nested = (0..<20).map { "<w:p\(names($0))>" }.joined() + String(repeating: "</w:p>", count: 20)
    #expect(failure(try docx(run(paragraph) + nested))?.code == .unreadable)
    let apart = (0..<20).map { "<w:p\(names($0))/>" }.joined()
    #expect(failure(try docx(run(paragraph) + apart)) == nil)
  }

  @Test func depthEnds() throws {
    let deep = String(repeating: "<w:tbl><w:tr><w:tc>", count: 50_000)
    #expect(failure(try docx(deep))?.code == .unreadable)
  }

  @Test func aDamagedFileIsAFailureAndNoCrash() throws {
    let whole = try docx(run(paragraph))
    for length in stride(from: 4, to: whole.count, by: 7) {
      let failure = failure(Array(whole[..<length]))
      #expect(failure?.code == .unsupportedMediaType || failure?.code == .unreadable)
    }
    for place in stride(from: 30, to: whole.count, by: 3) {
      var damaged = whole
      damaged[place] ^= 0x55
      _ = failure(damaged)
    }
    #expect(failure(try docx("<w:p>"))?.code == .unreadable)
    #expect(failure(try docx(run("")))?.code == .noText)
  }
}
