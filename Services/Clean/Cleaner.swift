package import Record
private import Text

/// Turns the bytes of a page or a text into the document without its page chrome.
package struct Cleaner: Sendable {
  package init() {}

  /// The cleaned document: `id`, `source`, `document` as far as the page states it, `text`, `chrome`, `diagnostics`.
  ///
  /// `source` is as the producer gave it: its media type and charset are hints.
  package func clean(_ raw: [UInt8], source: Source) throws(StageFailure) -> DocumentRecord {
    DocumentRecord(id: sha256(Array(source.uri.utf8), [0], raw).hexadecimal, source: source, text: DocumentText(raw))
  }
}
