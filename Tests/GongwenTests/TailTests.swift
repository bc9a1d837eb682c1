import Foundation
import Testing
import TestSupport

@testable import Gongwen

@Suite struct CursorTests {
  let folder = TemporaryFolder()

  @Test(arguments: ["sink-1=0", "sink-1=10240,sink-2=512"]) func cursorIsWrittenAsItIsRead(text: String) {
    #expect(Cursor(text)?.description == text)
  }

  @Test(arguments: ["", "start", "sink-1", "=7", "sink-1=x", "sink-1=-1", "sink-1=1;sink-2=2", "a=b=7"])
  func whatIsNoCursorIsNone(text: String) {
    #expect(Cursor(text) == nil)
  }

  @Test func cursorFileHoldsTheLastCursorAndNothingElseIsLeft() throws {
    let file = CursorFile(path: folder.path + "/cursor")
    #expect(try file.load() == nil)
    for offset in 1...3 { try file.save(try #require(Cursor("sink-1=\(offset)"))) }
    #expect(try file.load()?.offsets == ["sink-1": 3])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["cursor"])
  }

  @Test func fileThatHoldsNoCursorIsAnErrorThatSaysWhatToDo() throws {
    folder.write("cursor", "what")
    let failure = #expect(throws: CommandFailure.self) { try CursorFile(path: folder.path + "/cursor").load() }
    #expect(failure?.status == .usage)
    #expect(failure?.message.hasSuffix("Remove it to begin anew.") == true)
  }
}

@Suite struct SelectionTests {
  private let record = Array(
    #"""
    {"schema":"gongwen.record/1","id":"ab","source":{"uri":"a.txt","bytes":3},"document":{"title":"报告","issuer":{"name":"甲局","code":"110000"},"report_year":2023},"text":"x","metrics":[{"id":"m1","value":78900,"unit":"件"},{"id":"m2","low":1.50,"high":2}],"entities":[],"sections":[{"id":"s1","heading":"一"}],"run":{}}
    """#.utf8)

  private func rows(_ selection: Selection) -> String {
    String(decoding: selection.lines(of: record[...]), as: UTF8.self)
  }

  private let facts =
    #""document_id":"ab","document_uri":"a.txt","document_title":"报告","document_issuer_name":"甲局","#
    + #""document_issuer_code":"110000","document_report_year":2023"#

  @Test func eachMetricIsALineWithTheDocumentsFactsAndItsOwnDigits() {
    #expect(
      rows(.metrics) == "{\(facts),\"id\":\"m1\",\"value\":78900,\"unit\":\"件\"}\n"
        + "{\(facts),\"id\":\"m2\",\"low\":1.50,\"high\":2}\n")
  }

  @Test func partWithoutItemsIsNoLine() {
    #expect(rows(.entities) == "")
    #expect(rows(.sections) == "{\(facts),\"id\":\"s1\",\"heading\":\"一\"}\n")
  }

  @Test func documentIsOneLine() {
    #expect(rows(.document) == "{\(facts)}\n")
  }
}
