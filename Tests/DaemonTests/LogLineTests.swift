import Logging
import Testing

@testable import Daemon

struct LogLineTests {
  private let plain = LogLine([("level", "info"), ("msg", "is ready"), ("job", "5f0c")])

  @Test func aPlainValueStandsAsItIsAndOneWithBlanksInQuotes() {
    #expect(String(decoding: plain.bytes(.logfmt), as: UTF8.self) == "level=info msg=\"is ready\" job=5f0c\n")
  }

  @Test func theSameFieldsAsJSON() {
    #expect(
      String(decoding: plain.bytes(.json), as: UTF8.self) == #"{"level":"info","msg":"is ready","job":"5f0c"}"# + "\n")
  }

  @Test(arguments: ["", "a\nb", "a=b", "say \"no\"", "tab\there", "\u{7F}\u{1}"])
  func aValueThatWouldNotBeReadBackIsQuotedAndTheLineStaysOne(_ value: String) {
    let line = String(decoding: LogLine([("msg", value)]).bytes(.logfmt), as: UTF8.self)
    #expect(line.hasPrefix("msg=\"") && line.hasSuffix("\"\n"))
    #expect(line.dropLast().utf8.allSatisfy { $0 >= 0x20 })
  }

  @Test func chineseStandsUnquoted() {
    #expect(String(decoding: LogLine([("msg", "公文")]).bytes(.logfmt), as: UTF8.self) == "msg=公文\n")
  }

  @Test func theJobComesBeforeTheOtherFieldsAndTheCallBeforeTheHandler() {
    var handler = LineLogHandler(service: "clean-1", format: .logfmt, level: .info)
    handler[metadataKey: "a"] = "1"
    handler[metadataKey: "code"] = "2"
    let event = LogEvent(
      level: .warning, message: "failed", metadata: ["job": "5f0c", "a": "3"], source: nil, file: "", function: "",
      line: 0)
    let line = handler.line(event, time: "T")
    #expect(
      line.fields.map { "\($0.name)=\($0.value)" } == [
        "time=T", "level=warning", "service=clean-1", "msg=failed", "job=5f0c", "a=3", "code=2",
      ])
  }
}
