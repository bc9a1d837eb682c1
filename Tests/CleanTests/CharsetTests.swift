import Record
import Testing

@testable import Clean

struct CharsetTests {
  /// 依法行政 in GB 2312 and in Big5.
  static let gb: [UInt8] = [0xD2, 0xC0, 0xB7, 0xA8, 0xD0, 0xD0, 0xD5, 0xFE]
  static let big5: [UInt8] = [0xA8, 0xCC, 0xAA, 0x6B, 0xA6, 0xE6, 0xAC, 0x46]

  @Test func validUTF8WinsOverItsLabel() throws {
    let record = try clean("<html><head><meta charset=gbk></head><body><p>\(paragraph)</p></body></html>")
    #expect(record.source.charset == "UTF-8")
    #expect(record.words == paragraph)
    #expect(record.diagnostics.isEmpty)
  }

  @Test(arguments: ["gb2312", "GBK", "gb18030", "x-gbk"])
  func aLabelOfGBMeansGB18030(_ label: String) throws {
    let record = try clean(Self.gb + [0x0A], charset: label)
    #expect(record.source.charset == "GB18030")
    #expect(record.words == "依法行政")
    #expect(record.diagnostics.isEmpty)
  }

  @Test func withoutLabelGB18030IsGuessedAndSaidSo() throws {
    let record = try clean(Self.gb)
    #expect(record.words == "依法行政")
    #expect(record.diagnostics.map(\.code) == ["charset_guessed"])
  }

  @Test func theParameterOfTheMediaTypeIsALabel() throws {
    let record = try clean(Self.big5, mediaType: "text/plain; charset=Big5")
    #expect(record.source.charset == "Big5")
    #expect(record.words == "依法行政")
  }

  @Test func thePageStatesItsCharset() throws {
    let head = Array(
      "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"></head><body><p>".utf8)
    let record = try clean(head + Self.gb + Self.gb + [0xA1, 0xA3] + Array("</p></body></html>".utf8))
    #expect(record.source.charset == "GB18030")
    #expect(record.words == "依法行政依法行政。")
  }

  @Test func aLabelThatTheBytesContradictIsPassedOver() throws {
    let record = try clean(Self.gb, charset: "utf-8")
    #expect(record.source.charset == "GB18030")
    #expect(record.words == "依法行政")
  }

  @Test func chinesePagesThatClaimLatinAreChinese() throws {
    let record = try clean(Array(repeating: Self.gb, count: 8).flatMap { $0 }, charset: "iso-8859-1")
    #expect(record.source.charset == "GB18030")
  }

  @Test func aByteOrderMarkDecides() throws {
    let utf16: [UInt8] = [0xFF, 0xFE, 0x9D, 0x4F, 0xD5, 0x6C]
    #expect(try clean(utf16, charset: "gbk").words == "依法")
    #expect(try clean([0xEF, 0xBB, 0xBF] + Array("依法".utf8)).words == "依法")
  }

  @Test func damagedBytesAreReplacedAndCounted() throws {
    let record = try clean(Array(paragraph.utf8) + [0xFF, 0xE4] + Array(paragraph.utf8))
    #expect(record.source.charset == "UTF-8")
    #expect(record.words == paragraph + "\u{FFFD}" + paragraph)
    #expect(record.diagnostics.contains { $0.code == "damaged_bytes" && $0.message.hasPrefix("2 ") })
  }

  @Test(arguments: [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xBD], [0x80]] as [[UInt8]])
  func whatIsNoCharacterIsNotValid(_ bytes: [UInt8]) {
    #expect((Array("a".utf8) + bytes).span.firstInvalidUTF8 == 1)
  }

  @Test(arguments: ["MAC-CYRILLIC", "ISO-8859-1", "KOI8-R"])
  func utf8ThatWasReadAsAnotherCharsetIsReadBack(_ charset: String) throws {
    let text = Array(String(repeating: paragraph, count: 3).utf8)
    let mojibake = convert(text, Charset(name: charset, converter: charset)).text
    let record = try clean(mojibake)
    #expect(record.words.contains(paragraph))
    #expect(record.diagnostics.map(\.code) == ["read_twice"])
  }

  @Test(arguments: [
    "Администрация города сообщила о результатах работы за год: обращений граждан стало больше на четверть, ответы даны в срок.",
    "À l’été, la municipalité a répondu à près de trois mille requêtes déposées en mairie, après délibération du comité.",
    paragraph,
  ])
  func textThatWasReadOnceStaysAsItIs(_ text: String) throws {
    let record = try clean(Array(String(repeating: text + "\n", count: 4).utf8))
    #expect(record.words.contains(text))
    #expect(record.diagnostics.isEmpty)
  }
}
