package import Record

/// Finds entities and quantities, says what each means, places the document and checks its arithmetic.
package struct Extractor: Sendable {
  package init() {}

  /// Fills `entities`, `metrics` and `checks`, completes `document`, and adds to `diagnostics`.
  ///
  /// The document is placed first: what `市政府` and `今年` mean depends on whose document it is and on its year. Metrics
  /// come last: entities say which numbers are dates and numbers of documents.
  package func extract(_ record: inout DocumentRecord) {
    placeDocument(&record)
    record.entities = findEntities(in: record)
    diagnoseDates(&record)
    findMetrics(in: &record)
  }
}
