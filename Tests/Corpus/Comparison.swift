private import Text

/// A finding of the program, as a corpus states findings.
package struct Finding: Sendable, Equatable {
  package var kind: String
  /// Bytes of the case's text.
  package var span: Range<Int>
  package var keys: [String: String]

  package init(_ kind: String, _ span: Range<Int>, _ keys: [String: String] = [:]) {
    self.kind = kind
    self.span = span
    self.keys = keys
  }
}

/// Why a quote has no place in a phrasing.
struct QuoteFault: Error { var message: String }

extension ExpectedFinding {
  /// The bytes at which the quote stands; wide and narrow forms of a character are the same.
  func locate(in text: String) -> Result<Range<Int>, QuoteFault> {
    let places = places(of: folded(quote), in: folded(text))
    if places.isEmpty { return .failure(QuoteFault(message: "the text has no \"\(quote)\"")) }
    if occurrence == nil, places.count > 1 {
      let message = "\"\(quote)\" stands \(places.count) times in the text: say which by @1, @2 …"
      return .failure(QuoteFault(message: message))
    }
    guard let place = places.dropFirst((occurrence ?? 1) - 1).first else {
      return .failure(QuoteFault(message: "\"\(quote)\" stands only \(places.count) times in the text"))
    }
    let lengths = text.unicodeScalars.map { UTF8.width($0) }
    let start = lengths[..<place].reduce(0, +)
    return .success(start..<start + lengths[place..<place + quote.unicodeScalars.count].reduce(0, +))
  }

  private func places(of quote: [UInt32], in text: [UInt32]) -> [Int] {
    guard quote.count <= text.count else { return [] }
    return (0...text.count - quote.count).filter { text[$0..<$0 + quote.count].elementsEqual(quote) }
  }

  /// The keys that are not as the line says.
  func differences(to actual: Finding) -> [String] {
    keys.compactMap { key in
      let value = actual.keys[key.name] ?? ""
      if folded(value) == folded(key.value) { return nil }
      return "\(kind) \"\(quote)\": \(key.name) is \(value.isEmpty ? "absent" : value), not \(key.value)"
    }
  }
}

extension CorpusCase {
  /// The differences between the located findings and those of the program.
  func differences(_ wanted: [(finding: ExpectedFinding, span: Range<Int>)], _ actual: [Finding]) -> [String] {
    var left = actual
    var differences: [String] = []
    for (finding, span) in wanted {
      let candidates = left.indices.filter { left[$0].kind == finding.kind && left[$0].span == span }
      let costs = candidates.map { (index: $0, differences: finding.differences(to: left[$0])) }
      guard let best = costs.min(by: { $0.differences.count < $1.differences.count }) else {
        differences.append("missing: \(finding.kind) \"\(finding.quote)\"")
        continue
      }
      differences += best.differences
      left.remove(at: best.index)
    }
    return differences + left.map { "extra: \($0.line(in: text))" }
  }
}

extension Finding {
  /// The finding as a line of a corpus.
  func line(in text: String) -> String {
    let quote = String(decoding: Array(text.utf8)[span], as: UTF8.self)
    let pairs = keys.sorted { $0.key < $1.key }.map { key, value in
      value.contains(" ") ? " \(key)=\"\(value)\"" : " \(key)=\(value)"
    }
    return "\(kind) \"\(quote)\"\(pairs.joined())"
  }
}

private func folded(_ words: String) -> [UInt32] { words.unicodeScalars.map { narrowed($0.value) } }
