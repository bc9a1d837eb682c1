import Foundation
import Schema
import Testing
import TestSupport

/// `gongwen run` as a process: bad inputs become failures with stable codes, and all other documents come through.
@Suite struct RunTests {
  private let good = Array("甲县2023年工作报告\n全年检查120次，其中抽查20次。\n".utf8)

  /// Runs over one bad file between two good ones; the code of its failure, with the rest checked.
  private func code(of name: String, _ bytes: some Sequence<UInt8>) async throws -> String? {
    let folder = TemporaryFolder()
    try folder.write("a.txt", good)
    try folder.write("b-" + name, bytes)
    try folder.write("c.txt", good)
    let failures = TemporaryFolder()
    let outcome = try await Program().gongwen("run", "--failures", failures.path + "/f", folder.path)
    #expect(outcome.status == 1)
    let contract = try Contract(.record)
    #expect(outcome.lines.flatMap { contract.problems(with: $0) } == [])
    #expect(try outcome.lines.map { try JSONValue($0)["source"]?["uri"]?.string } == ["a.txt", "c.txt"])
    let line = Array(try Data(contentsOf: URL(filePath: failures.path + "/f")).split(separator: 0x0A).joined())
    #expect(try Contract(.failure).problems(with: line) == [])
    return try JSONValue(line)["code"]?.string
  }

  @Test func anEmptyFileIsAFailure() async throws { #expect(try await code(of: "empty.txt", []) == "empty_input") }

  @Test func sixtyMegabytesAreTooLarge() async throws {
    #expect(try await code(of: "large.txt", [UInt8](repeating: 0x61, count: 60 << 20)) == "input_too_large")
  }

  @Test func aPictureNamedTextIsNoText() async throws {
    let picture: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10] + Array("JFIF".utf8) + (0..<2000).map { UInt8($0 % 251) }
    #expect(try await code(of: "picture.txt", picture) == "unsupported_media_type")
  }

  @Test func aPageOfOnlyChromeHasNoText() async throws {
    let page =
      "<html><body><div class=nav><a href=/>首页</a> <a href=/x>政务公开</a></div>"
      + "<div class=footer>版权所有 京ICP备19000001号</div></body></html>"
    #expect(try await code(of: "chrome.html", page.utf8) == "no_text")
  }

  @Test func markupNestedAHundredThousandDeepDoesNoHarm() async throws {
    let folder = TemporaryFolder()
    let deep = String(repeating: "<div>", count: 100_000) + "全年检查120次。" + String(repeating: "</div>", count: 100_000)
    try folder.write("a.txt", good)
    try folder.write("deep.html", ("<html><body>" + deep + "</body></html>").utf8)
    let outcome = try await Program().gongwen("run", folder.path)
    #expect(outcome.status == 0 || outcome.status == 1)
    #expect(outcome.status == 0)
    #expect(try outcome.lines.first.map { try JSONValue($0)["source"]?["uri"]?.string } == "a.txt")
  }

  @Test func invalidUTF8IsReadAsSomethingAndSaysSo() async throws {
    let folder = TemporaryFolder()
    try folder.write("a.txt", good + [0xE4, 0xBD, 0x0A, 0xFF] + good)
    let outcome = try await Program().gongwen("run", folder.path)
    let record = try JSONValue(try #require(outcome.lines.first))
    #expect(outcome.status == 0)
    #expect(record["diagnostics"]?.elements.isEmpty == false)
    #expect(try Contract(.record).problems(with: outcome.lines[0]) == [])
  }

  @Test func aFolderWithAnUnreadableFileGivesTheOthers() async throws {
    let folder = TemporaryFolder()
    try folder.write("a.txt", good)
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/b.txt", withDestinationPath: "/nowhere/b.txt")
    try folder.write("c.txt", good)
    let outcome = try await Program().gongwen("run", folder.path)
    #expect(outcome.status == 1)
    #expect(outcome.lines.count == 2)
    #expect(outcome.error.contains("b.txt: unreadable (read): "))
  }

  @Test func nothingReadableEndsWith65() async throws {
    let outcome = try await Program().gongwen("run", "/nowhere/a.txt")
    #expect(outcome.status == 65)
    #expect(outcome.output.isEmpty)
  }

  @Test(arguments: [
    (["run", "--untill", "clean", "x"], "--until"), (["pus", "x"], "push"), (["run", "--until", "clea", "x"], "clean"),
    (["up", "--scal", "a=1"], "--scale"),
  ])
  func aMisspeltFlagOrVerbNamesTheNearest(_ arguments: [String], _ meant: String) async throws {
    let outcome = try await Program().gongwen(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.error.contains(meant))
    #expect(outcome.output.isEmpty)
  }

  @Test(arguments: ["clean", "segment", "extract"])
  func untilAStageTheRecordHasTheMembersKnownByThen(_ stage: String) async throws {
    let line = Array(#"{"uri": "a", "text": "甲县检查120次。"}"#.utf8)
    let outcome = try await Program().gongwen("run", "--until", stage, "-", input: line)
    let record = try JSONValue(try #require(outcome.lines.first))
    #expect(try Contract(.record).problems(with: outcome.lines[0], isComplete: stage == "extract") == [])
    #expect((record["sentences"] != nil) == (stage != "clean"))
    #expect((record["metrics"] != nil) == (stage == "extract"))
  }

  @Test func phonesAndPersonsAreMaskedOnDemand() async throws {
    let line = Array(#"{"uri": "a", "text": "县长周若川出席。电话：0713-7012345。"}"#.utf8)
    let outcome = try await Program().gongwen("run", "--redact", "phones,persons", "-", input: line)
    let record = try JSONValue(try #require(outcome.lines.first))
    #expect(try Contract(.record).problems(with: outcome.lines[0]) == [])
    #expect(record["text"]?.string == "县长＊＊＊出席。电话：************。")
    #expect(!String(decoding: outcome.output, as: UTF8.self).contains("周若川"))
  }

  @Test(arguments: [["--redact", "names"], ["--until", "clean", "--redact", "phones"]])
  func whatCannotBeMaskedIsAUsageError(_ options: [String]) async throws {
    let outcome = try await Program().gongwen(["run"] + options + ["-"])
    #expect(outcome.status == 64)
    #expect(outcome.error.contains("--redact"))
  }

  @Test func explainSaysWhichRuleFoundANumber() async throws {
    let folder = TemporaryFolder()
    try folder.write("a.txt", good)
    let outcome = try await Program().gongwen("explain", "--json", folder.path + "/a.txt")
    let value = try JSONValue(try #require(outcome.lines.first))
    #expect(outcome.status == 0)
    #expect(value["rules"]?["m1"]?.string?.isEmpty == false)
    let text = try await Program().gongwen("explain", folder.path + "/a.txt")
    #expect(String(decoding: text.output, as: UTF8.self).contains("m1 120次 = 120 次"))
  }
}
