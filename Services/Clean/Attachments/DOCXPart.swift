internal import CLibXML2
internal import Record

/// What listens to the elements of a part of a DOCX, by their names without prefix; elements of other languages are "".
protocol PartReader: AnyObject {
  /// - Parameter value: the attribute `val` or another of the element, by its name without prefix.
  func start(_ name: String, _ value: (String) -> String?)
  func end(_ name: String)
  func characters(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// Feeds a reader with the events of libxml2's parser, whose own bounds hold: depth 256, texts of 10 MB, no network.
///
/// Throws `unreadable` for what is not well-formed, and for what no DOCX has and libxml2 is slow at: a document type, which is
/// where entities come from, 512 attributes in a tag, 1,000 namespaces in scope.
func parse(_ part: [UInt8], named name: String, into reader: some PartReader) throws(StageFailure) {
  let events = PartEvents(reader)
  guard !hasAttributeFlood(part), events.parse(part) else {
    throw StageFailure(.unreadable, stage: "clean", "The DOCX is damaged: its \(name) is not whole.")
  }
}

/// Whether a tag may have more attributes than any of Word's: libxml2 compares each with all before it.
private func hasAttributeFlood(_ part: [UInt8]) -> Bool {
  var signs = 0
  for byte in part {
    if byte == UInt8(ascii: "<") { signs = 0 }
    if byte == UInt8(ascii: "=") { signs += 1 }
    if signs > 512 { return true }
  }
  return false
}

/// The parser's events on their way to a reader.
private final class PartEvents {
  private let reader: any PartReader
  /// Ends the parse.
  private var stop: () -> Void = {}
  private var isStopped = false
  /// Namespaces that each open element declares, and all of them: a name is looked for among all.
  private var declared: [Int] = []
  private var inScope = 0

  init(_ reader: some PartReader) { self.reader = reader }

  func parse(_ part: [UInt8]) -> Bool {
    guard let context = unsafe xmlNewParserCtxt() else { return false }
    defer { unsafe xmlFreeParserCtxt(context) }
    stop = { unsafe xmlStopParser(context) }
    return withExtendedLifetime(self) {
      unsafe context.pointee.sax.pointee = handlers
      unsafe context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
      return unsafe part.withUnsafeBytes { buffer in
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        let tree = unsafe xmlCtxtReadMemory(
          context, buffer.bindMemory(to: CChar.self).baseAddress, Int32(clamping: buffer.count), nil, nil,
          Int32(options))
        if let tree = unsafe tree { unsafe xmlFreeDoc(tree) }
        return unsafe context.pointee.wellFormed == 1 && !isStopped
      }
    }
  }

  func refuse() {
    isStopped = true
    stop()
  }

  func start(
    _ name: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?, declared count: Int,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ attributeCount: Int
  ) {
    declared.append(count)
    inScope += count
    if inScope > 1000 { refuse() }
    reader.start(unsafe Self.word(name, namespace)) { wanted in
      for index in 0..<attributeCount {
        // Name, prefix, namespace, and the value's start and end.
        guard let name = unsafe attributes?[index * 5], unsafe String(cString: name) == wanted,
          let start = unsafe attributes?[index * 5 + 3], let end = unsafe attributes?[index * 5 + 4]
        else { continue }
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
      }
      return nil
    }
  }

  func end(_ name: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?) {
    inScope -= declared.popLast() ?? 0
    reader.end(unsafe Self.word(name, namespace))
  }

  func characters(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
    guard let bytes = unsafe bytes, count > 0 else { return }
    unsafe reader.characters(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }

  /// The name of an element of Word's own language, of its alternatives (`Fallback`) or of a formula's text; else "".
  private static func word(_ name: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?) -> String {
    guard let name = unsafe name, let namespace = unsafe namespace else { return "" }
    let uri = unsafe String(cString: namespace)
    let known = ["/wordprocessingml/2006/main", "/wordprocessingml/main", "/markup-compatibility/2006", "/math"]
    return known.contains { uri.hasSuffix($0) } ? unsafe String(cString: name) : ""
  }
}

nonisolated(unsafe) private let handlers: xmlSAXHandler = {
  var sax = unsafe xmlSAXHandler()
  unsafe sax.initialized = XML_SAX2_MAGIC
  unsafe sax.startElementNs = { context, name, _, namespace, declared, _, count, _, attributes in
    unsafe events(context).start(name, namespace, declared: Int(declared), attributes, Int(count))
  }
  unsafe sax.endElementNs = { context, name, _, namespace in unsafe events(context).end(name, namespace) }
  unsafe sax.characters = { unsafe events($0).characters($1, $2) }
  unsafe sax.internalSubset = { context, _, _, _ in unsafe events(context).refuse() }
  return unsafe sax
}()

private func events(_ context: UnsafeMutableRawPointer?) -> PartEvents {
  guard let context = unsafe context else { fatalError("libxml2 called back without the context it was given") }
  return unsafe Unmanaged<PartEvents>.fromOpaque(context).takeUnretainedValue()
}
