internal import Record
internal import Text

/// An input as UTF-8, with the charset that it was in.
struct Decoded {
  var text: [UInt8]
  /// IANA name.
  var charset: String
  var diagnostics: [Diagnostic] = []
}

/// A charset: the name that IANA gives it, and what iconv calls the widest form of it that pages mean.
struct Charset: Equatable {
  var name: String
  var converter: String

  static let utf8 = Charset(name: "UTF-8", converter: "UTF-8")
  static let gb18030 = Charset(name: "GB18030", converter: "GB18030")

  /// The charset of a label as pages state it; nil for one that is not known.
  init?(label: String) {
    let label = label.lowercased().filter { !" \"';\t".contains($0) }
    guard let found = labels.first(where: { $0.labels.contains(label) }) else { return nil }
    self = found.charset
  }

  init(name: String, converter: String) {
    self.name = name
    self.converter = converter
  }
}

/// What labels mean: gb2312 and gbk are pages in gb18030, Latin-1 is windows-1252, Big5 has Hong Kong's additions.
private let labels: [(charset: Charset, labels: Set<String>)] = [
  (.utf8, ["utf-8", "utf8", "unicode-1-1-utf-8", "x-utf-8"]),
  (
    .gb18030,
    ["gb2312", "gbk", "gb18030", "gb_2312-80", "gb_2312", "x-gbk", "cp936", "ms936", "euc-cn", "hz-gb-2312", "chinese"]
  ),
  (Charset(name: "Big5", converter: "BIG5-HKSCS"), ["big5", "big5-hkscs", "big-5", "cn-big5", "x-x-big5"]),
  (
    Charset(name: "Shift_JIS", converter: "CP932"),
    ["shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"]
  ),
  (Charset(name: "EUC-JP", converter: "EUC-JP"), ["euc-jp", "x-euc-jp"]),
  (Charset(name: "EUC-KR", converter: "CP949"), ["euc-kr", "ks_c_5601-1987", "ksc5601", "cp949", "windows-949"]),
  (
    Charset(name: "windows-1252", converter: "CP1252"),
    ["iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii"]
  ),
  (Charset(name: "ISO-8859-2", converter: "ISO-8859-2"), ["iso-8859-2", "latin2"]),
  (Charset(name: "ISO-8859-15", converter: "ISO-8859-15"), ["iso-8859-15"]),
  (Charset(name: "windows-1250", converter: "CP1250"), ["windows-1250", "cp1250"]),
  (Charset(name: "windows-1251", converter: "CP1251"), ["windows-1251", "cp1251"]),
  (Charset(name: "KOI8-R", converter: "KOI8-R"), ["koi8-r"]),
  (Charset(name: "UTF-16LE", converter: "UTF-16LE"), ["utf-16le", "utf-16", "unicode"]),
  (Charset(name: "UTF-16BE", converter: "UTF-16BE"), ["utf-16be"]),
]

/// The charset that a byte-order mark states, and the mark's length.
func byteOrderMark(_ raw: [UInt8]) -> (charset: Charset, length: Int)? {
  if raw.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
  if raw.starts(with: [0xFF, 0xFE, 0, 0]) { return (Charset(name: "UTF-32LE", converter: "UTF-32LE"), 4) }
  if raw.starts(with: [0xFF, 0xFE]) { return (Charset(name: "UTF-16LE", converter: "UTF-16LE"), 2) }
  if raw.starts(with: [0xFE, 0xFF]) { return (Charset(name: "UTF-16BE", converter: "UTF-16BE"), 2) }
  if raw.starts(with: [0x84, 0x31, 0x95, 0x33]) { return (.gb18030, 4) }
  return nil
}

/// The input as UTF-8: by its byte-order mark, else as UTF-8 where it is valid, else by its label, else as GB18030.
///
/// A label that the bytes contradict (more than one character in fifty does not exist in it) is passed over. Bytes that
/// mean nothing become U+FFFD and are counted in a diagnostic. What somebody else had decoded wrongly is mended.
func decode(_ raw: [UInt8], source: Source, media: MediaType) -> Decoded {
  mendedOfReadingTwice(decodedAsItStands(raw, source: source, media: media))
}

