internal import Record
internal import Text

extension MainText {
  /// Cuts sections of the main element whose heading says that they are not the document: Related, Comments, 延伸阅读.
  ///
  /// Such a section is the largest element that starts with the heading; where the heading stands among the paragraphs,
  /// it reaches to the next heading or the end of their element.
  mutating func cutSections(_ main: Int) {
    for index in blocks.indices where reasons[index] == nil && blocks[index].weight <= 60 {
      let words = blocks[index].bytes
      let line = Folded(words.span)
      if let (_, phrase) = Vocabulary.shared.phrase("line", in: line, at: 0) {
        reasons[index] = phrase.reason
      } else if let (length, phrase) = Vocabulary.shared.phrase("heading", in: line, at: 0),
        isHeading(line, behind: length),
        hasTextBefore(index)
      {
        cutSection(index, main, phrase.reason)
      }
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

  private func hasTextBefore(_ index: Int) -> Bool {
    var weight = 0
    for block in blocks.indices[..<index] where reasons[block] == nil { weight += blocks[block].weight }
    return weight >= 60
  }

  private mutating func cutSection(_ index: Int, _ main: Int, _ reason: Chrome.Reason) {
    var section = blocks[index].node
    while tree.nodes[section].parent > main, isFirst(index, in: tree.nodes[section].parent) {
      section = tree.nodes[section].parent
    }
    let isAlone = !blocks.indices.dropFirst(index + 1).prefix(1).contains { blocks[$0].node < tree.nodes[section].end }
    let end = tree.nodes[isAlone ? max(tree.nodes[section].parent, 0) : section].end
    for next in index..<blocks.count where blocks[next].node < end {
      if isAlone, next > index, blocks[next].isHeading { break }
      if reasons[next] == nil { reasons[next] = reason }
    }
  }

  private func isFirst(_ index: Int, in node: Int) -> Bool {
    var before = index - 1
    while before >= 0, blocks[before].node >= node {
      if reasons[before] == nil { return false }
      before -= 1
    }
    return true
  }
}
