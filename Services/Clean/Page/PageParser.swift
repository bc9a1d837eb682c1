internal import CLibXML2

/// libxml2's HTML parser as a stream of events, from which the page's tree is built.
///
/// No tree of libxml2's own is made: its limits on depth and its recursion do not touch us, and a page that nests deeper
/// than `Limits.depth` keeps its text at that depth.
func parsePage(_ text: [UInt8], limits: Limits) -> PageTree {
  let builder = TreeBuilder(limits)
  let bytes = withoutAttributeFloods(text)
  guard let context = unsafe htmlNewParserCtxt() else { return builder.finished() }
  defer { unsafe htmlFreeParserCtxt(context) }
  withExtendedLifetime(builder) {
    unsafe context.pointee.sax.pointee = handlers
    unsafe context.pointee.userData = Unmanaged.passUnretained(builder).toOpaque()
    unsafe bytes.withUnsafeBytes { buffer in
      let options = HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
      let others = HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
      let document = unsafe htmlCtxtReadMemory(
        context, buffer.bindMemory(to: CChar.self).baseAddress, Int32(clamping: buffer.count), nil, "UTF-8",
        Int32(options | others))
      if let document = unsafe document { unsafe xmlFreeDoc(document) }
    }
  }
  return builder.finished()
}

/// What of the parser's events is listened to.
nonisolated(unsafe) private let handlers: xmlSAXHandler = {
  var sax = unsafe xmlSAXHandler()
  unsafe sax.startElement = { unsafe builder($0).start(name: $1, attributes: $2) }
  unsafe sax.endElement = { unsafe builder($0).end(name: $1) }
  unsafe sax.characters = { unsafe builder($0).characters($1, $2) }
  unsafe sax.ignorableWhitespace = { unsafe builder($0).characters($1, $2) }
  return unsafe sax
}()

private func builder(_ context: UnsafeMutableRawPointer?) -> TreeBuilder {
  guard let context = unsafe context else { fatalError("libxml2 called back without the context it was given") }
  return unsafe Unmanaged<TreeBuilder>.fromOpaque(context).takeUnretainedValue()
}

/// The page with what follows the first hundreds of attributes of a tag blanked out.
///
/// The parser compares each attribute of a tag with all before it, so that 30,000 of them would take minutes.
func withoutAttributeFloods(_ text: [UInt8]) -> [UInt8] {
  let (longestTag, mostAttributes) = (4096, 256)
  var result = text
  var offset = 0
  while let open = text[offset...].firstIndex(of: 0x3C) {
    offset = open + 1
    guard offset < text.count, text[offset] | 0x20 >= 0x61, text[offset] | 0x20 <= 0x7A else { continue }
    var (end, quote, attributes, limit) = (offset, UInt8(0), 0, Int?.none)
    while end < text.count, quote != 0 || text[end] != 0x3E {
      let byte = text[end]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27, end > 0, text[end - 1] == 0x3D || text[end - 1] == 0x20 {
        quote = byte
      } else if byte <= 0x20 || byte == 0x2F || byte == 0x3C {
        attributes += 1
        if attributes == mostAttributes { limit = end }
      }
      end += 1
      // A quote that is never closed does not hide the rest of the page.
      if quote != 0, end - offset > 1 << 22 { break }
    }
    if end - offset > longestTag, let limit {
      for index in limit..<min(end, text.count) { result[index] = 0x20 }
    }
    offset = end
  }
  return result
}
