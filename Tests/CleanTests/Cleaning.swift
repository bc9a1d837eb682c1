import Clean
import Record
import Text

/// The record of a page given as words or bytes.
func clean(_ page: String, mediaType: String? = nil) throws -> DocumentRecord {
  try clean(Array(page.utf8), mediaType: mediaType)
}

func clean(_ page: [UInt8], mediaType: String? = nil, charset: String? = nil) throws -> DocumentRecord {
  var source = Source(uri: "page")
  source.mediaType = mediaType
  source.charset = charset
  return try Cleaner().clean(page, source: source)
}

extension DocumentRecord {
  var words: String { text[0..<text.bytes.count] }
}

/// A paragraph long enough to be one.
let paragraph = "全县各部门认真落实依法行政的要求，执法的程序更加规范，群众的满意程度继续提高，工作取得了新的进展。"
