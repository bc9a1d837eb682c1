internal import Record

/// Where the way goes on from a page: nowhere, to where the page sends its reader, or to the attachment that is all of it.
struct Turn {
  static let attachment = "attachment_followed"

  private(set) var next: Target?
  private(set) var diagnostics: [Diagnostic] = []

  /// Seconds up to which a page that sends its reader on is passed over; one that waits longer is to be read, and one that
  /// names no other page is a page that loads itself again.
  private static let haste = 10.0

  /// - Parameter mayFollow: whether an attachment may be followed.
  /// - Throws: what `Obstacle.check` throws.
  init(_ page: Page, mayFollow: Bool) throws(StageFailure) {
    guard page.isHTML else { return }
    let signs = PageSigns(page.bytes)
    if let (seconds, location) = signs.refresh, seconds <= Self.haste,
      let target = try? page.target.redirected(to: location), target.text != page.target.text
    {
      next = target
    } else if mayFollow, let attachment = onlyAttachment(of: page, signs) {
      next = attachment
      note(Self.attachment, "\(page.target.text) is only a link to this attachment.")
    } else {
      try Obstacle.check(page, signs)
      noteCanonical(page, signs)
    }
  }

  private mutating func noteCanonical(_ page: Page, _ signs: PageSigns) {
    guard let location = signs.canonical, let target = try? page.target.redirected(to: location),
      target.text != page.target.text
    else { return }
    note("canonical_uri", "The page names \(target.text) as its address.")
  }

  private mutating func note(_ code: String, _ message: String) {
    diagnostics.append(Diagnostic(stage: "fetch", code: code, message: message))
  }
}

extension Page {
  /// Whether the page is to be read as HTML: as its server says, else where it begins with a tag.
  fileprivate var isHTML: Bool {
    guard let type = contentType?.mediaType, type != "text/plain" else {
      return bytes.first { $0 > 0x20 } == UInt8(ascii: "<")
    }
    return type.contains("html")
  }
}
