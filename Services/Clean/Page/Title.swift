internal import Text

/// The title of a page: the block that prints it, and its words.
///
/// The heading whose words the TITLE element or ArticleTitle begins with or holds is the title; without one, the META
/// tag, and at last the TITLE element less the site's name.
struct Title {
  private(set) var block: Int?
  private(set) var words: String?

  init(_ tree: PageTree, _ blocks: [Block], _ reasons: [Any?]) {
    let stated = tree.meta.first { $0.name.lowercased() == "articletitle" }?.content
    let pageTitle = comparable(tree.title)
    let statedTitle = stated.map { comparable(Array($0.utf8)) } ?? []
    let first = reasons.firstIndex { $0 == nil } ?? blocks.count
    for index in blocks.indices.prefix(min(blocks.count, first + 8)) {
      let block = blocks[index]
      guard block.weight >= 4, block.weight <= 120 else { continue }
      let words = comparable(block.bytes)
      let isStated = !statedTitle.isEmpty && words == statedTitle
      let isNamed = words.count >= 9 && pageTitle.span.contains(words)
      guard isStated || isNamed, block.isHeading || isStated || block.linkShare < 0.5 else { continue }
      if let found = self.block, blocks[found].isHeading || !block.isHeading { continue }
      self.block = index
      self.words = String(decoding: block.bytes, as: UTF8.self)
    }
    if words == nil { words = stated ?? siteLess(tree.title) }
  }
}

/// Words as titles are compared: narrow, lower case, without blanks.
private func comparable(_ bytes: [UInt8]) -> [UInt8] { Folded(bytes.span).bytes }

/// The TITLE element up to the site's name: `某某报告_某某市人民政府`.
private func siteLess(_ title: [UInt8]) -> String? {
  let text = String(decoding: title[trimmed(title.span, 0..<title.count)], as: UTF8.self)
  let first = text.split { "_|｜-–—".contains($0) }.first.map(String.init) ?? ""
  let name = first.trimmingBlanks
  return name.isEmpty ? nil : name
}

extension String {
  /// The words without the blanks around them.
  var trimmingBlanks: String {
    let bytes = Array(utf8)
    return String(decoding: bytes[trimmed(bytes.span, 0..<bytes.count)], as: UTF8.self)
  }
}
