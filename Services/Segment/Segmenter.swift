package import Record
internal import Text

/// Finds the outline and the sentences of a cleaned document.
package struct Segmenter: Sendable {
  package init() {}

  /// Fills `sections` and `sentences`, and adds to `diagnostics`.
  package func segment(_ record: inout DocumentRecord) {
    let outline = Outline(record.text.bytes)
    record.sections = outline.items.map { section($0, in: record.text) }
    record.sentences = sentences(record.text, outline)
    record.diagnostics += outline.items.compactMap { $0.diagnostic(in: record.text) }
  }

  private func section(_ item: OutlineItem, in text: DocumentText) -> Section {
    let label = item.label
    var section = Section(
      level: item.level, label: text[label.span], heading: text[item.heading].closedUp,
      span: label.span.lowerBound..<item.end)
    section.parent = item.parent
    section.number = label.number > 0 ? label.number : nil
    section.speaker = label.speaker.map { text[$0] }
    return section
  }

  /// The sentences, each with the innermost item in which it starts.
  private func sentences(_ text: DocumentText, _ outline: Outline) -> [Sentence] {
    let breaks = outline.items.flatMap { item in
      [item.label.span.lowerBound] + (item.runsIntoBody ? [item.heading.upperBound] : [])
    }
    var next = 0
    var open: [Int] = []
    return SentenceSplitter(text.bytes, breaks: breaks).sentences.map { span in
      while next < outline.items.count, outline.items[next].label.span.lowerBound <= span.lowerBound {
        open.append(next)
        next += 1
      }
      while let last = open.last, outline.items[last].end <= span.lowerBound { open.removeLast() }
      return Sentence(span, section: open.last)
    }
  }
}

extension OutlineItem {
  /// What a reader should know about the item's number.
  fileprivate func diagnostic(in text: DocumentText) -> Diagnostic? {
    guard let fault else { return nil }
    let words = "\(text[label.span]) \(text[heading])"
    switch fault {
    case .missing(let expected):
      return Diagnostic(
        stage: "segment", code: "missing_number", message: "Number \(expected) is missing before \"\(words)\".")
    case .repeated:
      return Diagnostic(
        stage: "segment", code: "repeated_number", message: "The number of \"\(words)\" stands there twice.")
    case .misplaced:
      return Diagnostic(
        stage: "segment", code: "misplaced_number", message: "The number of \"\(words)\" is lower than the one before.")
    }
  }
}

extension String {
  /// A heading whose letters are spaced out (`总　　则`) without the blanks, any other as it is.
  fileprivate var closedUp: String {
    guard unicodeScalars.contains(where: { Characters.isBlank(narrowed($0.value)) }) else { return self }
    let parts = split { $0.isWhitespace }
    return parts.count > 1 && parts.allSatisfy { $0.count == 1 } ? parts.joined() : self
  }
}
