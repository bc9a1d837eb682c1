internal import CLibXML2
internal import Record

/// The lines of a DOCX: a paragraph is one, and so is a row of a table, its cells separated by a tab.
///
/// Headers, footers, notes, comments and what was struck out as a change are not read. Numbers that Word makes for lists
/// are not in the file.
func readDOCX(_ raw: [UInt8], limits: Limits) throws(StageFailure) -> [Line] {
  guard let archive = Archive(raw, limits), let document = try archive.file("word/document.xml") else {
    throw StageFailure(.unreadable, stage: "clean", "The DOCX is damaged: it holds no word/document.xml.")
  }
  let reader = DOCXReader()
  guard !hasAttributeFlood(document), parse(document, into: reader) else {
    throw StageFailure(.unreadable, stage: "clean", "The DOCX is damaged: its word/document.xml is not whole.")
  }
  return reader.lines
}

/// Whether a tag may have more attributes than any of Word's: libxml2 compares each with all before it.
private func hasAttributeFlood(_ document: [UInt8]) -> Bool {
  var signs = 0
  for byte in document {
    if byte == UInt8(ascii: "<") { signs = 0 }
    if byte == UInt8(ascii: "=") { signs += 1 }
    if signs > 512 { return true }
  }
  return false
}

/// Feeds the reader with the events of libxml2's parser, whose own bounds hold: depth 256, texts of 10 MB, no network. The
/// reader ends the parse of what no DOCX has.
private func parse(_ document: [UInt8], into reader: DOCXReader) -> Bool {
  guard let context = unsafe xmlNewParserCtxt() else { return false }
  defer { unsafe xmlFreeParserCtxt(context) }
  return withExtendedLifetime(reader) {
    unsafe context.pointee.sax.pointee = handlers
    unsafe context.pointee.userData = Unmanaged.passUnretained(reader).toOpaque()
    reader.stop = { unsafe xmlStopParser(context) }
    return unsafe document.withUnsafeBytes { buffer in
      let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      let tree = unsafe xmlCtxtReadMemory(
        context, buffer.bindMemory(to: CChar.self).baseAddress, Int32(clamping: buffer.count), nil, nil, Int32(options))
      if let tree = unsafe tree { unsafe xmlFreeDoc(tree) }
      return unsafe context.pointee.wellFormed == 1 && !reader.isStopped
    }
  }
}

nonisolated(unsafe) private let handlers: xmlSAXHandler = {
  var sax = unsafe xmlSAXHandler()
  unsafe sax.initialized = XML_SAX2_MAGIC
  unsafe sax.startElementNs = { context, name, _, namespace, declared, _, _, _, _ in
    unsafe reader(context).start(name, namespace, declared: Int(declared))
  }
  unsafe sax.endElementNs = { context, name, _, namespace in unsafe reader(context).end(name, namespace) }
  unsafe sax.characters = { unsafe reader($0).characters($1, $2) }
  unsafe sax.internalSubset = { context, _, _, _ in unsafe reader(context).refuse() }
  return unsafe sax
}()

private func reader(_ context: UnsafeMutableRawPointer?) -> DOCXReader {
  guard let context = unsafe context else { fatalError("libxml2 called back without the context it was given") }
  return unsafe Unmanaged<DOCXReader>.fromOpaque(context).takeUnretainedValue()
}
