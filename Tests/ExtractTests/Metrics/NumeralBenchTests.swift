import Corpus
import Foundation
import Record
import Testing

@testable import Extract

/// The numerals of the public bench that lies beside the project, each in a sentence with a unit.
@Suite struct NumeralBenchTests {
  private struct Line: Decodable {
    var input: String
    var value: String
    var percent: Bool
  }

  /// One of the bench's numerals counts dozens, which reports do not.
  private static let floor = 0.99

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: Corpus.root + "../shared/bench/numbers.jsonl"),
      "The bench is not here."))
  func numeralsGiveTheirValues() throws {
    let text = try String(contentsOfFile: Corpus.root + "../shared/bench/numbers.jsonl", encoding: .utf8)
    let lines = try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    let wrong = lines.filter { !isRight($0) }.map(\.input)
    #expect(Double(lines.count - wrong.count) >= Self.floor * Double(lines.count), "\(wrong)")
  }

  private func isRight(_ line: Line) -> Bool {
    let sentence = line.percent ? "目前占比为\(line.input)。" : "共办理\(line.input)件。"
    let record = measured(sentence)
    guard record.metrics.count == 1, case .value(let value) = record.metrics[0].amount, let wanted = Double(line.value)
    else { return false }
    return abs(value.approximation - wanted) <= 1e-9 * max(1, abs(wanted))
  }
}
