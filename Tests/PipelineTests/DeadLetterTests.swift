import Foundation
import Schema
import Testing
import TestSupport

/// Documents that failed, as their user finds them, looks at them, and tries them again or gives them up.
@Suite(.serialized) struct DeadLetterTests {
  private static let text = "甲县全年检查120次，其中抽查20次。"

  @Test func aFailedURLIsListedShownAndARecordOnceItsPageIsThere() async throws {
    let server = try Server()
    try await Pipeline.with(environment: ["GONGWEN_ALLOW_PRIVATE": "1"]) { pipeline in
      let dlq = { (words: String...) in try await pipeline.program.gongwen(["dlq"] + words) }
      let uri = server.address + "/later"
      let pushed = try await pipeline.push(uri)
      #expect(pushed.status == 1)
      let job = try #require(pushed.lines.first.map { String(decoding: $0, as: UTF8.self) })
      #expect(try await dlq("ls").output == [])
      let listed = try await dlq("ls", "--all", "--json")
      let letter = try JSONValue(try #require(listed.lines.first))
      #expect(listed.lines.count == 1)
      #expect(letter["job"]?.string == job && letter["state"]?.string == "failed")
      #expect(letter["failure"]?["code"]?.string == "http_status")
      let shown = String(decoding: try await dlq("show", job).output, as: UTF8.self)
      #expect(shown.contains(uri) && shown.contains("404"), "\(shown)")
      let body = try await dlq("show", job, "--body")
      #expect(try JSONValue(body.output)["uri"]?.string == uri)

      server.publish(Self.text)
      let retried = try await dlq("retry", job)
      #expect(retried.status == 0, "\(retried.error)")
      #expect(try await pipeline.push(uri).status == 0)
      #expect(try await pipeline.records().map { try JSONValue($0)["source"]?["uri"]?.string } == [uri])
      #expect(try await dlq("ls", "--all").output == [])
      let again = try await dlq("retry", job)
      #expect(again.status == 1 && again.error.contains("is a record already"), "\(again.error)")
      let status = try await pipeline.status()
      #expect(status["accepted"]?.integer == 1 && status["done"]?.integer == 1 && status["failed"]?.integer == 0)
    }
  }

  @Test func theBytesOfAFailedDocumentAreThoseThatWerePushedUntilItIsDropped() async throws {
    let folder = TemporaryFolder()
    let bytes = [0xFF, 0xD8, 0xFF, 0xE0] + (0..<2000).map { UInt8($0 % 251) }
    try folder.write("picture.txt", bytes)
    try await Pipeline.with { pipeline in
      let dlq = { (words: String...) in try await pipeline.program.gongwen(["dlq"] + words) }
      let pushed = try await pipeline.push(folder.path + "/picture.txt")
      let job = try #require(pushed.lines.first.map { String(decoding: $0, as: UTF8.self) })
      #expect(try await dlq("show", job, "--body").output == bytes)
      #expect(try await dlq("drop", job).status == 0)
      let gone = try await dlq("show", job, "--body")
      #expect(gone.status == 1 && gone.output == [] && gone.error.contains("no longer kept"), "\(gone.error)")
      #expect(try JSONValue(try await dlq("show", job, "--json").output)["bytes"]?.integer == 0)
      for verb in ["drop", "retry"] {
        let refused = try await dlq(verb, job)
        #expect(refused.status == 1 && refused.error.contains("was dropped before"), "\(refused.error)")
      }
      let unknown = try await dlq("retry", String(repeating: "0", count: 32))
      #expect(unknown.status == 1 && unknown.error.contains("not known"), "\(unknown.error)")
      let malformed = try await dlq("retry", "picture.txt")
      #expect(malformed.status == 64 && malformed.error.contains("32 hexadecimal digits"), "\(malformed.error)")
      #expect(try await pipeline.status()["failed"]?.integer == 1)
    }
  }
}
