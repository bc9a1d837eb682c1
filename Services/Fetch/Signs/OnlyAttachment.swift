internal import Clean
internal import Record
internal import Text

/// The attachment of a page that is only a link to it: one document in whatever formats, and beside it no text of the page's
/// own but a title and words like 点击下载. What of a page is its text is for `Clean` to say.
func onlyAttachment(of page: Page, _ signs: PageSigns) -> Target? {
  let found = signs.attachments.compactMap { try? page.target.redirected(to: $0) }
  guard let first = found.first, found.allSatisfy({ $0.stem == first.stem }) else { return nil }
  var source = Source(uri: page.target.text)
  source.mediaType = page.contentType?.mediaType
  source.charset = page.contentType?.charset
  do throws(StageFailure) {
    let record = try Cleaner().clean(page.bytes, source: source)
    return record.saysSomething ? nil : first
  } catch {
    return error.code == .noText ? first : nil
  }
}

extension Target {
  /// The address without the end of its name that says the format.
  fileprivate var stem: Substring {
    let path = text.prefix { $0 != "?" && $0 != "#" }
    return path.lastIndex(of: ".").map { path[..<$0] } ?? path
  }
}

extension DocumentRecord {
  /// Whether the text has a sentence, or more than a line or two, that is neither the title nor about an attachment.
  fileprivate var saysSomething: Bool {
    let text = String(decoding: text.bytes, as: UTF8.self)
    let own = text.split(separator: "\n").filter { $0 != document.title ?? "" && !Self.isAboutAttachment($0) }
    return own.contains { $0.contains("。") } || own.reduce(0) { $0 + $1.count } > 60
  }

  private static func isAboutAttachment(_ line: Substring) -> Bool {
    line.count <= 80 && ["附件", "下载", "点击", "查看", "浏览", "全文", "原文", ".pdf", ".docx"].contains { line.contains($0) }
  }
}
