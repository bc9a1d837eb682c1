internal import Record

/// Completes `document`: issuer with region, code and level, kind, report year. What is not certain stays absent.
func placeDocument(_ record: inout DocumentRecord) {
  record.document.kind = record.document.kind ?? kind(of: record)
  record.document.reportYear = record.document.reportYear ?? reportYear(of: record)
  // What the document says of itself goes before whose site it stands on.
  record.document.issuer = issuer(of: record) ?? record.document.issuer
}
