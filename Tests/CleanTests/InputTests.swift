import Record
import Testing

@testable import Clean

struct InputTests {
  static let binaries: [(name: String, bytes: [UInt8])] = [
    ("image/jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46]),
    ("image/png", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]),
    ("application/pdf", Array("%PDF-1.5\n".utf8)), ("application/zip", [0x50, 0x4B, 3, 4, 20, 0]),
    ("application/x-ole-storage", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
    ("application/gzip", [0x1F, 0x8B, 8, 0]),
    ("application/octet-stream", Array(repeating: 0, count: 64)),
  ]

  @Test(arguments: binaries.indices)
  func whatIsNoTextFailsAndIsNamed(_ index: Int) {
    let (name, bytes) = Self.binaries[index]
    let failure = #expect(throws: StageFailure.self) { try clean(bytes, mediaType: "text/plain") }
    #expect(failure?.code == .unsupportedMediaType)
    #expect(failure?.message.contains(name) == true)
  }

  @Test func nothingIsEmptyInput() {
    #expect(throws: StageFailure.self) { try clean([]) }
    #expect(code { try clean([]) } == .emptyInput)
  }

  @Test func moreThanTheLimitIsTooLarge() {
    var limits = Limits()
    limits.bytes = 10
    #expect(
      code { try Cleaner(limits: limits).clean(Array(paragraph.utf8), source: Source(uri: "x")) } == .inputTooLarge)
  }

  @Test func onlyFurnitureIsNoText() {
    #expect(code { try clean("打印本页\n关闭窗口\n版权所有：某县人民政府") } == .noText)
    #expect(code { try clean("<html><body><nav><a href=a>首页</a></nav><footer>版权所有</footer></body></html>") } == .noText)
    #expect(code { try clean(" \n\u{3000}\n") } == .noText)
  }

  @Test func aPageIsKnownWithoutItsMediaType() throws {
    #expect(try clean("<!DOCTYPE html><p>\(paragraph)").source.mediaType == "text/html")
    #expect(try clean(paragraph).source.mediaType == "text/plain")
    #expect(try clean("若 a<b 而 b<c，则 a<c。" + paragraph).source.mediaType == "text/plain")
  }

  @Test func theSourceIsFilledIn() throws {
    let record = try clean("依法")
    #expect(record.source.bytes == 6)
    #expect(record.source.sha256 == sha256(Array("依法".utf8)).hexadecimal)
    #expect(record.id == sha256(Array("page".utf8), [0], Array("依法".utf8)).hexadecimal)
  }

  private func code(_ body: () throws -> DocumentRecord) -> StageFailure.Code? {
    do {
      _ = try body()
      return nil
    } catch { return (error as? StageFailure)?.code }
  }
}
