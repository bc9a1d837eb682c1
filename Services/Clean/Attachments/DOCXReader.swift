/// Puts the lines of a DOCX together from the elements of its main part.
///
///     p → a line · tr → a line of its cells · t → text · tab → tab · br, cr → a new line · Fallback → nothing
///     pPr → pStyle, numPr → the number before the line
final class DOCXReader: PartReader {
  private(set) var lines: [Line] = []
  private var numbering: Numbering
  private var line: [UInt8] = []
  private var gap = 0
  /// How many elements of a name are open.
  private var open: [String: Int] = [:]
  /// The style and the list of the paragraph whose properties are open.
  private var style: String?
  private var place = Numbering.Place()

  init(_ numbering: Numbering) { self.numbering = numbering }

  func start(_ name: String, _ value: (String) -> String?) {
    switch name {
    case "t", "tabs", "Fallback", "pPrChange": open[name, default: 0] += 1
    case "pPr": (style, place) = isIn("pPrChange") ? (style, place) : (nil, .init())
    case "pStyle": if !isIn("pPrChange") { style = value("val") }
    case "numId": if !isIn("pPrChange") { place.list = value("val") }
    case "ilvl": if !isIn("pPrChange") { place.level = value("val").flatMap { Int($0) } }
    case "tab": if !isIn("tabs") { append([0x09]) }
    case "noBreakHyphen": append([0x2D])
    case "br", "cr": isIn("tbl") ? append([0x20]) : endLine()
    case "tbl":
      if !isIn("tbl") { endLine() }
      open["tbl", default: 0] += 1
    default: break
    }
  }

  func end(_ name: String) {
    switch name {
    case "t", "tabs", "Fallback", "pPrChange", "tbl": open[name, default: 1] -= 1
    case "pPr": if !isIn("pPrChange") { append(Array(numbering.label(place, style: style).utf8)) }
    case "p": isIn("tbl") ? append([0x20]) : endLine(isParagraph: true)
    case "tc": if open["tbl"] == 1 { endCell() }
    case "tr": if open["tbl"] == 1 { endRow() }
    default: break
    }
  }

  func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isIn("t") { append(unsafe Array(bytes)) }
  }

  private func isIn(_ name: String) -> Bool { open[name, default: 0] > 0 }

  private func append(_ bytes: [UInt8]) {
    if !isIn("Fallback") { line += bytes }
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
}
