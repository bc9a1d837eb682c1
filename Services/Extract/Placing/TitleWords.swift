internal import Record
private import Text

/// The words of a document's title: those that the page states, else the first line of the text where it is short and no
/// sentence, else what the text announces (`现将…工作情况报告如下`).
struct TitleWords {
  let words: String

  init(_ record: DocumentRecord) {
    let title = record.document.title ?? Self.firstLine(of: record) ?? Self.announced(in: Reading(record.text.bytes))
    words = Self.withoutTail((title ?? "").filter { !$0.isWhitespace })
  }

  private static func firstLine(of record: DocumentRecord) -> String? {
    let line = String(decoding: record.text.bytes.split(separator: 0x0A, maxSplits: 1).first ?? [], as: UTF8.self)
    let isSentence = line.contains("。") || [":", "：", "，", ","].contains(where: line.hasSuffix)
    return line.utf8.count <= 240 && !isSentence ? line : nil
  }

  /// What stands between 现将 and 如下 at the head of a text, at most 60 characters.
  private static func announced(in text: Reading) -> String? {
    var offset = 0
    while offset < min(text.end, 2400) {
      if let start = text.end(of: "现将", at: offset) {
        var end = start
        for _ in 0..<60 where !text.has("如下", at: end) && text.character(at: end) != "。" { end = text.next(end) }
        return text.has("如下", at: end) ? text[start..<end] : nil
      }
      offset = text.next(offset)
    }
    return nil
  }

  /// Without a bracket at the end: `(全文)`, `(2021年)`.
  private static func withoutTail(_ title: String) -> String {
    guard title.hasSuffix(")") || title.hasSuffix("）"), let open = title.lastIndex(where: { "(（".contains($0) })
    else { return title }
    return open == title.startIndex ? title : String(title[..<open])
  }
}
