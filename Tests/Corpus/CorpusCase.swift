/// One phrasing of one case: a text and the findings that it must give.
package struct CorpusCase: Sendable {
  package let title: String
  /// The phrasing.
  package let text: String
  /// The file, from the root of the package, and the line of the phrasing in it.
  package let path: String
  package let line: Int
  /// The findings that this phrasing must give; none for a negative case.
  package internal(set) var findings: [ExpectedFinding] = []
  /// The kinds that the file declares: findings of other kinds are not looked at.
  package internal(set) var kinds: Set<String> = []
  /// The reason of `:skip`.
  package internal(set) var skipped: String?
  var fault: String?

  init(title: String, text: String, path: String, line: Int) {
    self.title = title
    self.text = text
    self.path = path
    self.line = line
  }

  /// Whether this case states what does not work yet: it must fail.
  package var isGap: Bool { path.hasSuffix("/gaps.corpus") || path == "gaps.corpus" }

  /// What a test must report, one readable line each; empty when all is as it should be.
  ///
  /// For a case of `gaps.corpus` that is: nothing while the findings differ, and once they agree that it is closed.
  package func problems(with actual: [Finding]) -> [String] {
    if let fault { return [fault] }
    var unlocatable: [String] = []
    let wanted = findings.compactMap { finding in
      switch finding.locate(in: text) {
      case .success(let span): return (finding, span)
      case .failure(let fault):
        unlocatable.append(fault.message)
        return nil
      }
    }
    if !unlocatable.isEmpty { return unlocatable }
    let differences = differences(wanted, actual.filter { kinds.contains($0.kind) })
    guard isGap else { return differences }
    return differences.isEmpty ? ["closed: move it out of gaps.corpus"] : []
  }
}

extension CorpusCase: CustomStringConvertible {
  /// `Services/Segment/Corpus/labels.corpus:12 A title (the phrasing)`.
  package var description: String {
    let start = text.prefix(24).split(separator: "\n").joined(separator: "⏎")
    return "\(path):\(line) \(title) (\(start))"
  }
}
