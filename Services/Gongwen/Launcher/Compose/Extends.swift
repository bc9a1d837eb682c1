internal import Daemon

/// Services that begin with what another one says: `extends: NAME`, or `{service: NAME, file: PATH}`.
struct Extends {
  let reader: ComposeReader
  let root: Tree
  let load: (String) throws(ComposeError) -> Tree

  /// Services that extend one another in a row at most.
  private static let depth = 16

  init(reader: ComposeReader, root: Tree, load: @escaping (String) throws(ComposeError) -> Tree) {
    self.reader = reader
    self.root = root
    self.load = load
  }

  /// The tree with each such service in full.
  func resolved() throws(ComposeError) -> Tree {
    var tree = root
    guard case .mapping(var entries) = root.content, let place = entries.firstIndex(where: { $0.key == "services" })
    else { return root }
    guard case .mapping(let services) = entries[place].value.content else { return root }
    entries[place].value.content = .mapping(
      try services.map { (entry) throws(ComposeError) in
        var entry = entry
        entry.value = try full(entry.value, of: root, 0)
        return entry
      })
    tree.content = .mapping(entries)
    return tree
  }

  private func full(_ service: Tree, of root: Tree, _ depth: Int) throws(ComposeError) -> Tree {
    guard case .mapping(var entries) = service.content, let place = entries.firstIndex(where: { $0.key == "extends" })
    else { return service }
    let extends = entries.remove(at: place)
    guard depth < Self.depth else {
      throw ComposeError(extends.place, "services extend one another in a circle, or more than \(Self.depth) in a row.")
    }
    let (name, file) = try named(extends.value)
    let other = try file.map { (file) throws(ComposeError) in try load(reader.beside(file)) } ?? root
    let base = try full(found(name, in: other, extends), of: other, depth + 1)
    var own = service
    own.content = .mapping(entries)
    return base.merged(with: own)
  }

  private func named(_ tree: Tree) throws(ComposeError) -> (name: String, file: String?) {
    guard case .mapping(let entries) = tree.content else { return (try reader.reader.string(tree, "'extends'"), nil) }
    try reader.check(entries, against: ["service", "file"], in: "'extends'")
    guard let service = entries.first(where: { $0.key == "service" }) else {
      throw ComposeError(tree.place, "'extends' has no 'service'.")
    }
    let file = entries.first { $0.key == "file" }
    return (
      try reader.reader.string(service.value, "'service'"),
      try file.map { (entry) throws(ComposeError) in try reader.reader.string(entry.value, "'file'") }
    )
  }

  private func found(_ name: String, in root: Tree, _ extends: Tree.Entry) throws(ComposeError) -> Tree {
    let services = try reader.reader.mapping(root, "a Compose file").first { $0.key == "services" }
    let known = try services.map { (entry) throws(ComposeError) in
      try reader.reader.mapping(entry.value, "'services'")
    }
    guard let service = known?.first(where: { $0.key == name }) else {
      let near = suggestion(for: name, among: known?.map(\.key) ?? [])
      throw ComposeError(extends.place, "there is no service '\(name)' to extend\(near)")
    }
    return service.value
  }
}
