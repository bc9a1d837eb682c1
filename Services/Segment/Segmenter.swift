package import Record

/// Finds the outline and the sentences of a cleaned document.
package struct Segmenter: Sendable {
  package init() {}

  /// Fills `sections` and `sentences`, and adds to `diagnostics`.
  package func segment(_ record: inout DocumentRecord) {}
}
