internal import Record

extension MainText {
  /// Cuts short lines before the first paragraph and behind the last one that stand in other boxes than these: counters,
  /// buttons, headings of lists that were cut; behind the last one lists of links too, wherever they stand. Titles,
  /// salutations, signatures and tables stay.
  mutating func trimEnds(_ main: Int) {
    let range = main..<tree.nodes[main].end
    let kept = blocks.indices.filter { reasons[$0] == nil && range.contains(blocks[$0].node) }
    guard let first = kept.first(where: { blocks[$0].isSentence }),
      let last = kept.last(where: { blocks[$0].isSentence })
    else {
      return
    }
    let (head, tail) = (box(first), box(last))
    for index in kept where index < first && !head.contains(blocks[index].node) && isLoose(index) {
      if !blocks[index].isHeading, blocks[index].weight <= 8 { reasons[index] = .other }
    }
    for index in kept where index > last && !tail.contains(blocks[index].node) && isLoose(index) {
      reasons[index] = .other
    }
    cutLinkedList(kept.filter { $0 > last })
  }

  /// Cuts the list behind the text every item of which leads to another page, and the heading of a list that was cut.
  private mutating func cutLinkedList(_ tail: [Int]) {
    let items = tail.drop { !blocks[$0].isListItem }
    if items.count >= 2, items.allSatisfy({ blocks[$0].isListItem && blocks[$0].linkShare >= 0.25 }) {
      for index in items { reasons[index] = .related }
    }
    for index in tail.reversed() where index + 1 < blocks.count && blocks[index + 1].isListItem {
      if reasons[index + 1] == .related, isLoose(index) { reasons[index] = .related }
    }
  }

  /// The element around a paragraph and those beside it.
  private func box(_ index: Int) -> Range<Int> {
    let parent = max(tree.nodes[blocks[index].node].parent, 0)
    return parent..<tree.nodes[parent].end
  }

  private func isLoose(_ index: Int) -> Bool {
    let line = Line(blocks[index].bytes)
    return !line.bytes.contains(0x09) && !line.belongsToSignature && !line.isSalutation && !line.isNumbered
  }
}
