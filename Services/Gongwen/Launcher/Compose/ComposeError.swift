internal import Yams

/// A line of a Compose file.
struct Place: Equatable, Codable, Sendable {
  var file: String
  var line: Int
}

/// What is wrong in a Compose file, and where.
struct ComposeError: Error, Equatable, CustomStringConvertible {
  var file: String
  var line: Int
  var message: String

  init(_ file: String, _ line: Int, _ message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  init(_ place: Place, _ message: String) { self.init(place.file, place.line, message) }

  /// What the YAML reader found.
  init(_ error: any Error, file: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(file, mark.line, "this is not YAML: \(problem).")
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(file, context.mark.line, "the key '\(duplicates.first ?? "")' stands here twice.")
    default: self.init(file, 1, "this is not YAML: \(error).")
    }
  }

  var description: String { "\(file):\(line): \(message)" }
}
