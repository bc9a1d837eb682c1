/// Variables in the values of a Compose file, by the rules of the Compose Specification:
///
///     $A  ${A}    the value, empty where A is not set
///     ${A:-b}     b where A is not set or empty;  ${A-b}  where it is not set
///     ${A:?b}     an error that says b where A is not set or empty;  ${A?b}  where it is not set
///     ${A:+b}     b where A is set and not empty;  ${A+b}  where it is set
///     $$          a dollar sign
///
/// `b` may hold variables itself.
struct Interpolation {
  /// Why a value cannot be interpolated.
  struct Problem: Error, Equatable { var message: String }

  let environment: [String: String]

  func callAsFunction(_ value: String) throws(Problem) -> String {
    var rest = Substring(value)
    return try expand(&rest, nested: false)
  }

  /// Everything up to the end, or up to the brace that ends the variable around it.
  private func expand(_ rest: inout Substring, nested: Bool) throws(Problem) -> String {
    var result = ""
    while let character = rest.first {
      if nested, character == "}" { return result }
      rest.removeFirst()
      guard character == "$" else {
        result.append(character)
        continue
      }
      result += try variable(&rest)
    }
    if nested { throw Problem(message: "a '${' has no '}'.") }
    return result
  }

  private func variable(_ rest: inout Substring) throws(Problem) -> String {
    if rest.first == "$" {
      rest.removeFirst()
      return "$"
    }
    if rest.first != "{" { return environment[try name(&rest)] ?? "" }
    rest.removeFirst()
    let name = try name(&rest)
    let value = try choose(name, environment[name], operation(&rest), &rest)
    rest.removeFirst()
    return value
  }

  private func name(_ rest: inout Substring) throws(Problem) -> String {
    let name = rest.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
    guard let first = name.first, !first.isNumber else {
      throw Problem(message: "a name must follow '$'; a dollar sign itself is written '$$'.")
    }
    rest.removeFirst(name.count)
    return String(name)
  }

  /// `:-`, `-`, `:?`, `?`, `:+`, `+`, or nothing.
  private func operation(_ rest: inout Substring) -> String {
    let words = [":-", ":?", ":+", "-", "?", "+"]
    guard let word = words.first(where: { rest.hasPrefix($0) }) else { return "" }
    rest.removeFirst(word.count)
    return word
  }

  private func choose(
    _ name: String, _ value: String?, _ operation: String, _ rest: inout Substring
  ) throws(Problem) -> String {
    if operation.isEmpty, rest.first != "}" {
      throw Problem(message: "'${\(name)' must end with '}', or go on with ':-', ':?' or ':+'.")
    }
    let word = try expand(&rest, nested: true)
    let isThere = value.map { !$0.isEmpty || !operation.hasPrefix(":") } ?? false
    switch operation.last {
    case "-": return isThere ? value ?? "" : word
    case "+": return isThere ? word : ""
    case "?" where !isThere: throw Problem(message: word.isEmpty ? "\(name) must be set." : "\(name): \(word)")
    default: return value ?? ""
    }
  }
}

extension Tree {
  /// The tree with the variables in its values replaced; keys stay.
  func interpolated(_ interpolation: Interpolation) throws(ComposeError) -> Tree {
    var copy = self
    switch content {
    case .null: break
    case .scalar(let value):
      do {
        copy.content = .scalar(try interpolation(value))
      } catch {
        throw ComposeError(place, error.message)
      }
    case .sequence(let trees):
      copy.content = .sequence(
        try trees.map { (tree) throws(ComposeError) in try tree.interpolated(interpolation) })
    case .mapping(let entries):
      copy.content = .mapping(
        try entries.map { (entry) throws(ComposeError) in
          var entry = entry
          entry.value = try entry.value.interpolated(interpolation)
          return entry
        })
    }
    return copy
  }
}
