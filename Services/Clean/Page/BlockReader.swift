internal import Text

/// The lines of a page in document order. A row of a table of data is one line, its cells parted by tabs.
func readBlocks(_ tree: PageTree) -> [Block] {
  var reader = BlockReader(tree)
  reader.read()
  return reader.blocks
}

private struct BlockReader {
  private let tree: PageTree
  private(set) var blocks: [Block] = []
  private var line: [UInt8] = []
  private var linkBytes: [UInt8] = []
  private var isBlankPending = false
  private var links = 0
  private var lists = 0
  private var headings = 0
  private var preformatted = 0
  /// Inside how many rows of tables of data the reader is, so that breaks are blanks.
  private var rows = 0
  private var open: [Int] = []
  private var dataRows: Set<Int> = []

  init(_ tree: PageTree) { self.tree = tree }

  mutating func read() {
    var index = 0
    while index < tree.nodes.count {
      while let last = open.last, tree.nodes[last].end <= index { leave(last) }
      let node = tree.nodes[index]
      if node.tag == .text {
        append(node.range)
        index += 1
      } else if node.isHidden || node.tag == .skipped || node.tag == .select || node.tag == .head {
        index = node.end
      } else {
        enter(index)
        index += 1
      }
    }
    while let last = open.last { leave(last) }
    flush()
  }

  private mutating func enter(_ index: Int) {
    let tag = tree.nodes[index].tag
    if tag == .br || tag == .hr {
      lineBreak()
      return
    }
    if tag == .table { markRows(of: index) }
    if rows == 0, tag.isBlock { flush() }
    if rows > 0, tag == .td || tag == .th, !line.isEmpty { cell() }
    if rows > 0, tag.isBlock { isBlankPending = true }
    open.append(index)
    if tag == .tr, dataRows.contains(index) { rows += 1 }
    if tag == .a { links += 1 }
    if tag == .li { lists += 1 }
    if tag.isHeading { headings += 1 }
    if tag == .pre { preformatted += 1 }
  }

  private mutating func leave(_ index: Int) {
    let tag = tree.nodes[index].tag
    if tag == .tr, dataRows.contains(index) {
      rows -= 1
      if rows == 0 { flush() }
    } else if rows == 0, tag.isBlock {
      flush()
    }
    open.removeLast()
    if tag == .a { links -= 1 }
    if tag == .li { lists -= 1 }
    if tag.isHeading { headings -= 1 }
    if tag == .pre { preformatted -= 1 }
  }

  private mutating func lineBreak() { if rows > 0 { isBlankPending = true } else { flush() } }

  private mutating func cell() {
    while line.last == 0x20 { line.removeLast() }
    line.append(0x09)
    isBlankPending = false
  }

  private mutating func append(_ range: Range<Int>) {
    let bytes = tree.text
    let text = bytes.span
    var offset = range.lowerBound
    while offset < range.upperBound {
      let (value, length) = text.scalar(at: offset)
      if preformatted > 0, rows == 0, value == 0x0A {
        flush()
      } else if value == 0x20 || 0x09...0x0D ~= value {
        isBlankPending = true
      } else {
        if isBlankPending, !line.isEmpty, line.last != 0x09 { line.append(0x20) }
        isBlankPending = false
        for byte in offset..<offset + length {
          line.append(text[byte])
          if links > 0 { linkBytes.append(text[byte]) }
        }
      }
      offset += length
    }
  }

  private mutating func flush() {
    defer {
      line.removeAll(keepingCapacity: true)
      linkBytes.removeAll(keepingCapacity: true)
      isBlankPending = false
    }
    let (whole, part) = (line, linkBytes)
    let range = trimmed(whole.span, 0..<whole.count)
    guard !range.isEmpty else { return }
    let words = weight(of: whole.span)
    let linked = weight(of: part.span)
    let node = open.last { tree.nodes[$0].tag.isBlock } ?? 0
    blocks.append(
      Block(
        bytes: Array(line[range]), node: node, weight: words.han + (words.others + 2) / 3,
        linkWeight: linked.han + (linked.others + 2) / 3, isHeading: headings > 0, isListItem: lists > 0))
  }

  /// Notes the rows of a table that holds data and not the layout of a page.
  private mutating func markRows(of table: Int) {
    var (cells, tables, letters) = (0, 0, 0)
    var found: [Int] = []
    for index in table + 1..<tree.nodes[table].end {
      switch tree.nodes[index].tag {
      case .tr: found.append(index)
      case .td, .th: cells += 1
      case .table: tables += 1
      case .text: letters += tree.nodes[index].range.count
      default: break
      }
    }
    guard tables == 0, found.count >= 2, cells * 2 >= found.count * 3, letters < cells * 400 else { return }
    dataRows.formUnion(found)
  }
}
