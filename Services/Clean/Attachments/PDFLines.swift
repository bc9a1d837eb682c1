internal import Record
internal import Text

/// The lines of a document from the layout of its pages: broken paragraphs put together, the cells of a table's row
/// separated by one tab, page numbers and running heads marked.
///
/// A row goes on in the next where it is as wide as the text and the next starts at the left edge. Pages end with a form
/// feed, and a paragraph may go on behind it.
struct PDFLines {
  private(set) var lines: [Line] = []
  /// The line of the last row of text, where that row is one that may go on.
  private var open: Int?
  /// The width of a row that is full, in half characters.
  private let full: Int
  /// Rows at the top or the foot of several pages. The first page keeps them: there the same words are the title.
  private let running: Set<[UInt8]>

  init(_ layout: [UInt8]) {
    let pages = layout.split(separator: 0x0C).map(PDFRow.rows)
    let widths = pages.joined().filter { !$0.isTable }.map(\.width).sorted()
    full = widths.isEmpty ? 0 : widths[widths.count * 3 / 4] * 85 / 100
    running = Self.repeated(pages)
    for (number, page) in pages.enumerated() { take(page, isFirst: number == 0) }
  }

  private static func repeated(_ pages: [[PDFRow]]) -> Set<[UInt8]> {
    var (once, twice): (Set<[UInt8]>, Set<[UInt8]>) = ([], [])
    for page in pages {
      let rows = page.filter { !$0.isPageNumber }
      for bytes in Set([rows.first, rows.last].compactMap { $0?.bytes }) where !once.insert(bytes).inserted {
        twice.insert(bytes)
      }
    }
    return twice
  }

  private mutating func take(_ page: [PDFRow], isFirst: Bool) {
    let left = page.map(\.indent).min() ?? 0
    var isTop = true
    for (place, row) in page.enumerated() {
      let isEdge = place < 2 || place >= page.count - 2
      if isEdge, row.isPageNumber {
        lines.append(Line(row.bytes, gap: row.gap, reason: .counter))
      } else if isEdge, !isFirst, running.contains(row.bytes) {
        lines.append(Line(row.bytes, gap: row.gap, reason: .other))
      } else {
        take(row, gap: isTop ? 0 : row.gap, isAtLeft: row.indent <= left + 1)
        isTop = false
      }
    }
  }

  private mutating func take(_ row: PDFRow, gap: Int, isAtLeft: Bool) {
    let line = Line(row.bytes, gap: gap)
    if let open, !row.isTable, isAtLeft, gap == 0, !line.isNumbered {
      let blank: [UInt8] = lines[open].bytes.last.map { $0 < 0x80 } == true && row.bytes[0] < 0x80 ? [0x20] : []
      lines[open] = Line(lines[open].bytes + blank + row.bytes, gap: lines[open].gap)
    } else {
      open = lines.count
      lines.append(line)
    }
    if row.isTable || row.width < full { open = nil }
  }
}

/// A row of characters on a page.
struct PDFRow {
  /// Without the blanks around it; two and more blanks inside are one tab.
  let bytes: [UInt8]
  /// Characters before the first that is no blank.
  let indent: Int
  /// Twice the Han characters and the like, and once the others.
  let width: Int
  /// Empty rows before it.
  let gap: Int

  var isTable: Bool { bytes.contains(0x09) }

  /// `12`, `— 3 —`, `第1页 共9页`.
  var isPageNumber: Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    let signs: Set<Character> = ["-", "—", "–", "－", "―", "·", "/", " ", "第", "页", "共", "\t"]
    return text.count <= 16 && text.contains(where: \.isNumber) && text.allSatisfy { $0.isNumber || signs.contains($0) }
  }

  /// The rows of a page that are not empty.
  static func rows(_ page: ArraySlice<UInt8>) -> [PDFRow] {
    var (rows, gap): ([PDFRow], Int) = ([], 0)
    for bytes in page.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if let row = PDFRow(Array(bytes), gap: rows.isEmpty ? 0 : gap) {
        rows.append(row)
        gap = 0
      } else {
        gap += 1
      }
    }
    return rows
  }

  private init?(_ row: [UInt8], gap: Int) {
    var (bytes, indent, width, blanks): ([UInt8], Int, Int, Int) = ([], 0, 0, 0)
    var offset = 0
    while offset < row.count {
      let (value, length) = row.span.scalar(at: offset)
      if isBlank(value) {
        blanks += value == 0x3000 ? 2 : 1
        if bytes.isEmpty { indent += 1 }
      } else {
        if !bytes.isEmpty, blanks > 0 { bytes.append(blanks > 1 ? 0x09 : 0x20) }
        bytes += row[offset..<offset + length]
        width += value < 0x1100 ? 1 : 2
        blanks = 0
      }
      offset += length
    }
    guard !bytes.isEmpty else { return nil }
    (self.bytes, self.indent, self.width, self.gap) = (bytes, indent, width, gap)
  }
}
