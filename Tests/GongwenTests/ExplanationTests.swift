import Record
import Testing

@testable import Gongwen

/// What `gongwen explain` says of a document: every finding with its rule, and the members of each check in words.
@Suite struct ExplanationTests {
  private let text = """
    一、工作情况
    市水利局受理申请150件，批准132件，批准率88%。
    """

  private func explanation() async throws -> Explanation {
    try await Explanation(InputDocument(source: Source(uri: "a.txt"), raw: Array(text.utf8)))
  }

  @Test func everyMetricAndEntityStandsWithItsRule() async throws {
    let explanation = try await explanation()
    let lines = explanation.text(Paint(isOn: false)).split(separator: "\n")
    let metrics = explanation.record.metrics
    #expect(metrics.count == 3)
    for (place, metric) in metrics.enumerated() {
      #expect(lines.contains { $0.hasPrefix("    m\(place + 1) ") && $0.hasSuffix("← \(metric.rule)") })
    }
    for (place, entity) in explanation.record.entities.enumerated() {
      #expect(lines.contains { $0.hasPrefix("    e\(place + 1) ") && $0.hasSuffix("← \(entity.rule)") })
    }
  }

  @Test func aCheckNamesItsMembersInWords() async throws {
    let lines = try await explanation().text(Paint(isOn: false)).split(separator: "\n")
    #expect(lines.contains("check  ratio m2 132件: m1 150件, m3 88%: computed 88, stated 88: consistent"))
  }

  @Test func theTextItselfStandsWhole() async throws {
    let shown = try await explanation().text(Paint(isOn: false))
    for line in text.split(separator: "\n") { #expect(shown.contains(line)) }
  }

  @Test func coloursStandOnlyWhereTheyAreWanted() async throws {
    let explanation = try await explanation()
    #expect(!explanation.text(Paint(isOn: false)).contains("\u{1B}"))
    #expect(explanation.text(Paint(isOn: true)).contains("\u{1B}[1;33m88%\u{1B}[0m"))
  }
}
