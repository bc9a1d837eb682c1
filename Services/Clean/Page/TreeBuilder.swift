internal import CLibXML2

/// Puts a page's tree together from the parser's events.
final class TreeBuilder {
  private var tree = PageTree()
  /// The open elements, as indices of nodes, with the names that close them.
  private var open: [(node: Int, name: NameHash)] = []
  /// Open elements beyond the greatest depth, which have no node.
  private var swallowed = 0
  /// Open elements whose text does not show.
  private var skipping = 0
  private var isInTitle = false
  private let depth: Int
  private let deadline: ContinuousClock.Instant
  private var events = 0
  /// Whether the parse took longer than it may, so that the tree is not the whole page.
  private(set) var isOutOfTime = false
  /// Called once the time is over; is to end the parse.
  var stop = {}

  init(_ limits: Limits, bytes: Int) {
    tree.nodes.reserveCapacity(bytes / 32)
    tree.text.reserveCapacity(bytes / 8)
    tree.names.reserveCapacity(bytes / 16)
    depth = limits.depth
    deadline = .now + .seconds(limits.seconds)
    tree.nodes.append(PageTree.Node(tag: .html, parent: -1, end: 1, range: 0..<0))
    open.append((0, NameHash()))
  }

  func start(name: UnsafePointer<xmlChar>?, attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
    guard let name = unsafe name else { return }
    checkTime()
    guard open.count < depth else {
      swallowed += 1
      return
    }
    let word = unsafe NameHash(name)
    let tag = Tag(word)
    let start = tree.names.count
    // An element of a system's own says by its name what it is: UCAPCONTENT.
    if tag == .inline { unsafe addNames(name) }
    let isHidden = unsafe read(attributes, isMeta: word == Self.meta)
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
    let word = unsafe NameHash(name)
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

  private func checkTime() {
    events &+= 1
    guard events & 1023 == 0, !isOutOfTime, ContinuousClock.now > deadline else { return }
    isOutOfTime = true
    stop()
  }

  func finished() -> PageTree {
    while open.count > 1 { close() }
    tree.nodes[0].end = tree.nodes.count
    return tree
  }

  private static let meta = NameHash("meta")

  private enum Attribute { case names, hidden, style, key, content }

  private static let attributes = NameTable<Attribute>([
    "class": .names, "id": .names, "itemprop": .names, "role": .names, "hidden": .hidden, "style": .style, "name": .key,
    "property": .key, "content": .content,
  ])

  /// Takes down what an element's attributes say; whether they hide it.
  private func read(_ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, isMeta: Bool) -> Bool {
    guard var next = unsafe attributes else { return false }
    var isHidden = false
    var (keys, content) = ([String](), String?.none)
    while let key = unsafe next.pointee {
      let value = unsafe next[1]
      switch unsafe Self.attributes[NameHash(key)] {
      case .names: unsafe addNames(value)
      case .hidden: isHidden = true
      case .style: if unsafe isDisplayNone(value) { isHidden = true }
      case .key: if isMeta { keys.append(unsafe text(value)) }
      case .content: if isMeta { content = unsafe text(value) }
      case nil: break
      }
      unsafe next += 2
    }
    if let content { for key in keys { tree.meta.append((key, content)) } }
    return isHidden
  }

  private func addNames(_ value: UnsafePointer<xmlChar>?) {
    guard var next = unsafe value else { return }
    while unsafe next.pointee != 0 {
      tree.names.append(unsafe max(lowered(next.pointee), 0x20))
      unsafe next += 1
    }
    tree.names.append(0x20)
  }

  private func text(_ value: UnsafePointer<xmlChar>?) -> String {
    unsafe value.map { unsafe String(cString: $0) } ?? ""
  }
}

extension NameHash {
  /// The hash of a name that ends with a NUL.
  fileprivate init(_ name: UnsafePointer<xmlChar>) {
    self.init()
    var next = unsafe name
    while unsafe next.pointee != 0 {
      add(unsafe next.pointee)
      unsafe next += 1
    }
  }
}

/// Whether a style says `display: none`, blanks and case left out.
private func isDisplayNone(_ style: UnsafePointer<xmlChar>?) -> Bool {
  guard var next = unsafe style else { return false }
  let word = Array("display:none".utf8)
  var matched = 0
  while unsafe next.pointee != 0 {
    let byte = lowered(unsafe next.pointee)
    if byte == word[matched] { matched += 1 } else if byte != 0x20 { matched = byte == word[0] ? 1 : 0 }
    if matched == word.count { return true }
    unsafe next += 1
  }
  return false
}
