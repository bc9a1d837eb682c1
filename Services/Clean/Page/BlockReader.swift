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
  /// How many links the line holds, and the innermost element around all of its words.
  private var linksOfLine = 0
  private var isLinkCounted = false
  private var holder: Int?
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
        append(node.range, of: node.parent)
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
    if tag == .a {
      links += 1
      isLinkCounted = false
    }
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

  private mutating func append(_ range: Range<Int>, of parent: Int) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = tree.text[offset]
      if preformatted > 0, rows == 0, byte == 0x0A {
        flush()
        offset += 1
      } else if isSpace(byte) {
        isBlankPending = true
        offset += 1
      } else {
        var end = offset + 1
        while end < range.upperBound, !isSpace(tree.text[end]) { end += 1 }
        append(word: offset..<end, of: parent)
        offset = end
      }
    }
  }

  private mutating func append(word: Range<Int>, of parent: Int) {
    if isBlankPending, !line.isEmpty, line.last != 0x09 { line.append(0x20) }
    isBlankPending = false
    hold(parent)
    line.append(contentsOf: tree.text[word])
    guard links > 0 else { return }
    linkBytes.append(contentsOf: tree.text[word])
    if !isLinkCounted { linksOfLine += 1 }
    isLinkCounted = true
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

  /// Widens the holder of the line so that it holds the words of an element too.
  private mutating func hold(_ parent: Int) {
    guard var found = holder else {
      holder = parent
      return
    }
    while found > parent || tree.nodes[found].end <= parent { found = tree.nodes[found].parent }
    holder = found
  }

  private mutating func flush() {
    defer {
      linksOfLine = 0
      holder = nil
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
        bytes: Array(line[range]), node: node, holder: max(holder ?? node, node),
        weight: words.han + (words.others + 2) / 3,
        linkWeight: linked.han + (linked.others + 2) / 3, links: linksOfLine, isAddress: isAddress(part),
        isHeading: headings > 0, isListItem: lists > 0))
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

/// Whether the words of a link are the address that it leads to.
private func isAddress(_ link: [UInt8]) -> Bool {
  ["http://", "https://", "www."].contains { link.starts(with: $0.utf8) } && !link.contains(0x20)
}
