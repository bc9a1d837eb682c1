internal import Record

/// An input as lines, whatever it was.
struct Reading {
  var media: MediaType
  var page: Page
  /// IANA name; nil for a format that has none.
  var charset: String?
  var diagnostics: [Diagnostic] = []

  init(media: MediaType, page: Page) {
    self.media = media
    self.page = page
  }

  init(_ raw: [UInt8], _ source: Source, _ media: MediaType, _ limits: Limits) throws(StageFailure) {
    switch media {
    case .pdf:
      throw StageFailure(.unsupportedMediaType, stage: "clean", "The input is \(media.name), which is not read here.")
    case .docx: self.init(media: media, page: Page(lines: try readDOCX(raw, limits: limits)))
    case .plain, .html:
      let decoded = decode(raw, source: source, media: media)
      let isHTML = media == .html
      self.init(
        media: media,
        page: try isHTML ? readPage(decoded.text, limits: limits) : Page(lines: splitLines(decoded.text)))
      charset = decoded.charset
      diagnostics = decoded.diagnostics
    }
  }
}