private func decodedAsItStands(_ raw: [UInt8], source: Source, media: MediaType) -> Decoded {
  if let (charset, length) = byteOrderMark(raw) { return decoded(Array(raw[length...]), charset, isGuess: false) }
  if raw.span.firstInvalidUTF8 == nil { return Decoded(text: raw, charset: Charset.utf8.name) }
  var labels = [source.charset, source.mediaType.flatMap(charsetParameter)]
  if media == .html { labels.append(declaredInPage(raw)) }
  for case let label? in labels {
    guard let charset = Charset(label: label), !isDisguised(raw, as: charset) else { continue }
    let result = convert(raw, charset)
    if result.damaged * 50 <= raw.count { return report(result, charset, isGuess: false) }
  }
  let utf8 = convert(raw, .utf8)
  if utf8.damaged * 50 <= raw.count(where: { $0 >= 0x80 }) { return report(utf8, .utf8, isGuess: true) }
  return decoded(raw, .gb18030, isGuess: true)
}

private func decoded(_ raw: [UInt8], _ charset: Charset, isGuess: Bool) -> Decoded {
  report(convert(raw, charset), charset, isGuess: isGuess)
}

private func report(_ result: (text: [UInt8], damaged: Int), _ charset: Charset, isGuess: Bool) -> Decoded {
  var decoded = Decoded(text: result.text, charset: charset.name)
  if isGuess {
    decoded.diagnostics.append(
      Diagnostic(
        stage: "clean", code: "charset_guessed",
        message: "No usable charset is declared; \(charset.name) fits the bytes."))
  }
  if result.damaged > 0 {
    decoded.diagnostics.append(
      Diagnostic(
        stage: "clean", code: "damaged_bytes",
        message: "\(result.damaged) bytes mean nothing in \(charset.name) and were replaced by U+FFFD."))
  }
  return decoded
}

/// Whether Chinese pages hide behind a label in which every byte means something: most of the bytes beyond ASCII are
/// pairs of GB 2312's Han characters.
private func isDisguised(_ raw: [UInt8], as charset: Charset) -> Bool {
  guard charset.converter.hasPrefix("CP125") || charset.converter.hasPrefix("ISO-8859") else { return false }
  var (pairs, others, offset) = (0, 0, 0)
  while offset < raw.count {
    if raw[offset] < 0x80 {
      offset += 1
    } else if 0xB0...0xF7 ~= raw[offset], offset + 1 < raw.count, raw[offset + 1] >= 0xA1 {
      pairs += 1
      offset += 2
    } else {
      others += 1
      offset += 1
    }
  }
  return pairs >= 20 && pairs > others
}

/// The value of `charset=` in a media type.
private func charsetParameter(_ mediaType: String) -> String? {
  let lowered = Array(mediaType.lowercased().utf8)
  return valueOfCharset(lowered, from: 0)
}

/// What `<meta charset=…>`, `<meta http-equiv … content="…charset=…">` or an XML declaration in the first 8 KB states.
private func declaredInPage(_ raw: [UInt8]) -> String? {
  let head = raw.prefix(8192).map { 0x41...0x5A ~= $0 ? $0 + 0x20 : $0 }
  var offset = 0
  while let meta = head.span.firstOffset(of: Array("<meta".utf8), from: offset) {
    let end = head[meta...].firstIndex(of: 0x3E) ?? head.count
    if let value = valueOfCharset(Array(head[meta..<end]), from: 0) { return value }
    offset = meta + 5
  }
  guard head.starts(with: Array("<?xml".utf8)), let at = head.span.firstOffset(of: Array("encoding=".utf8)) else {
    return nil
  }
  return label(head, at + 9)
}

private func valueOfCharset(_ bytes: [UInt8], from start: Int) -> String? {
  guard let at = bytes.span.firstOffset(of: Array("charset".utf8), from: start) else { return nil }
  var offset = at + 7
  while offset < bytes.count, bytes[offset] == 0x20 { offset += 1 }
  guard offset < bytes.count, bytes[offset] == 0x3D else { return nil }
  return label(bytes, offset + 1)
}

private func label(_ bytes: [UInt8], _ start: Int) -> String? {
  let rest = bytes[min(start, bytes.count)...].drop { $0 == 0x20 || $0 == 0x22 || $0 == 0x27 }
  let label = rest.prefix { $0 > 0x20 && $0 != 0x22 && $0 != 0x27 && $0 != 0x3B && $0 != 0x2F && $0 != 0x3E }
  return label.isEmpty ? nil : String(decoding: label, as: UTF8.self)
}
