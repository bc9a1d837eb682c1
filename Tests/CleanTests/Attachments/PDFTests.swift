import Record
import Testing

@testable import Clean

/// PDFs through the real pdftotext.
@Suite(.timeLimit(.minutes(2)))
struct PDFTests {
  private func clean(_ bytes: [UInt8], limits: Limits = Limits()) async throws(StageFailure) -> DocumentRecord {
    try await Cleaner(limits: limits).clean(any: bytes, source: Source(uri: "a.pdf"))
  }

  private func failure(_ bytes: [UInt8], limits: Limits = Limits()) async -> StageFailure? {
    do throws(StageFailure) {
      _ = try await clean(bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  /// The words set in rows of 28 characters from a height down, the first one indented.
  private func rows(_ words: String, y: Int, indent: Int = 2) -> [PDFFile.Text] {
    var (rest, texts): (Substring, [PDFFile.Text]) = (words[...], [])
    while !rest.isEmpty {
      let start = texts.isEmpty ? indent : 0
      texts.append(.init(words: String(rest.prefix(28 - start)), x: 72 + start * 16, y: y - texts.count * 28))
      rest = rest.dropFirst(28 - start)
    }
    return texts
  }

  @Test func paragraphsAreWholeOverRowsAndPagesAndRowsOfTablesAreLines() async throws {
    let title = PDFFile.Text(words: "甲县法治政府建设年度报告", x: 200, y: 790)
    let split = "这一段写在两页之间，前一页的最后一行写满了，后一页的第一行从左边开始，所以它们是同一段，应当接起来读，中间没有空行也没有缩进，直到这一句话完。"
    let all = rows(split, y: 500)
    var first = [title] + rows(paragraph + paragraph, y: 750) + rows("一、主要做法", y: 610)
    for (line, cells) in [["项目", "上一年", "这一年"], ["检查", "1100", "1234"]].enumerated() {
      for (place, cell) in cells.enumerated() {
        first.append(.init(words: cell, x: 72 + place * 150, y: 570 - line * 28))
      }
    }
    first += all[..<2] + [.init(words: "— 1 —", x: 280, y: 40)]
    let second =
      all[2...].map { PDFFile.Text(words: $0.words, x: $0.x, y: $0.y + 300) } + rows("二、存在问题", y: 650) + [
        .init(words: "— 2 —", x: 280, y: 40)
      ]
    let record = try await clean(PDFFile([first, second]).bytes)
    #expect(
      record.words.split(separator: "\n").map(String.init) == [
        "甲县法治政府建设年度报告", paragraph + paragraph, "一、主要做法", "项目\t上一年\t这一年", "检查\t1100\t1234", split, "二、存在问题",
      ])
    #expect(record.chrome == [Chrome("— 1 —", .counter), Chrome("— 2 —", .counter)])
    #expect(record.source.mediaType == "application/pdf" && record.source.charset == nil)
  }

  @Test func aRunningHeadIsLeftOutAndPartsNoParagraph() throws {
    let row = String(repeating: "字", count: 28)
    let page = { (number: Int, rows: [String]) in
      (["    甲县公报       第一期", ""] + rows + ["", "       - \(number) -"]).joined(separator: "\n")
    }
    let layout = [
      page(1, ["  甲\(row.dropFirst(3))", row]), page(2, ["\(row)", "完。"]), page(3, ["  乙\(row.dropFirst(3))。"]),
    ]
    let lines = PDFLines(Array(layout.joined(separator: "\u{0C}").utf8)).lines
    let text = lines.filter(\.isText).map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(text == ["甲县公报\t第一期", "甲\(row.dropFirst(3))\(row)\(row)完。", "乙\(row.dropFirst(3))。"])
    #expect(lines.count { $0.reason == .other } == 2 && lines.count { $0.reason == .counter } == 3)
  }

  @Test func pagesThatArePicturesAreNoText() async {
    let failure = await failure(PDFFile([[], []]).bytes)
    #expect(failure?.code == .noText && failure?.message.contains("pictures") == true)
  }

  @Test func aDamagedPDFIsAFailure() async {
    let whole = PDFFile([rows(paragraph, y: 700)]).bytes
    #expect(await failure(Array("%PDF-1.5\nnothing".utf8))?.code == .unreadable)
    for length in stride(from: 20, to: whole.count, by: whole.count / 8) {
      let failure = await failure(Array(whole[..<length]))
      #expect(failure == nil || [.unreadable, .noText].contains(failure?.code), "\(failure as Any)")
    }
  }

  @Test func textBeyondTheBoundIsTooLarge() async {
    var limits = Limits()
    limits.unpacked = 50
    #expect(await failure(PDFFile([rows(paragraph, y: 700)]).bytes, limits: limits)?.code == .inputTooLarge)
  }

  @Test func aProcessBeyondItsTimeIsGivenUp() async {
    var limits = Limits()
    limits.attachmentSeconds = 0
    let pdf = PDFFile(Array(repeating: rows(paragraph, y: 700), count: 200)).bytes
    for _ in 0..<10 { #expect(await failure(pdf, limits: limits)?.code == .outOfTime) }
  }

  @Test func aProcessWithoutMemoryIsAFailure() async {
    var limits = Limits()
    limits.attachmentMemory = 1 << 20
    #expect(await failure(PDFFile([rows(paragraph, y: 700)]).bytes, limits: limits) != nil)
  }

  @Test(arguments: [
    ("— 12 —", true), ("第3页 共9页", true), ("3/9", true), ("- 3 -", true), ("2025年", false), ("12项", false),
    ("——", false),
    ("一、", false),
  ])
  func aPageNumberIsKnown(_ row: String, _ expected: Bool) {
    #expect(PDFRow.rows(Array(row.utf8)[...]).first?.isPageNumber == expected)
  }
}
