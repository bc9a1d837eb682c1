package import ArgumentParser
internal import Record

/// What is masked in records: `phones`, `persons`, or both with a comma between them.
package struct Redaction: OptionSet, Sendable, ExpressibleByArgument {
  package let rawValue: Int

  package static let phones = Redaction(rawValue: 1)
  package static let persons = Redaction(rawValue: 2)
  private static let names: [(name: String, kind: Redaction)] = [("phones", .phones), ("persons", .persons)]

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Nil where a word is none of the kinds.
  package init?(argument: String) {
    self = []
    for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let known = Self.names.first(where: { $0.name == word }) else { return nil }
      insert(known.kind)
    }
  }

  package static var allValueStrings: [String] { names.map(\.name) + ["phones,persons"] }

  /// Whether mentions of a kind are masked.
  func masks(_ kind: Entity.Kind) -> Bool {
    switch kind {
    case .phone: contains(.phones)
    case .person: contains(.persons)
    default: false
    }
  }
}

/// What `gongwen-extract` and `gongwen run` can be told of extracting.
package struct ExtractOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Mask phones, persons or both in the record: every character of theirs becomes an asterisk.",
      discussion: "They are masked in the text and wherever else the record repeats them; the record says so in its "
        + "diagnostics. Its member source, and the layers on the queue, stay as they are.",
      valueName: "phones,persons"))
  package var redact: Redaction = []

  package init() {}
}
