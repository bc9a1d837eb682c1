internal import Record
internal import Text

/// The charsets of one byte a character that UTF-8 is mistaken for, by what iconv calls them.
private let mistaken = ["MAC-CYRILLIC", "ISO-8859-1", "CP1252", "CP1251", "KOI8-R", "MACINTOSH"]

/// Mends a text whose UTF-8 somebody read as another charset and saved as UTF-8 again (жЧ† for 无).
///
/// Only what the mistake explains is touched: next to no Han characters before, next to nothing but valid UTF-8 with Han
/// characters after. Mistakes through GBK are left: they lose bytes for good.
func mendedOfReadingTwice(_ decoded: Decoded) -> Decoded {
  let sample = Array(decoded.text.prefix(8192))
  guard looksReadTwice(sample), let charset = mistaken.first(where: { mended(sample, $0) != nil }),
    let text = mended(decoded.text, charset)
  else { return decoded }
  return Decoded(text: text, charset: decoded.charset, diagnostics: decoded.diagnostics + [note(charset)])
}

/// The text as it was before somebody read it as a charset; nil where that is not what happened to it.
private func mended(_ text: [UInt8], _ charset: String) -> [UInt8]? {
  let limit = text.count / 100
  guard let bytes = Converter(from: "UTF-8", to: charset)?.convert(text, limit: limit), bytes.damaged < limit else {
    return nil
  }
  let mended = bytes.text.span.repairedUTF8
  guard (bytes.damaged + mended.damaged) * 50 <= mended.text.count, isMostlyHan(mended.text.prefix(8192)) else {
    return nil
  }
  return mended.text
}

private func note(_ charset: String) -> Diagnostic {
  Diagnostic(
    stage: "clean", code: "read_twice",
    message: "Somebody had read this text's UTF-8 as \(charset) and saved what came of it; that was undone.")
}

/// Whether there is much beyond ASCII and next to no Han: a lead byte of Han stands before each 40 characters at most.
private func looksReadTwice(_ text: [UInt8]) -> Bool {
  let (leads, han) = (text.count { $0 >= 0xC2 }, text.count(where: isLeadOfHan))
  return leads >= 60 && han * 40 <= leads && leads * 4 >= text.count
}

private func isMostlyHan(_ text: ArraySlice<UInt8>) -> Bool {
  text.count(where: isLeadOfHan) * 2 >= text.count { $0 >= 0xC2 }
}

/// The lead bytes of U+4000 to U+9FFF.
private func isLeadOfHan(_ byte: UInt8) -> Bool { 0xE4...0xE9 ~= byte }
