internal import Yams

/// A YAML document with the line of each value, anchors and merge keys (`<<`) resolved.
struct Tree: Equatable, Sendable {
  struct Entry: Equatable, Sendable {
    var key: String
    var place: Place
    var value: Tree
  }

  enum Content: Equatable, Sendable {
    case null
    case scalar(String)
    case sequence([Tree])
    case mapping([Entry])
  }

  var place: Place
  var content: Content

  /// The tree of a YAML text; `file` stands in errors.
  init(yaml: String, file: String) throws(ComposeError) {
    do {
      guard let root = try Yams.compose(yaml: yaml, .basic) else { throw ComposeError(file, 1, "the file is empty.") }
      self = try Tree(root, file: file)
    } catch let error as ComposeError {
      throw error
    } catch {
      throw ComposeError(error, file: file)
    }
  }

  private init(_ node: Node, file: String) throws(ComposeError) {
    place = Place(file: file, line: node.mark?.line ?? 0)
    switch node {
    case .scalar(let scalar):
      content = scalar.style == .plain && node.null != nil ? .null : .scalar(scalar.string)
    case .sequence(let sequence):
      content = .sequence(try sequence.map { (node) throws(ComposeError) in try Tree(node, file: file) })
    case .mapping(let mapping): content = .mapping(try Self.entries(mapping, file: file))
    case .alias: throw ComposeError(place, "an alias stands where its anchor is not known.")
    }
  }

  private static func entries(_ mapping: Node.Mapping, file: String) throws(ComposeError) -> [Entry] {
    var own: [Entry] = []
    var merged: [Entry] = []
    for (key, value) in mapping {
      let place = Place(file: file, line: key.mark?.line ?? 0)
      guard let name = key.scalar?.string else { throw ComposeError(place, "a key must be a plain word.") }
      let entry = Entry(key: name, place: place, value: try Tree(value, file: file))
      if name == "<<" { merged += try entry.value.mergedEntries() } else { own.append(entry) }
    }
    let names = Set(own.map(\.key))
    return own + merged.filter { !names.contains($0.key) }
  }

  private func mergedEntries() throws(ComposeError) -> [Entry] {
    switch content {
    case .mapping(let entries): return entries
    case .sequence(let trees):
      var result: [Entry] = []
      for tree in trees {
        result += try tree.mergedEntries().filter { entry in !result.contains { $0.key == entry.key } }
      }
      return result
    default: throw ComposeError(place, "'<<' takes a mapping, as *anchor.")
    }
  }
}
