package import Record
internal import Text

/// Turns the bytes of a page or a text into the document without its page chrome.
///
///     bytes → charset → lines (of a text, of the blocks of a page, or of a PDF or DOCX) → furniture out → sentences joined → facts
package struct Cleaner: Sendable {
  private let limits: Limits

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// The cleaned document: `id`, `source`, `document` as far as the page states it, `text`, `chrome`, `diagnostics`.
  ///
  /// `source` is as the producer gave it: its media type and charset are hints. Throws `empty_input`, `input_too_large`,
  /// `unsupported_media_type`, `no_text`, `out_of_time`, and for a DOCX `unreadable`; none of them goes away by another attempt. A PDF is
  /// unsupported here: it needs another process.
  package func clean(_ raw: [UInt8], source: Source) throws(StageFailure) -> DocumentRecord {
    try checkSize(raw)
    return try record(raw, source, Reading(raw, source, MediaType(raw, hint: source.mediaType), limits))
  }

  /// As `clean(_:source:)`, and PDFs as well, for which it also throws `out_of_time`, and `internal_error` where the
  /// program that reads them is missing.
  package func clean(any raw: [UInt8], source: Source) async throws(StageFailure) -> DocumentRecord {
    try checkSize(raw)
    guard try MediaType(raw, hint: source.mediaType) == .pdf else { return try clean(raw, source: source) }
    return try record(raw, source, Reading(media: .pdf, page: Page(lines: try await readPDF(raw, limits: limits))))
  }

  private func record(_ raw: [UInt8], _ source: Source, _ reading: Reading) throws(StageFailure) -> DocumentRecord {
    let page = reading.page
    let furniture = Furniture(page.lines)
    let text = unflattened(joined(unwrapped(furniture.lines.filter(\.isText))))
    guard !text.isEmpty else {
      throw StageFailure(
        .noText, stage: "clean", "Nothing of the page is text of a document: all of it is page furniture.")
    }
    let facts = Facts(
      title: page.title, meta: page.meta, block: furniture.pairs, stamps: furniture.stamps, credits: furniture.credits,
      text: text)
    let lines = withTitleJoined(text, facts.document.title)
    var record = DocumentRecord(
      id: sha256(Array(source.uri.utf8), [0], raw).hexadecimal, source: source,
      text: DocumentText(Array(lines.map(\.bytes).joined(separator: [0x0A]))))
    record.source.mediaType = reading.media.name
    record.source.charset = reading.charset
    record.source.bytes = raw.count
    record.source.sha256 = sha256(raw).hexadecimal
    record.chrome = furniture.chrome
    record.document = facts.document
    record.diagnostics = source.diagnostics + reading.diagnostics + facts.diagnostics
    return record
  }

  private func checkSize(_ raw: [UInt8]) throws(StageFailure) {
    if raw.isEmpty { throw StageFailure(.emptyInput, stage: "clean", "The input has no bytes.") }
    guard raw.count > limits.bytes else { return }
    throw StageFailure(
      .inputTooLarge, stage: "clean",
      "The input has \(raw.count) bytes; at most \(limits.bytes) are read. Divide it, or raise the limit.")
  }
}

/// A page as lines, and what its META tags say.
struct Page {
  var lines: [Line]
  var meta: [Strip.Pair] = []
  var title: String?
}
