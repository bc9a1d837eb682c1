internal import Record
internal import Text

/// Which blocks of a page are its document.
///
/// Every element has a mass: the weight of the paragraphs in it that are no furniture. The document is in the element that
/// a content mark names, else in the smallest one that holds almost all of the mass; what is furniture in it is pruned,
/// unless that would take most of the text. Paragraphs beside it that look like its own are taken back, so that no
/// single winner loses the first and the last of them.
struct MainText {
  /// For each block why it is not text; nil for text.
  var reasons: [Chrome.Reason?]

  let tree: PageTree
  let blocks: [Block]
  private var furniture: [Chrome.Reason?]
  private var mass: [Int]
  private let marks: [Marks]

  init(_ tree: PageTree, _ blocks: [Block]) {
    self.tree = tree
    self.blocks = blocks
    reasons = Array(repeating: nil, count: blocks.count)
    furniture = Array(repeating: nil, count: tree.nodes.count)
    mass = Array(repeating: 0, count: tree.nodes.count)
    marks = tree.nodes.map { $0.tag == .text ? Marks() : Marks(tree.names.span.extracting($0.range)) }
    markFurniture()
    let main = container()
    choose(main)
  }

  /// Elements that are furniture by their tag, their marks or as lists of teasers. Where little text would be left, the
  /// heaviest of them is text after all, and so on.
  private mutating func markFurniture() {
    let raw = accumulated(at: \.holder) { _ in true }
    let teasers = teaserLists(raw)
    var own = tree.nodes.indices.map {
      teasers.contains($0) ? .related : ownReason($0, share: raw[0] > 0 ? raw[$0] * 100 / raw[0] : 0)
    }
    for _ in 0..<8 {
      inherit(own)
      weigh()
      if mass[0] >= min(100, raw[0] / 2) { return }
      let roots = own.indices.filter { own[$0] != nil && raw[$0] > 0 }
      guard let heaviest = roots.max(by: { raw[$0] < raw[$1] }) else { return }
      own[heaviest] = nil
    }
  }

  private mutating func inherit(_ own: [Chrome.Reason?]) {
    for node in tree.nodes.indices {
      let parent = tree.nodes[node].parent
      furniture[node] = parent >= 0 ? furniture[parent] ?? own[node] : own[node]
      // What a page quotes is its text, whatever the network's script called the element.
      if tree.nodes[node].tag == .blockquote, furniture[node] == .toolbar { furniture[node] = nil }
    }
  }

  /// Why an element that holds so many hundredths of the page is furniture.
  private func ownReason(_ node: Int, share: Int) -> Chrome.Reason? {
    switch tree.nodes[node].tag {
    case .text, .body, .html, .article, .main: return nil
    case .nav: return .navigation
    case .footer: return .footer
    case .aside: return .related
    case .header, .figcaption: return share < 40 ? .other : nil
    case .form, .button, .select: return share < 40 ? .toolbar : nil
    default: break
    }
    return marks[node].certainty == nil ? marks[node].reason : nil
  }

  /// The items of lists of teasers: three or more children of one kind, almost all of which hold a line that is a link
  /// and at most a short paragraph beside it.
  private func teaserLists(_ raw: [Int]) -> Set<Int> {
    var heads = Array(repeating: 0, count: tree.nodes.count)
    for block in blocks where block.linkShare > 0.8 && block.weight >= 4 { heads[block.node] += 1 }
    for node in tree.nodes.indices.reversed() where tree.nodes[node].parent >= 0 {
      heads[tree.nodes[node].parent] += heads[node]
    }
    var teasers: Set<Int> = []
    for node in tree.nodes.indices where heads[node] >= 3 {
      let children = tree.children(of: node).filter { tree.nodes[$0].tag.isBlock }
      let items = children.filter { heads[$0] >= 1 && heads[$0] <= 4 && raw[$0] <= 90 }
      guard items.count >= 3, items.count * 10 >= children.count * 7, items.contains(where: { raw[$0] > 0 }) else {
        continue
      }
      teasers.formUnion(items)
    }
    return teasers
  }

  private mutating func weigh() {
    let furniture = self.furniture
    mass = accumulated(at: \.node) { furniture[$0.holder] == nil }
  }

  private func accumulated(at element: KeyPath<Block, Int>, _ counts: (Block) -> Bool) -> [Int] {
    var sums = Array(repeating: 0, count: tree.nodes.count)
    for block in blocks where block.isParagraph && counts(block) { sums[block[keyPath: element]] += block.weight }
    for node in tree.nodes.indices.reversed() where tree.nodes[node].parent >= 0 {
      sums[tree.nodes[node].parent] += sums[node]
    }
    return sums
  }

  /// The element that holds the document.
  private func container() -> Int {
    if let marked = markedContainer() { return marked }
    var node = 0
    while true {
      let best = tree.children(of: node).max { mass[$0] < mass[$1] }
      guard let best, mass[node] > 0, mass[best] * 100 >= mass[node] * 85,
        tree.nodes[best].tag.isBlock || tree.nodes[best].tag == .inline
      else { return node }
      node = best
    }
  }

