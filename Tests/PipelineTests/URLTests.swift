import Foundation
import Schema
import Testing
import TestSupport

/// `gongwen run` over URLs, as a process.
@Suite struct URLTests {
  private func code(_ failures: String) throws -> String? {
    let line = Array(try Data(contentsOf: URL(filePath: failures)).split(separator: 0x0A).joined())
    #expect(try Contract(.failure).problems(with: line) == [])
    return try JSONValue(line)["code"]?.string
  }

  @Test func aPageThatItsProducerHasIsUnchangedAndAnotherOneIsARecord() async throws {
    let server = try Server()
    server.publish("甲县2025年工作报告\n全年检查120次，其中抽查20次。\n")
    let url = server.address + "/later"
    let first = try await Program().gongwen("run", "--allow-private", "--ignore-robots", url)
    let record = try JSONValue(try #require(first.lines.first))
    #expect(try Contract(.record).problems(with: try #require(first.lines.first)) == [])
    #expect(record["diagnostics"]?.elements.compactMap { $0["code"]?.string }.contains("robots_ignored") == true)

    let digest = try #require(record["source"]?["sha256"]?.string)
    let line = Array(#"{"uri":"\#(url)","etag":null,"sha256":"\#(digest)"}"#.utf8)
    let folder = TemporaryFolder()
    let failures = folder.path + "/failures"
    let second = try await Program().gongwen("run", "--allow-private", "--failures", failures, "-", input: line)
    #expect(second.lines.isEmpty && second.status == 1)
    #expect(try code(failures) == "unchanged")

    server.publish("甲县2025年工作报告\n全年检查121次，其中抽查20次。\n")
    let third = try await Program().gongwen("run", "--allow-private", "-", input: line)
    #expect(third.lines.count == 1 && third.status == 0, "\(third.error)")
  }

  @Test func internalAddressesAreRefusedUnlessTheyAreAllowed() async throws {
    let folder = TemporaryFolder()
    let failures = folder.path + "/failures"
    _ = try await Program().gongwen("run", "--failures", failures, try Server().address + "/later")
    #expect(try code(failures) == "forbidden_address")
  }
}
