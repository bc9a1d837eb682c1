import Record
import Testing
import Text

@testable import Extract

/// What `--redact` leaves of a record: every string of it is looked at, as the sink writes it.
@Suite struct RedactionTests {
  private static let text = """
    英山县司法局2023年法治政府建设情况报告
    县司法局局长魏青禾主持会议。魏青禾指出，要抓好落实。
    联系人:欧阳明远，电话:0713-7012345，13907130001。
    """

  private func record(_ redaction: Redaction) -> DocumentRecord {
    var record = DocumentRecord(id: "", source: Source(uri: "redaction"), text: DocumentText(Self.text))
    record.document.title = "魏青禾述职"
    record.document.reporters = ["司徒晓"]
    record.chrome = [Chrome("记者 司徒晓 热线 0713-7012345", .credits), Chrome("责任编辑:钟离云", .credits)]
    let heading = "局长魏青禾述职"
    record.sections = [Section(level: 1, label: "一、", heading: heading, span: 0..<9)]
    record.sections[0].speaker = "魏青禾"
    Extractor().extract(&record)
    record.redact(redaction)
    return record
  }

  private func line(_ record: DocumentRecord) -> String {
    String(decoding: record.line(run: RunFacts(processedAt: "", seconds: [], attempts: 1)), as: UTF8.self)
  }

  @Test(arguments: ["魏青禾", "欧阳明远", "司徒晓", "钟离云"])
  func nameStandsNowhereInTheRecord(_ name: String) {
    #expect(line(record([])).contains(name))
    #expect(!line(record(.persons)).contains(name))
    #expect(line(record(.phones)).contains(name))
  }

  @Test(arguments: ["0713-7012345", "13907130001"])
  func numberStandsNowhereInTheRecord(_ number: String) {
    #expect(line(record([])).contains(number))
    #expect(!line(record(.phones)).contains(number))
    #expect(line(record(.persons)).contains(number))
  }

  @Test func lengthsAndSpansAreKept() {
    let (plain, masked) = (record([]), record([.phones, .persons]))
    #expect(masked.text.bytes.count == plain.text.bytes.count)
    #expect(masked.text.codePointCount == plain.text.codePointCount)
    #expect(masked.entities.map(\.span) == plain.entities.map(\.span))
    let person = masked.entities.first { $0.kind == .person }
    #expect(person.map { masked.text[$0.span] } == "＊＊＊")
    #expect(person?.canonical == "＊＊＊")
  }

  @Test func recordSaysWhatWasMasked() {
    let said = record([.phones, .persons]).diagnostics.filter { $0.code == "redacted" }
    #expect(said.map(\.message) == ["Masked in the text, phones: 2, persons: 3."])
    #expect(record([]).diagnostics.allSatisfy { $0.code != "redacted" })
  }

  @Test(arguments: ["a", "é", "字", "𠮷"])
  func maskOfACharacterHasItsBytes(_ character: String) {
    var bytes = Array(character.utf8)
    Mask.cover(&bytes, 0..<bytes.count)
    #expect(bytes.count == character.utf8.count)
    let masked = String(validating: bytes, as: UTF8.self)
    #expect(masked?.unicodeScalars.count == 1 && masked != character)
  }

  @Test func argumentNamesTheKinds() {
    #expect(Redaction(argument: "phones") == .phones)
    #expect(Redaction(argument: "persons") == .persons)
    #expect(Redaction(argument: "persons,phones") == [.phones, .persons])
  }

  @Test(arguments: ["", "names", "phones,", "phones persons"])
  func argumentOfNoKindIsRefused(_ argument: String) {
    #expect(Redaction(argument: argument) == nil)
  }
}
