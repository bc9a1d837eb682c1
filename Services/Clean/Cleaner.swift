package import Record
internal import Text

/// Turns the bytes of a page or a text into the document without its page chrome.
///
///     bytes → charset → lines (of a text, or of the blocks of a page) → furniture out → sentences joined → facts
package struct Cleaner: Sendable {
  private let limits: Limits

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// The cleaned document: `id`, `source`, `document` as far as the page states it, `text`, `chrome`, `diagnostics`.
  ///
  /// `source` is as the producer gave it: its media type and charset are hints. Throws `empty_input`, `input_too_large`,
  /// `unsupported_media_type`, `no_text`, `out_of_time`; none of them goes away by another attempt.
  package func clean(_ raw: [UInt8], source: Source) throws(StageFailure) -> DocumentRecord {
    try checkSize(raw)
    let media = try MediaType(raw, hint: source.mediaType)
    let decoded = decode(raw, source: source, media: media)
    let page = media == .html ? try readPage(decoded.text, limits: limits) : Page(lines: splitLines(decoded.text))
    let furniture = Furniture(page.lines)
    let text = unflattened(joined(furniture.lines.filter(\.isText)))
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
    record.source.mediaType = media.name
    record.source.charset = decoded.charset
    record.source.bytes = raw.count
    record.source.sha256 = sha256(raw).hexadecimal
    record.chrome = furniture.chrome
    record.document = facts.document
    record.diagnostics = decoded.diagnostics + facts.diagnostics
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
