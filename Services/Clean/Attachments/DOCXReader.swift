internal import CLibXML2

/// Puts the lines of a DOCX together from the elements of its main part.
///
///     p → a line · tr → a line of its cells · t → text · tab → tab · br, cr → a new line · Fallback → nothing
final class DOCXReader {
  private(set) var lines: [Line] = []
  /// Ends the parse.
  var stop: () -> Void = {}
  private(set) var isStopped = false
  /// Namespaces that each open element declares, and all of them: a name is looked for among all.
  private var declared: [Int] = []
  private var inScope = 0
  private var line: [UInt8] = []
  private var gap = 0
  /// Open tables, texts and alternatives of what was already read.
  private var tables = 0
  private var texts = 0
  /// Open lists of a paragraph's tab stops, whose elements are called as tabs are.
  private var stops = 0
  private var fallbacks = 0

  /// Ends the parse of a document with a type, which has no place in a DOCX and is where entities come from, or with more
  /// namespaces than it needs.
  func refuse() {
    isStopped = true
    stop()
  }

  func start(_ name: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?, declared count: Int) {
    declared.append(count)
    inScope += count
    if inScope > 1000 { refuse() }
    switch unsafe Self.word(name, namespace) {
    case "t": texts += 1
    case "tabs": stops += 1
    case "tab": if stops == 0 { append([0x09]) }
    case "noBreakHyphen": append([0x2D])
    case "br", "cr": tables > 0 ? append([0x20]) : endLine()
    case "tbl":
      if tables == 0 { endLine() }
      tables += 1
    case "Fallback": fallbacks += 1
    default: break
    }
  }

  func end(_ name: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?) {
    inScope -= declared.popLast() ?? 0
    switch unsafe Self.word(name, namespace) {
    case "t": texts -= 1
    case "tabs": stops -= 1
    case "p": tables > 0 ? append([0x20]) : endLine(isParagraph: true)
    case "tc": if tables == 1 { endCell() }
    case "tr": if tables == 1 { endRow() }
    case "tbl": tables -= 1
    case "Fallback": fallbacks -= 1
    default: break
    }
  }

  func characters(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
    guard texts > 0, let bytes = unsafe bytes, count > 0 else { return }
    append(unsafe Array(UnsafeBufferPointer(start: bytes, count: Int(count))))
  }

  private func append(_ bytes: [UInt8]) {
    if fallbacks == 0 { line += bytes }
  }

  private func endCell() {
    while line.last == 0x20 { line.removeLast() }
    append([0x09])
  }

  private func endRow() {
    while let last = line.last, last == 0x20 || last == 0x09 { line.removeLast() }
    endLine()
  }

  /// A line of a long paragraph, or the paragraph; an empty one is a gap before the next.
  private func endLine(isParagraph: Bool = false) {
    let found = splitLines(line)
    line = []
    if found.isEmpty, isParagraph { gap += 1 }
    for (place, var next) in found.enumerated() {
      if place == 0 { next.gap = gap }
      lines.append(next)
    }
    if !found.isEmpty { gap = 0 }
  }

  /// The name of an element of Word's own language, of its alternatives (`Fallback`) or of a formula's text; else "".
  private static func word(_ name: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?) -> String {
    guard let name = unsafe name, let namespace = unsafe namespace else { return "" }
    let uri = unsafe String(cString: namespace)
    let isKnown = ["/wordprocessingml/2006/main", "/wordprocessingml/main", "/markup-compatibility/2006", "/math"]
    return isKnown.contains { uri.hasSuffix($0) } ? unsafe String(cString: name) : ""
  }
}
