/// A variable of the environment that a program of the pipeline, its Compose file or its scripts read.
package struct Setting: Sendable {
  /// What a value must be.
  package enum Kind: Sendable {
    /// Anything; what is more particular its reader checks.
    case text
    /// An address or anything else that may hold a password, which is not shown.
    case address
    /// A whole number from the first on, at most the second.
    case whole(from: UInt64, to: UInt64 = UInt64(Int.max))
    /// A number with decimals in a range.
    case decimal(ClosedRange<Double>)
    /// `1` for yes, `0` for no.
    case yes
    case word([String])
  }

  /// Who reads it.
  package enum Reader: String, Sendable, CaseIterable {
    case all, queue, fetch, sink
    /// The Compose file, for a number or a name in it.
    case compose
    /// The scripts and tests of the sources.
    case sources
  }

  package let name: String
  package let kind: Kind
  /// As a value of the variable; words where it is worked out, empty for none.
  package let usual: String
  package let reader: Reader
  /// The option that goes before it, with its dashes; nil where there is none.
  package let option: String?
  package let meaning: String

  init(
    _ name: String, _ kind: Kind, _ usual: String, _ reader: Reader, option: String? = nil, _ meaning: String
  ) {
    (self.name, self.kind, self.usual) = (name, kind, usual)
    (self.reader, self.option, self.meaning) = (reader, option, meaning)
  }

  /// The sentence that says why a value cannot be read; nil where it can be. An empty one is as good as none.
  package func problem(with value: String) -> String? {
    value.isEmpty || kind.accepts(value) ? nil : "\(name) is '\(value)'; it must be \(kind.expectation)."
  }

  /// A value as others may see it: without the user and the password of an address.
  package func shown(_ value: String) -> String {
    guard case .address = kind, let at = value.lastIndex(of: "@") else { return value }
    let scheme = value.firstRange(of: "://").map { value[..<$0.upperBound] } ?? ""
    return scheme + "…" + value[at...]
  }
}

extension Setting.Kind {
  fileprivate func accepts(_ value: String) -> Bool {
    switch self {
    case .text, .address: true
    case .whole(let least, let most): UInt64(value).map { least...most ~= $0 } ?? false
    case .decimal(let range): Double(value).map { range.contains($0) } ?? false
    case .yes: value == "0" || value == "1"
    case .word(let words): words.contains(value)
    }
  }

  /// What must stand there, as the end of a sentence.
  package var expectation: String {
    switch self {
    case .text, .address: "text"
    case .whole(let least, let most) where most == UInt64(Int.max): "a whole number from \(least) on"
    case .whole(let least, let most): "a whole number from \(least) to \(most)"
    case .decimal(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .yes: "1 for yes or 0 for no"
    case .word(let words): "one of " + words.joined(separator: ", ")
    }
  }
}
