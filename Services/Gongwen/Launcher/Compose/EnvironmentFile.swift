/// Variables from files, as `env_file` names them.
extension ComposeReader {
  /// The bytes of such a file at most.
  private static let limit = 64 << 10

  /// A path or a list of paths, or of `path` and `required`; a later file stands above an earlier one.
  func fileVariables(_ tree: Tree) throws(ComposeError) -> [String: String] {
    let items = if case .sequence(let trees) = tree.content { trees } else { [tree] }
    var result: [String: String] = [:]
    for item in items {
      let (path, isRequired) = try named(item)
      let file = beside(path)
      guard let text = try text(file, item, isRequired) else { continue }
      result.merge(try variables(text, file)) { $1 }
    }
    return result
  }

  private func named(_ tree: Tree) throws(ComposeError) -> (path: String, isRequired: Bool) {
    guard case .mapping(let entries) = tree.content else { return (try reader.string(tree, "'env_file'"), true) }
    try check(entries, against: ["path", "required"], in: "'env_file'")
    guard let path = entries.first(where: { $0.key == "path" }) else {
      throw reader.error(tree, "'env_file' has no 'path'.")
    }
    let required = entries.first { $0.key == "required" }
    return (
      try reader.string(path.value, "'path'"),
      try required.map { (entry) throws(ComposeError) in try reader.flag(entry.value, "'required'") } ?? true
    )
  }

  private func text(_ file: String, _ tree: Tree, _ isRequired: Bool) throws(ComposeError) -> String? {
    do {
      if let bytes = try Path(file).contents(limit: Self.limit) { return String(decoding: bytes, as: UTF8.self) }
    } catch {
      guard isRequired else { return nil }
      throw reader.error(tree, "'env_file': \(error)")
    }
    throw reader.error(tree, "'env_file': \(file) is larger than \(Self.limit) bytes.")
  }

  /// Lines of `NAME=value`; `#` begins a comment, quotes go, and variables are replaced but in single quotes.
  private func variables(_ text: String, _ file: String) throws(ComposeError) -> [String: String] {
    var result: [String: String] = [:]
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = trimmed(line)
      guard let first = line.first, first != "#" else { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(trimmed(parts[0]))
      guard isVariableName(name) else {
        throw ComposeError(file, number + 1, "a line is NAME=value, with a name of letters, digits and '_'.")
      }
      guard parts.count == 2 else {
        result[name] = environment[name]
        continue
      }
      do {
        result[name] = try value(trimmed(parts[1]))
      } catch {
        throw ComposeError(file, number + 1, error.message)
      }
    }
    return result
  }

  private func value(_ text: Substring) throws(Interpolation.Problem) -> String {
    let interpolation = Interpolation(environment: environment)
    if let quote = text.first, quote == "'" || quote == "\"" {
      guard let end = text.dropFirst().firstIndex(of: quote) else {
        throw Interpolation.Problem(message: "a quotation mark is not closed.")
      }
      let inside = String(text[text.index(after: text.startIndex)..<end])
      return quote == "'" ? inside : try interpolation(inside)
    }
    let bare = text.firstRange(of: " #").map { text[..<$0.lowerBound] } ?? text
    return try interpolation(String(trimmed(bare)))
  }
}

private func isVariableName(_ text: String) -> Bool {
  guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first) else { return false }
  return text.allSatisfy { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
}

private func trimmed(_ text: Substring) -> Substring {
  var text = text
  while text.first?.isWhitespace ?? false { text.removeFirst() }
  while text.last?.isWhitespace ?? false { text.removeLast() }
  return text
}
