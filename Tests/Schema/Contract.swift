internal import Foundation

/// What every line of the two output streams must be: valid by the published schema, its members in the contract's
/// order, every offset where the words are.
package struct Contract: Sendable {
  package enum Stream: String, Sendable { case record, failure }

  private let schema: Schema
  private let order: [String]
  private let stream: Stream

  /// Reads the schema of a stream from `deploy/schema/`.
  package init(_ stream: Stream) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let bytes = Array(try Data(contentsOf: folder.appending(path: "deploy/schema/\(stream.rawValue).schema.json")))
    schema = try Schema(bytes)
    order = try JSONValue(bytes)["properties"]?.members.map(\.name) ?? []
    self.stream = stream
  }

  /// What is wrong with a line, which stands without its end; empty where all is well.
  ///
  /// - Parameter isComplete: whether the record has been through all stages.
  package func problems(with line: [UInt8], isComplete: Bool = true) -> [String] {
    do throws(JSONValue.Malformed) {
      let value = try JSONValue(line)
      let problems = schema.problems(with: value) + orderProblems(value)
      guard stream == .record else { return problems }
      return problems + offsetProblems(value) + (isComplete ? missing(value) : [])
    } catch {
      return ["at byte \(error.byte): \(error.problem)"]
    }
  }

  private func missing(_ value: JSONValue) -> [String] {
    order.filter { value[$0] == nil }.map { "$ has no member '\($0)'" }
  }

  /// Known members stand in the schema's order; unknown ones, the layers of foreign stages, right before the last.
  private func orderProblems(_ value: JSONValue) -> [String] {
    let names = value.members.map(\.name)
    let known = names.filter(order.contains)
    let foreign = names.filter { !order.contains($0) }
    let expected = known == order.filter(names.contains) && names == known.dropLast() + foreign + known.suffix(1)
    return expected ? [] : ["the members stand in the order \(names.joined(separator: " "))"]
  }

  /// Items with words of their own have them at their offsets; all offsets are within the text and in order.
  private func offsetProblems(_ value: JSONValue) -> [String] {
    let text = Array(value["text"]?.string?.unicodeScalars ?? "".unicodeScalars)
    return ["sections", "sentences", "entities", "metrics"].flatMap { list in
      (value[list]?.elements ?? []).enumerated().compactMap { place, item in
        guard let start = item["start"]?.integer, let end = item["end"]?.integer, 0 <= start, start <= end,
          end <= text.count
        else { return "\(list)[\(place)] has offsets outside the text" }
        guard let words = item["text"]?.string else { return nil }
        let found = String(String.UnicodeScalarView(text[start..<end]))
        return Array(found.unicodeScalars) == Array(words.unicodeScalars)
          ? nil : "\(list)[\(place)] is '\(words)', but '\(found)' stands at its offsets"
      }
    }
  }
}
