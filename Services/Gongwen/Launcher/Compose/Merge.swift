extension Tree {
  /// This tree with another one above it, by the rules of the Compose Specification: mappings are merged key by key, lists
  /// go on, and what is a single value or a command line is replaced.
  func merged(with other: Tree) -> Tree {
    switch (content, other.content) {
    case (.mapping(let mine), .mapping(let theirs)):
      var result = mine
      for entry in theirs { result.merge(entry) }
      return Tree(place: place, content: .mapping(result))
    case (.sequence(let mine), .sequence(let theirs)):
      let new = theirs.filter { item in !mine.contains { $0.hasContent(of: item) } }
      return Tree(place: place, content: .sequence(mine + new))
    default: return other
    }
  }

  private init(place: Place, content: Content) {
    self.place = place
    self.content = content
  }

  private func hasContent(of other: Tree) -> Bool {
    if case .scalar(let mine) = content, case .scalar(let theirs) = other.content { return mine == theirs }
    return self == other
  }

  /// The mapping that a list of `NAME=value`, or of names, stands for.
  fileprivate func asMapping(_ value: (Substring?) -> Content) -> Tree {
    guard case .sequence(let items) = content else { return self }
    let entries = items.compactMap { item -> Entry? in
      guard case .scalar(let text) = item.content else { return nil }
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let content = value(parts.count == 2 ? parts[1] : nil)
      return Entry(
        key: String(parts[0]), place: item.place, value: Tree(place: item.place, content: content))
    }
    return Tree(place: place, content: .mapping(entries))
  }
}

extension [Tree.Entry] {
  /// Keys whose lists are one value: a command line has no half from elsewhere.
  private static let whole: Set<String> = ["command", "entrypoint", "test"]

  fileprivate mutating func merge(_ entry: Tree.Entry) {
    guard let place = firstIndex(where: { $0.key == entry.key }), !Self.whole.contains(entry.key) else {
      removeAll { $0.key == entry.key }
      return append(entry)
    }
    let form: (Tree) -> Tree =
      switch entry.key {
      case "environment": { $0.asMapping { $0.map { .scalar(String($0)) } ?? .null } }
      case "depends_on": { $0.asMapping { _ in .null } }
      default: { $0 }
      }
    self[place].value = form(self[place].value).merged(with: form(entry.value))
    self[place].place = entry.place
  }
}
