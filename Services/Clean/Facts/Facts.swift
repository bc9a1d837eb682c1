internal import Record

/// What the page itself states of its document, put together from everything that was found.
///
/// Precedence: META tags, then the labels of the metadata block, then dates that the page prints beside its title, then the text.
/// The organ whose site it is, with its division, is the issuer only until the stage extract finds one in the text.
/// `written` comes from a label that says so (成文日期), else from the signature, at last from labels that may mean the page (生成日期).
struct Facts {
  private(set) var document = DocumentFacts()
  private(set) var diagnostics: [Diagnostic] = []

  init(title: String?, meta: [Strip.Pair], block: [Strip.Pair], stamps: [DateReading], credits: [String], text: [Line])
  {
    for pair in meta + block { state(pair.label.field, pair.value) }
    // What the page prints as its heading is the title, but for one that a label gives in full.
    if let title, document.title?.contains(title) != true { document.title = closedUp(title) }
    document.issuer = site.issuer
    for credit in credits { stateCredit(credit) }
    if document.editors.isEmpty, let author { document.editors = names(author) }
    if document.published == nil { document.published = stamps.first?.iso ?? updated }
    let head = Head(text)
    if document.title == nil { document.title = head.title }
    if document.documentNumber == nil { document.documentNumber = head.documentNumber }
    let signature = Signature(text)
    document.written = document.written ?? signature.written ?? made
    if let damaged = signature.damaged { reportDamage(damaged) }
  }

  private var site = Site()
  private var author: String?
  private var updated: String?
  private var made: String?

  private mutating func state(_ field: Vocabulary.Field, _ value: String) {
    guard !value.isEmpty, value != "null", value.contains(where: { !"-—/无".contains($0) }) else { return }
    func keep(_ path: WritableKeyPath<DocumentFacts, String?>, _ value: String?) {
      if document[keyPath: path] == nil { document[keyPath: path] = value }
    }
    switch field {
    case .title: keep(\.title, closedUp(value))
    case .publisher: keep(\.publisher, value)
    case .documentNumber: keep(\.documentNumber, value)
    case .indexNumber: keep(\.indexNumber, value)
    case .validity: keep(\.validity, value)
    case .disclosure: keep(\.disclosure, value)
    case .category: keep(\.category, value)
    case .source: keep(\.source, withoutLabel(value))
    case .published: keep(\.published, date(value))
    case .written: keep(\.written, date(value))
    case .updated: updated = updated ?? date(value)
    case .made: made = made ?? date(value)
    case .reporters: if document.reporters.isEmpty { document.reporters = names(value) }
    case .editors: if document.editors.isEmpty { document.editors = names(value) }
    case .views: if document.views == nil { document.views = count(value) }
    case .author: author = author ?? value
    case .siteName: site.name = site.name ?? value
    case .siteCode: site.code = site.code ?? value
    case .toolbar, .none: break
    }
  }

  /// The first date of a value; a damaged one is reported.
  private mutating func date(_ value: String) -> String? {
    let (scalars, _) = narrowScalars(Array(value.utf8))
    for index in scalars.indices {
      guard let reading = DateReading(scalars, at: index) else { continue }
      if reading.iso == nil { reportDamage(value) }
      return reading.iso
    }
    return nil
  }

  private mutating func reportDamage(_ words: String) {
    diagnostics.append(
      Diagnostic(
        stage: "clean", code: "damaged_date", message: "The date '\(words)' has lost characters and was left out."))
  }

  /// `(某区政府法制办供稿)`, `(记者 某某)`, `(责任编辑:某某)`.
  private mutating func stateCredit(_ credit: String) {
    let inside = String(credit.dropFirst().dropLast())
    if let strip = Strip(Line(Array(inside.utf8))), !strip.pairs.isEmpty {
      for pair in strip.pairs { state(pair.label.field, pair.value) }
    } else if inside.hasSuffix("供稿") {
      state(.source, String(inside.dropLast(2)))
    } else if inside.hasPrefix("记者") || inside.hasPrefix("本报记者") {
      state(.reporters, String(inside.drop { $0 != "者" }.dropFirst()))
    }
  }
}

/// A source that repeats its label, as ContentSource may: `来源：某某日报 原创稿`.
private func withoutLabel(_ value: String) -> String {
  let bytes = Array(value.utf8)
  let line = Folded(bytes.span)
  guard let (length, label) = Vocabulary.shared.label(in: line, at: 0), label.field == .source,
    length < line.bytes.count, line.bytes[length] == 0x3A
  else { return value }
  return String(decoding: bytes[line.origin[length + 1]...], as: UTF8.self).trimmingBlanks
}

private func names(_ value: String) -> [String] {
  value.split { " \u{A0}\u{3000}、,，;；/".contains($0) }.map(String.init).filter {
    $0.count <= 12 && $0.unicodeScalars.contains { $0.properties.isAlphabetic }
  }
}

private func count(_ value: String) -> Int? {
  let digits = value.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "," }.filter { $0 != "," }
  return Int(digits)
}

/// Words without the blanks that space out their letters: 政 府 工 作 报 告. Other blanks become one.
func closedUp(_ words: String) -> String {
  let parts = words.unicodeScalars.split { isBlank($0.value) }.map { String(String.UnicodeScalarView($0)) }
  let single = parts.count { $0.unicodeScalars.count == 1 }
  return parts.joined(separator: parts.count >= 3 && single * 3 >= parts.count * 2 ? "" : " ")
}
