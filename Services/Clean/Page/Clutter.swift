internal import Record

extension MainText {
  /// Cuts boxes of short lines in the main element: four or more blocks without a paragraph, a table or a heading of the
  /// document among them, which are the buttons of a player, counters, forms. A list without links among the
  /// paragraphs is the document's own.
  mutating func cutClutter(_ main: Int) {
    let range = main..<tree.nodes[main].end
    var (counts, weights, paragraphs) = (zeros, zeros, zeros)
    let beside = parentsOfParagraphs(range)
    for (index, block) in blocks.enumerated() where range.contains(block.node) && reasons[index] == nil {
      counts[block.node] += 1
      weights[block.node] += block.weight
      if block.isSentence || block.bytes.contains(0x09) { paragraphs[block.node] += 1 }
    }
    for node in range.reversed() where node > main {
      let parent = tree.nodes[node].parent
      counts[parent] += counts[node]
      weights[parent] += weights[node]
      paragraphs[parent] += paragraphs[node]
    }
    for (index, block) in blocks.enumerated() where range.contains(block.node) && reasons[index] == nil {
      var node = block.node
      while node > main {
        let isOwnList = tree.nodes[node].tag == .ul && block.links == 0 && beside.contains(tree.nodes[node].parent)
        if isBox(tree.nodes[node].tag), counts[node] >= 4, paragraphs[node] == 0, weights[node] < counts[node] * 7,
          !isOwnList
        {
          reasons[index] = .other
          break
        }
        node = tree.nodes[node].parent
      }
    }
  }

  /// The elements whose children are paragraphs.
  private func parentsOfParagraphs(_ range: Range<Int>) -> Set<Int> {
    let paragraphs = blocks.indices.filter {
      reasons[$0] == nil && range.contains(blocks[$0].node) && blocks[$0].isParagraph
    }
    return Set(
      paragraphs.map { tree.nodes[blocks[$0].node].tag == .p ? tree.nodes[blocks[$0].node].parent : blocks[$0].node })
  }

  private var zeros: [Int] { Array(repeating: 0, count: tree.nodes.count) }

  private func isBox(_ tag: Tag) -> Bool { tag == .div || tag == .section || tag == .ul || tag == .block || tag == .dl }
}
