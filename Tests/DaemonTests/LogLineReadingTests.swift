import Daemon
import Testing

struct LogLineReadingTests {
  @Test(arguments: LogFormat.allCases, ["plain", "two words", #"a "quoted" = word"#, "县\n二", #"back\slash"#])
  func aLineIsReadBackAsItWasWritten(_ format: LogFormat, _ value: String) throws {
    let line = LogLine([("time", "2026-01-02T03:04:05.006Z"), ("msg", value), ("job", "5f0c")])
    let read = try #require(LogLine(line.bytes(format).dropLast()))
    #expect(read["msg"] == value && read["job"] == "5f0c" && read["code"] == nil)
  }

  @Test(arguments: ["", "words", #"msg="open"#, "{", #"{"msg":1}"#]) func whatIsNoLineIsNone(_ text: String) {
    #expect(LogLine(Array(text.utf8)) == nil)
  }
}
