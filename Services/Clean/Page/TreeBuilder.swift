internal import CLibXML2

/// Puts a page's tree together from the parser's events.
final class TreeBuilder {
  private var tree = PageTree()
  /// The open elements, as indices of nodes, with the names that close them.
  private var open: [(node: Int, name: String)] = []
  /// Open elements beyond the greatest depth, which have no node.
  private var swallowed = 0
  /// Open elements whose text does not show.
  private var skipping = 0
  private var isInTitle = false
  private let depth: Int

  init(_ limits: Limits) {
    depth = limits.depth
    tree.nodes.append(PageTree.Node(tag: .html, parent: -1, end: 1, range: 0..<0))
    open.append((0, "#root"))
  }

  func start(name: UnsafePointer<xmlChar>?, attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
    guard let name = unsafe name else { return }
    guard open.count < depth else {
      swallowed += 1
      return
    }
    let word = unsafe String(cString: name).lowercased()
    let tag = Tag(word)
    let start = tree.names.count
    var isHidden = false
    var pairs: [(String, String)] = []
    unsafe visit(attributes) { key, value in
      switch key {
      case "class", "id", "itemprop", "role":
        for byte in value().lowercased().utf8 { tree.names.append(byte < 0x20 ? 0x20 : byte) }
        tree.names.append(0x20)
      case "hidden": isHidden = true
      case "style": if isDisplayNone(value()) { isHidden = true }
      case "name", "property", "content":
        if word == "meta" { pairs.append((key, value())) }
      default: break
      }
    }
    if word == "meta" { addMeta(pairs) }
    if tag == .title, tree.title.isEmpty { isInTitle = true }
    if tag == .skipped || tag == .title { skipping += 1 }
    tree.nodes.append(
      PageTree.Node(
        tag: tag, parent: open[open.count - 1].node, end: 0, range: start..<tree.names.count, isHidden: isHidden))
    open.append((tree.nodes.count - 1, word))
  }

  func end(name: UnsafePointer<xmlChar>?) {
    guard let name = unsafe name else { return }
    if swallowed > 0 {
      swallowed -= 1
      return
    }
    let word = unsafe String(cString: name).lowercased()
    guard open.count > 1, open[open.count - 1].name == word else { return }
    close()
  }

  private func close() {
    let (node, _) = open.removeLast()
    tree.nodes[node].end = tree.nodes.count
    let tag = tree.nodes[node].tag
    if tag == .skipped || tag == .title { skipping -= 1 }
    if tag == .title { isInTitle = false }
  }

  func characters(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
    guard let bytes = unsafe bytes, count > 0 else { return }
    let buffer = unsafe UnsafeBufferPointer(start: bytes, count: Int(count))
    if isInTitle { unsafe tree.title.append(contentsOf: buffer) }
    guard skipping == 0 else { return }
    let start = tree.text.count
    unsafe tree.text.append(contentsOf: buffer)
    let parent = open[open.count - 1].node
    let last = tree.nodes.count - 1
    if tree.nodes[last].tag == .text, tree.nodes[last].parent == parent, tree.nodes[last].range.upperBound == start {
      tree.nodes[last].range = tree.nodes[last].range.lowerBound..<tree.text.count
    } else {
      tree.nodes.append(
        PageTree.Node(tag: .text, parent: parent, end: tree.nodes.count + 1, range: start..<tree.text.count))
    }
  }

  func finished() -> PageTree {
    while open.count > 1 { close() }
    tree.nodes[0].end = tree.nodes.count
    return tree
  }

  private func addMeta(_ pairs: [(String, String)]) {
    guard let content = pairs.first(where: { $0.0 == "content" })?.1 else { return }
    for (key, value) in pairs where key == "name" || key == "property" { tree.meta.append((value, content)) }
  }

  private func visit(
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ body: (String, () -> String) -> Void
  ) {
    guard let attributes = unsafe attributes else { return }
    var index = 0
    while let key = unsafe attributes[index] {
      let name = unsafe String(cString: key).lowercased()
      let value = unsafe attributes[index + 1]
      body(name) { unsafe value.map { unsafe String(cString: $0) } ?? "" }
      index += 2
    }
  }
}

private func isDisplayNone(_ style: String) -> Bool {
  let style = style.lowercased().filter { $0 != " " }
  return style.contains("display:none")
}