  private func markedContainer() -> Int? {
    var best: (node: Int, score: Int)?
    for node in tree.nodes.indices where mass[node] > 0 && furniture[node] == nil {
      guard let certainty = contentCertainty(node) else { continue }
      // At least so many hundredths of the page's mass, the more certain the mark is the fewer.
      guard mass[node] * 100 >= mass[0] * (certainty == 2 ? 25 : certainty == 1 ? 30 : 40) else { continue }
      let score = mass[node] * (certainty == 2 ? 4 : certainty == 1 ? 3 : 2)
      // Of two inside one another the inner one, when it holds almost all.
      if let found = best, node < tree.nodes[found.node].end, mass[node] * 100 < mass[found.node] * 90 { continue }
      if best.map({ score >= $0.score || node < tree.nodes[$0.node].end }) ?? true { best = (node, score) }
    }
    return best?.node ?? shortContainer()
  }

  /// On a page with next to no paragraphs the one element that a content system marks, whatever its lines.
  private func shortContainer() -> Int? {
    guard mass[0] < 150 else { return nil }
    let marked = tree.nodes.indices.filter { furniture[$0] == nil && contentCertainty($0) == 2 }
    guard let node = marked.first, marked.allSatisfy({ $0 < tree.nodes[node].end }) else { return nil }
    let weight = blocks.reduce(0) { $0 + ((node..<tree.nodes[node].end).contains($1.node) ? $1.weight : 0) }
    return weight >= 10 ? node : nil
  }

  /// 2 for the mark of a content system, 1 for a general one, 0 for `article` and `main`; nil for none.
  private func contentCertainty(_ node: Int) -> Int? {
    // What a page calls its BODY says nothing of where in it the text is.
    if [.text, .body, .html].contains(tree.nodes[node].tag) { return nil }
    return marks[node].certainty ?? (tree.nodes[node].tag == .article || tree.nodes[node].tag == .main ? 0 : nil)
  }

  private mutating func choose(_ main: Int) {
    let inside = main..<tree.nodes[main].end
    let pruned = links(in: inside)
    for index in blocks.indices {
      let block = blocks[index]
      if !inside.contains(block.holder) {
        reasons[index] = furniture[block.holder] ?? place(of: block, main)
      } else if let reason = furniture[block.holder] {
        reasons[index] = reason
      } else if pruned.contains(index) {
        reasons[index] = .related
      }
    }
    takeBack(main)
    cutSections(main)
    cutClutter(main)
    trimEnds(main)
  }

  /// Blocks in lists of links: runs of blocks that are links for the most part, and rows of tags. A sentence of which
  /// some words are no link is a paragraph.
  private func links(in range: Range<Int>) -> Set<Int> {
    var pruned: Set<Int> = []
    for index in blocks.indices where range.contains(blocks[index].node) {
      let block = blocks[index]
      guard block.linkShare > 0.6, !block.isHeading || block.linkShare > 0.9, !block.isAddress else { continue }
      if block.weight >= 25, block.linkShare < 0.95, block.isFinished { continue }
      let neighbours = [index - 1, index + 1].filter { blocks.indices.contains($0) && blocks[$0].linkShare > 0.6 }
      if !neighbours.isEmpty || block.weight < 25 || block.links >= 5 { pruned.insert(index) }
    }
    return pruned
  }

  private func place(of block: Block, _ main: Int) -> Chrome.Reason { block.node < main ? .navigation : .related }

  /// Paragraphs around the main element that are its own: in its parent or grandparent, with next to no links.
  private mutating func takeBack(_ main: Int) {
    var around = main
    for _ in 0..<2 where tree.nodes[around].parent > 0 { around = tree.nodes[around].parent }
    guard tree.nodes[around].tag != .body, tree.nodes[around].tag != .html else { return }
    let range = around..<tree.nodes[around].end
    for index in blocks.indices where reasons[index] != nil && range.contains(blocks[index].node) {
      let block = blocks[index]
      guard furniture[block.holder] == nil, !(main..<tree.nodes[main].end).contains(block.node) else { continue }
      if block.isParagraph, block.weight >= 25, block.linkShare < 0.2, tree.nodes[block.node].tag == .p {
        reasons[index] = nil
      }
    }
  }
}

extension Block {
  /// Whether it breaks off as the first words of another page do.
  private var isTeaser: Bool { weight < 90 && (bytes.ends(with: "...") || bytes.ends(with: "…")) }

  /// Whether it reads as a paragraph: long and with few links.
  var isParagraph: Bool {
    if linkShare > 0.4 { return false }
    if weight >= 25 { return !isTeaser }
    return weight >= 8 && bytes.span.endsFinished(at: bytes.count)
  }

  /// Whether it reads as a sentence at least: what stands among paragraphs, but is too short to tell where they are.
  var isSentence: Bool { isParagraph || weight >= 8 && linkShare <= 0.4 && isFinished }

  /// Whether it ends as a sentence ends, in Chinese or in Latin script.
  var isFinished: Bool {
    if bytes.span.endsFinished(at: bytes.count) { return true }
    var end = bytes.count
    while let (value, length) = bytes.span.scalar(before: end), isClosing(value) { end -= length }
    return end >= 2 && bytes[end - 1] == 0x2E && bytes[end - 2] != 0x2E
  }
}

extension [UInt8] {
  fileprivate func ends(with word: String) -> Bool { suffix(word.utf8.count).elementsEqual(word.utf8) }
}
