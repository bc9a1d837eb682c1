internal import Daemon

/// The values of a service that have a form of their own.
extension ComposeReader {
  /// Program and arguments: a list, or words separated by blanks, in quotes where they hold some.
  func command(_ tree: Tree, _ what: String) throws(ComposeError) -> [String] {
    if case .sequence = tree.content { return try reader.strings(tree, what) }
    guard let words = shellWords(try reader.string(tree, what)) else {
      throw reader.error(tree, "\(what) has a quotation mark that is not closed.")
    }
    return words
  }

  /// `NAME: value` or a list of `NAME=value`. A name without value takes it from the environment here; a nil stays.
  func variables(_ tree: Tree, _ what: String) throws(ComposeError) -> [String: String?] {
    var result: [String: String?] = [:]
    if case .sequence(let items) = tree.content {
      for item in items {
        let parts = try reader.string(item, what).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        result[String(parts[0])] = .some(parts.count == 2 ? String(parts[1]) : environment[String(parts[0])])
      }
      return result
    }
    for entry in try reader.mapping(tree, what) {
      let isNull = entry.value.content == .null
      result[entry.key] = .some(isNull ? environment[entry.key] : try reader.string(entry.value, "'\(entry.key)'"))
    }
    return result
  }

  /// A list of services, or service → `condition`, `required`, `restart`.
  func dependencies(_ tree: Tree) throws(ComposeError) -> [ComposeFile.Dependency] {
    if case .sequence(let items) = tree.content {
      return try items.map { (item) throws(ComposeError) in
        ComposeFile.Dependency(
          service: try reader.string(item, "'depends_on'"), condition: .started, place: item.place)
      }
    }
    return try reader.mapping(tree, "'depends_on'").map { (entry) throws(ComposeError) in
      var dependency = ComposeFile.Dependency(service: entry.key, condition: .started, place: entry.place)
      let settings = try reader.mapping(entry.value, "'\(entry.key)'")
      try check(settings, against: ["condition", "required", "restart"], in: "'depends_on'")
      for setting in settings {
        switch setting.key {
        case "condition":
          dependency.condition = try reader.word(setting.value, "'condition'", ComposeFile.Dependency.Condition.self)
        case "required": dependency.isRequired = try reader.flag(setting.value, "'required'")
        default: dependency.restarts = try reader.flag(setting.value, "'restart'")
        }
      }
      return dependency
    }
  }

  /// `no`, `always`, `unless-stopped`, `on-failure`, `on-failure:3`.
  func restart(_ tree: Tree) throws(ComposeError) -> ComposeFile.RestartPolicy {
    let text = try reader.string(tree, "'restart'")
    let parts = text.split(separator: ":", maxSplits: 1)
    switch (parts.first, parts.dropFirst().first) {
    case ("no", nil): return .never
    case ("always", nil), ("unless-stopped", nil): return .always
    case ("on-failure", nil): return .onFailure(limit: nil)
    case ("on-failure", let limit?):
      if let limit = Int(limit), limit > 0 { return .onFailure(limit: limit) }
    default: break
    }
    let near = suggestion(for: text, among: ["no", "always", "unless-stopped", "on-failure"])
    throw reader.error(tree, "'restart' is '\(text)'\(near)")
  }
}

/// The words of a command line: separated by blanks, `'…'` and `"…"` keep them. Nil where a quotation mark is open.
func shellWords(_ text: String) -> [String]? {
  var words: [String] = []
  var word: String?
  var quote: Character?
  for character in text {
    switch character {
    case quote: quote = nil
    case "'" where quote == nil, "\"" where quote == nil:
      quote = character
      word = word ?? ""
    case " " where quote == nil, "\t" where quote == nil, "\n" where quote == nil:
      if let word { words.append(word) }
      word = nil
    default: word = (word ?? "") + String(character)
    }
  }
  if let word { words.append(word) }
  return quote == nil ? words : nil
}
