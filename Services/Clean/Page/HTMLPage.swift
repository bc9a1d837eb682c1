internal import Record

/// The lines of an HTML page, what is furniture by the page's structure marked so, and what its META tags say.
func readPage(_ text: [UInt8], limits: Limits) throws(StageFailure) -> Page {
  let tree = try parsePage(text, limits: limits)
  let blocks = readBlocks(tree)
  let main = MainText(tree, blocks)
  let title = Title(tree, blocks, main.reasons)
  var lines: [Line] = []
  lines.reserveCapacity(blocks.count)
  for (index, block) in blocks.enumerated() {
    for line in splitLines(block.bytes) {
      lines.append(Line(line.bytes, gap: 1, reason: index == title.block ? nil : main.reasons[index]))
    }
  }
  return Page(lines: lines, meta: metaPairs(tree), title: title.words)
}
