import Record
import Schema
import Testing
import Text

@Suite struct SchemaTests {
  /// A record with one finding of each kind, by the program's own writer.
  static func record() -> [UInt8] {
    var record = DocumentRecord(
      id: String(repeating: "0a", count: 32), source: Source(uri: "a.txt"), text: DocumentText("甲县检查\n120次。"))
    record.sections = [Section(level: 1, label: "一、", heading: "检查", span: 0..<18)]
    record.sentences = [Sentence(13..<22, section: 0)]
    record.entities = [Entity(.place, 0..<6)]
    record.metrics = [Metric(13..<19, .value(ExactDecimal(120)), unit: "次", kind: .count)]
    record.diagnostics = [Diagnostic(stage: "clean", code: "charset_guessed", message: "It was guessed.")]
    let run = RunFacts(processedAt: timestamp(secondsSince1970: 0), seconds: [], attempts: 1)
    return record.line(run: run, extra: [("foreign", Array("{}".utf8))])
  }

  static func changed(_ from: String, _ to: String) -> [UInt8] {
    Array(String(decoding: record(), as: UTF8.self).replacing(from, with: to).utf8)
  }

  @Test func theWritersRecordIsValid() throws {
    #expect(try Contract(.record).problems(with: Self.record()) == [])
  }

  @Test(arguments: [
    (#""unit":"次","#, ""), (#""value":120"#, #""value":120,"low":1,"high":2"#),
    (#""kind":"count""#, #""kind":"counts""#),
    (#""level":1"#, #""level":"1""#), (#""id":"m1""#, #""id":"m0""#), (#""start":5"#, #""start":4"#),
    (#""text":"120次""#, #""text":"12次""#), (#""chrome":[],"#, ""), (#""uri":"a.txt""#, #""uri":"a.txt","new":1"#),
    (#""attempts":1"#, #""attempts":0"#), ("1970-01-01T00:00:00Z", "1970-01-01"), (#""checks":[],"#, ""),
    (#""foreign":{},"run":"#, #""run":{},"foreign":"#), ("0a0a", "0A0A"), (#""end":9"#, #""end":10"#),
  ])
  func aChangeThatBreaksTheContractIsFound(_ from: String, _ to: String) throws {
    let line = Self.changed(from, to)
    #expect(line != Self.record(), "the record has no '\(from)'")
    #expect(try Contract(.record).problems(with: line) != [])
  }

  @Test func aFailureIsValidAndOneWithoutCodeIsNot() throws {
    let failure = FailureRecord(
      id: String(repeating: "0a", count: 32), source: Source(uri: "a.txt"), stage: "clean", code: "no_text",
      message: "There is none.", attempts: 1, failedAt: timestamp(secondsSince1970: 0))
    let contract = try Contract(.failure)
    #expect(contract.problems(with: failure.line) == [])
    let text = String(decoding: failure.line, as: UTF8.self)
    #expect(contract.problems(with: Array(text.replacing(#""code":"no_text","#, with: "").utf8)) != [])
  }

  @Test func aKeywordThatIsNotCheckedIsAProblem() throws {
    let schema = try Schema(Array(#"{"contains": {"const": 1}}"#.utf8))
    #expect(schema.problems(with: .array([])) != [])
  }
}
