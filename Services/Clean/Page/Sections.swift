internal import Record
internal import Text

extension MainText {
  /// Cuts sections of the main element whose heading says that they are not the document: Related, Comments, 延伸阅读.
  ///
  /// Such a section is the largest element that starts with the heading; where the heading stands among the paragraphs,
  /// it reaches to the next heading, to a paragraph beside those before it, or to the end of their element.
  mutating func cutSections(_ main: Int) {
    var before = TextBefore()
    for index in blocks.indices where reasons[index] == nil {
      if blocks[index].weight <= 60 { cutFurniture(index, main, before) }
      if reasons[index] == nil { before.add(blocks[index], index) }
    }
  }

  /// Cuts a block that is a line of furniture or, behind some text, the section that it is the heading of.
  private mutating func cutFurniture(_ index: Int, _ main: Int, _ before: TextBefore) {
    let words = blocks[index].bytes
    let line = Folded(words.span)
    if let (_, phrase) = Vocabulary.shared.phrase(.line, in: line, at: 0) {
      reasons[index] = phrase.reason
    } else if before.weight >= 60, let (length, phrase) = Vocabulary.shared.phrase(.heading, in: line, at: 0),
      isHeading(line, behind: length)
    {
      cutSection(index, main, before, phrase.reason)
    }
  }

  /// Only ornament and a number may follow the words of a heading: `Comments (12)`.
  private func isHeading(_ line: Folded, behind length: Int) -> Bool {
    var offset = length
    while offset < line.bytes.count {
      let (value, length) = line.bytes.span.scalar(at: offset)
      guard isOrnamentSign(value) || isDigit(value) else { return false }
      offset += length
    }
    return true
  }

  private mutating func cutSection(_ index: Int, _ main: Int, _ before: TextBefore, _ reason: Chrome.Reason) {
    var section = blocks[index].node
    while tree.nodes[section].parent > main, !holds(tree.nodes[section].parent, before.last) {
      section = tree.nodes[section].parent
    }
    let isAlone = index + 1 == blocks.count || !holds(section, index + 1)
    if isAlone { section = max(tree.nodes[section].parent, 0) }
    for next in index..<blocks.count {
      guard holds(section, next) else { return }
      if isAlone, next > index, blocks[next].isHeading || goesOn(next, behind: before.paragraph) { return }
      if reasons[next] == nil { reasons[next] = reason }
    }
  }

  private func holds(_ node: Int, _ block: Int?) -> Bool {
    block.map { (node..<tree.nodes[node].end).contains(blocks[$0].node) } ?? false
  }

  /// Whether a block is a paragraph that goes on where the text before a heading stopped.
  private func goesOn(_ next: Int, behind paragraph: Int?) -> Bool {
    guard let paragraph, blocks[next].isParagraph, blocks[next].links == 0 else { return false }
    let (node, before) = (tree.nodes[blocks[next].node], tree.nodes[blocks[paragraph].node])
    return node.tag == before.tag && node.parent == before.parent
  }
}

/// What of the text stands before a block.
private struct TextBefore {
  private(set) var weight = 0
  private(set) var last: Int?
  private(set) var paragraph: Int?

  mutating func add(_ block: Block, _ index: Int) {
    weight += block.weight
    last = index
    if block.isParagraph { paragraph = index }
  }
}
