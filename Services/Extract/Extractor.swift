package import Record

/// Finds entities and quantities, says what each means, places the document and checks its arithmetic.
package struct Extractor: Sendable {
  package init() {}

  /// Fills `entities`, `metrics` and `checks`, completes `document`, and adds to `diagnostics`.
  package func extract(_ record: inout DocumentRecord) {
    record.entities = findEntities(in: record)
    placeDocument(&record)
    findMetrics(in: &record)
  }
}
