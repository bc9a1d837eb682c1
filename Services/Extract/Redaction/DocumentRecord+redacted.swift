internal import Record
private import Text

extension DocumentRecord {
  /// Masks mentions in the text and all that repeats them, and says in `diagnostics` how many there were.
  mutating func redact(_ redaction: Redaction) {
    if redaction.isEmpty { return }
    let mask = mask(redaction)
    report(redaction)
    text = DocumentText(mask.masked(text.bytes))
    for index in chrome.indices { chrome[index].text = mask.masked(chrome[index].text) }
    for index in sections.indices { sections[index].redact(mask) }
    for index in entities.indices { entities[index].redact(mask) }
    for index in metrics.indices { metrics[index].redact(mask) }
    for index in diagnostics.indices { diagnostics[index].message = mask.masked(diagnostics[index].message) }
    document.redact(mask)
  }

  /// The words to mask: the mentions of the text, of the chrome and of the facts, and all who are named as reporters and editors.
  private func mask(_ redaction: Redaction) -> Mask {
    var mask = Mask(redaction)
    mask.add(entities, of: text.bytes)
    for piece in chrome { mask.read(piece.text) }
    for fact in [document.title, document.publisher, document.source].compactMap(\.self) { mask.read(fact) }
    if redaction.contains(.persons) {
      for name in document.reporters + document.editors { mask.add(Array(name.utf8)) }
    }
    return mask
  }

  private mutating func report(_ redaction: Redaction) {
    var parts: [String] = []
    if redaction.contains(.phones) { parts.append("phones: \(entities.count { $0.kind == .phone })") }
    if redaction.contains(.persons) { parts.append("persons: \(entities.count { $0.kind == .person })") }
    diagnostics.append(
      Diagnostic(stage: "extract", code: "redacted", message: "Masked in the text, \(parts.joined(separator: ", "))."))
  }
}

extension DocumentFacts {
  fileprivate mutating func redact(_ mask: Mask) {
    let strings: [WritableKeyPath<DocumentFacts, String?>] = [
      \.title, \.documentNumber, \.indexNumber, \.validity, \.disclosure, \.category, \.publisher, \.source,
    ]
    for path in strings { self[keyPath: path] = self[keyPath: path].map(mask.masked) }
    if let name = issuer?.name { issuer?.name = mask.masked(name) }
    reporters = reporters.map(mask.masked)
    editors = editors.map(mask.masked)
  }
}

extension Section {
  fileprivate mutating func redact(_ mask: Mask) {
    heading = mask.masked(heading)
    speaker = speaker.map(mask.masked)
  }
}

extension Entity {
  fileprivate mutating func redact(_ mask: Mask) {
    canonical = canonical.map(mask.masked)
    title = title.map(mask.masked)
    version = version.map(mask.masked)
  }
}

extension Metric {
  fileprivate mutating func redact(_ mask: Mask) {
    name = name.map(mask.masked)
    scope = scope.map(mask.masked)
  }
}
