internal import Daemon

/// Reads values out of a tree, with errors that say where.
struct Reader {
  func error(_ tree: Tree, _ message: String) -> ComposeError { ComposeError(tree.place, message) }

  func mapping(_ tree: Tree, _ what: String) throws(ComposeError) -> [Tree.Entry] {
    switch tree.content {
    case .mapping(let entries): return entries
    case .null: return []
    default: throw error(tree, "\(what) must be a mapping (name: value).")
    }
  }

  func sequence(_ tree: Tree, _ what: String) throws(ComposeError) -> [Tree] {
    guard case .sequence(let trees) = tree.content else { throw error(tree, "\(what) must be a list.") }
    return trees
  }

  func string(_ tree: Tree, _ what: String) throws(ComposeError) -> String {
    guard case .scalar(let value) = tree.content else { throw error(tree, "\(what) must be a single value.") }
    return value
  }

  func strings(_ tree: Tree, _ what: String) throws(ComposeError) -> [String] {
    try sequence(tree, what).map { (tree) throws(ComposeError) in try string(tree, what) }
  }

  func count(_ tree: Tree, _ what: String) throws(ComposeError) -> Int {
    guard let count = Int(try string(tree, what)), count >= 0 else {
      throw error(tree, "\(what) must be a whole number, 0 or more.")
    }
    return count
  }

  func flag(_ tree: Tree, _ what: String) throws(ComposeError) -> Bool {
    switch try string(tree, what) {
    case "true": return true
    case "false": return false
    case let other: throw error(tree, "\(what) is '\(other)', it must be true or false.")
    }
  }

  /// A word of a fixed list; another one is an error that names the nearest.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ tree: Tree, _ what: String, _ type: Word.Type
  ) throws(ComposeError) -> Word {
    let text = try string(tree, what)
    guard let word = Word(rawValue: text) else {
      throw error(tree, "\(what) is '\(text)'" + suggestion(for: text, among: Word.allCases.map(\.rawValue)))
    }
    return word
  }

  /// `90s`, `1m30s`, `500ms`, `2h`.
  func duration(_ tree: Tree, _ what: String) throws(ComposeError) -> Duration {
    let text = try string(tree, what)
    guard let duration = Duration(compose: text) else {
      throw error(tree, "\(what) is '\(text)', it must be a duration such as 500ms, 10s or 1m30s.")
    }
    return duration
  }
}

extension Duration {
  /// A duration as Compose files write it; a bare number means seconds.
  init?(compose text: String) {
    var total = Duration.zero
    var rest = Substring(text)
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest.removeFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest.removeFirst(unit.count)
      guard let number = Double(digits), let seconds = Self.seconds[String(unit)] else { return nil }
      total += .seconds(number * seconds)
    }
    self = total
  }

  private static let seconds = ["": 1, "us": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600]
}
