internal import CLibXML2
internal import Record

/// libxml2's HTML parser as a stream of events, from which the page's tree is built.
///
/// No tree of libxml2's own is made: its limits on depth and its recursion do not touch us, and a page that nests deeper
/// than `Limits.depth` keeps its text at that depth. Throws `out_of_time` where the parse takes longer than
/// `Limits.seconds`.
func parsePage(_ text: [UInt8], limits: Limits) throws(StageFailure) -> PageTree {
  let builder = TreeBuilder(limits, bytes: text.count)
  let bytes = withoutFloods(text)
  guard let context = unsafe htmlNewParserCtxt() else { return builder.finished() }
  defer { unsafe htmlFreeParserCtxt(context) }
  withExtendedLifetime(builder) {
    unsafe context.pointee.sax.pointee = handlers
    builder.stop = { unsafe xmlStopParser(context) }
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
  if builder.isOutOfTime {
    throw StageFailure(
      .outOfTime, stage: "clean", "The page took longer than \(limits.seconds) s to parse. No page of a document does.")
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
