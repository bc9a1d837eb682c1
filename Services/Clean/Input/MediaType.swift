internal import Record
internal import Text

/// What the bytes are, by what they look like; what the sender says only decides between text and HTML.
enum MediaType {
  case plain, html, pdf, docx

  var name: String {
    switch self {
    case .plain: "text/plain"
    case .html: "text/html"
    case .pdf: "application/pdf"
    case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    }
  }

  init(_ raw: [UInt8], hint: String?) throws(StageFailure) {
    let hint = hint?.lowercased() ?? ""
    if isPDF(raw, hint) {
      self = .pdf
    } else if let binary = binaryType(raw) {
      guard binary == Self.docx.name else {
        throw StageFailure(
          .unsupportedMediaType, stage: "clean",
          "The input is \(binary), not text, HTML, PDF or DOCX. Give the text of the document or its page.")
      }
      self = .docx
    } else {
      self = looksLikeHTML(raw) || hint.contains("html") && raw.contains(0x3C) ? .html : .plain
    }
  }
}

/// Whether the mark of a PDF opens the input, or stands in its first part, as readers of PDFs allow, where it is called one.
private func isPDF(_ raw: [UInt8], _ hint: String) -> Bool {
  let mark = Array("%PDF-".utf8)
  return raw.starts(with: mark) || hint.contains("pdf") && Array(raw.prefix(1024)).span.contains(mark)
}

private let signatures: [(offset: Int, bytes: [UInt8], name: String)] = [
  (0, [0xFF, 0xD8, 0xFF], "image/jpeg"), (0, [0x89, 0x50, 0x4E, 0x47], "image/png"),
  (0, Array("GIF8".utf8), "image/gif"),
  (0, [0x50, 0x4B, 0x03, 0x04], "application/zip"),
  (0, [0x50, 0x4B, 0x05, 0x06], "application/zip"), (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1], "application/x-ole-storage"),
  (0, [0x1F, 0x8B, 0x08], "application/gzip"), (0, [0x42, 0x5A, 0x68], "application/x-bzip2"),
  (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A], "application/x-xz"), (0, [0x28, 0xB5, 0x2F, 0xFD], "application/zstd"),
  (0, [0x37, 0x7A, 0xBC, 0xAF], "application/x-7z-compressed"), (0, Array("Rar!".utf8), "application/vnd.rar"),
  (0, [0x49, 0x49, 0x2A, 0x00], "image/tiff"), (0, [0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
  (8, Array("WEBP".utf8), "image/webp"),
  (8, Array("WAVE".utf8), "audio/wav"), (8, Array("AVI ".utf8), "video/x-msvideo"),
  (4, Array("ftyp".utf8), "video/mp4"),
  (0, Array("ID3".utf8), "audio/mpeg"), (0, [0x7F, 0x45, 0x4C, 0x46], "application/x-elf"),
  (0, Array("{\\rtf".utf8), "application/rtf"),
  (0, Array("OggS".utf8), "audio/ogg"), (0, Array("SQLite format 3".utf8), "application/vnd.sqlite3"),
  (257, Array("ustar".utf8), "application/x-tar"),
]

/// The type of an input that holds no text, nil for text.
private func binaryType(_ raw: [UInt8]) -> String? {
  for (offset, bytes, name) in signatures where raw.dropFirst(offset).starts(with: bytes) {
    return name == "application/zip" ? packagedType(raw) ?? name : name
  }
  if byteOrderMark(raw) != nil { return nil }
  // Stray NULs are damage; more than one byte in a hundred of NULs and controls is no text.
  let controls = raw.count { $0 < 9 || 0x0E...0x1A ~= $0 }
  return controls * 100 > raw.count && controls >= 4 ? "application/octet-stream" : nil
}

/// What a zip archive is the package of, by the file that each has.
private func packagedType(_ raw: [UInt8]) -> String? {
  guard let archive = Archive(raw, Limits()) else { return nil }
  for (file, name) in packages where archive.has(file) { return name }
  return nil
}

private let packages = [
  ("word/document.xml", MediaType.docx.name),
  ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
  ("OFD.xml", "application/ofd"), ("META-INF/container.xml", "application/epub+zip"),
  ("content.xml", "application/vnd.oasis.opendocument"),
]

private let openings = [
  "<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<script", "<style", "<link", "<div", "<table", "<p>",
  "<p ", "<br", "<h1",
  "<h2", "<span", "<section", "<article", "<main", "<ul", "<ol", "<center", "<font", "<form", "<iframe", "<a ", "<b>",
  "<strong", "<!--",
].map { Array($0.utf8) }

/// Whether a tag of HTML opens the input, or both `<html` or `<body` and a closing tag stand in its first part.
private func looksLikeHTML(_ raw: [UInt8]) -> Bool {
  let start = raw.prefix(1 << 16).drop {
    $0 < 0x80 ? $0 <= 0x20 || $0 == 0 : [0xEF, 0xBB, 0xBF, 0xFF, 0xFE].contains($0)
  }
  let head = start.prefix(2048).filter { $0 != 0 }.map { 0x41...0x5A ~= $0 ? $0 + 0x20 : $0 }
  if head.starts(with: Array("<?xml".utf8)) { return true }
  if openings.contains(where: { head.starts(with: $0) }) { return true }
  let found = inner.reduce(0) { $0 + head.span.occurrences(of: $1, most: 4) }
  return found >= 4 || head.span.contains(Array("<html".utf8)) || head.span.contains(Array("<body".utf8))
}

/// Tags that make HTML of a page's inside, when there are several: with attributes or where a line starts.
private let inner = [
  "<div", "<p>", "<p ", "<td", "<tr", "<table", "<a href", "<br>", "<br/", "<br />", "<li>", "</p>", "<span",
].map { Array($0.utf8) }

extension Span<UInt8> {
  /// How often the bytes of a word occur, counted up to a limit.
  func occurrences(of word: [UInt8], most limit: Int) -> Int {
    var (count, offset) = (0, 0)
    while count < limit, let found = firstOffset(of: word, from: offset) {
      count += 1
      offset = found + word.count
    }
    return count
  }

  func contains(_ word: [UInt8]) -> Bool { firstOffset(of: word) != nil }

  /// The first offset at or behind `start` of the bytes of a word.
  func firstOffset(of word: [UInt8], from start: Int = 0) -> Int? {
    guard let first = word.first, count >= word.count else { return nil }
    var offset = start
    while offset <= count - word.count {
      if self[offset] == first {
        var length = 1
        while length < word.count, self[offset + length] == word[length] { length += 1 }
        if length == word.count { return offset }
      }
      offset += 1
    }
    return nil
  }
}
