internal import Record

/// Completes `document`: issuer with region, code and level, kind, report year. What is not certain stays absent; where the
/// places of a document that say whose it is and for which year differ, the first of them holds, and `diagnostics` names all.
func placeDocument(_ record: inout DocumentRecord) {
  record.document.kind = record.document.kind ?? kind(of: record)
  if record.document.reportYear == nil {
    let found = reportYears(of: record)
    record.document.reportYear = found.first?.year
    // A paragraph that begins with a year says little where another place names one: it may speak of the year to come.
    let years = found.filter { $0.source != "paragraph" }
    if record.document.kind == .annualReport, years.contains(where: { $0.year != years[0].year }) {
      record.dispute("report_year", years.map { "\($0.source): \($0.year)" })
    }
  }
  // What the document says of itself goes before whose site it stands on.
  let page = record.document.issuer.map { [FoundIssuer(source: "page", issuer: $0)] } ?? []
  let found = issuers(of: record) + page
  record.document.issuer = found.first?.issuer
  let codes = found.compactMap(\.issuer.code)
  if codes.contains(where: { $0 != codes[0] }) {
    record.dispute("issuer", found.map { "\($0.source): \($0.issuer.name)" })
  }
}

extension DocumentRecord {
  /// Says that places of the document differ over a fact.
  fileprivate mutating func dispute(_ fact: String, _ said: [String]) {
    diagnostics.append(
      Diagnostic(stage: "extract", code: "\(fact)_disputed", message: said.joined(separator: " | ")))
  }
}
