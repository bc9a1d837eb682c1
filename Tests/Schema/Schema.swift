/// A JSON Schema of the 2020-12 draft, as far as the schemas of this project use it. A keyword that is not checked here is
/// an error, so that a schema cannot promise what no test holds.
package struct Schema: Sendable {
  private let root: JSONValue

  /// Keywords that say nothing about a value.
  private static let notes: Set<String> = ["$schema", "$id", "$defs", "title", "description"]

  package init(_ bytes: [UInt8]) throws(JSONValue.Malformed) { root = try JSONValue(bytes) }

  /// What is wrong with a value, each with the path to it; empty where it is valid.
  package func problems(with value: JSONValue) -> [String] { check(value, root, "$") }

  private func check(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
    schema.members.flatMap { keyword in
      Self.notes.contains(keyword.name) ? [] : check(value, keyword, schema, path)
    }
  }

  private func check(_ value: JSONValue, _ keyword: JSONValue.Member, _ schema: JSONValue, _ path: String) -> [String] {
    let rule = keyword.value
    switch keyword.name {
    case "$ref": return reference(rule).map { check(value, $0, path) } ?? ["\(path): \(rule) leads nowhere"]
    case "type": return holds(value.isOf(type: rule.string ?? ""), path, "is not of type \(rule.string ?? "")")
    case "const": return holds(value == rule, path, "is not \(rule)")
    case "enum": return holds(rule.elements.contains(value), path, "is \(value), not one of the words allowed")
    case "pattern": return pattern(rule.string ?? "", value, path)
    case "minLength": return atLeast(rule, value.string?.unicodeScalars.count, path, "characters")
    case "minimum": return atLeast(rule, value.number, path, "")
    case "maximum": return value.number.map { holds($0 <= rule.number ?? 0, path, "is more than \(rule)") } ?? []
    case "minItems": return atLeast(rule, value.isArray ? value.elements.count : nil, path, "items")
    case "required": return required(rule, value, path)
    case "dependentRequired": return dependentRequired(rule, value, path)
    case "properties":
      return rule.members.flatMap { property in
        value[property.name].map { check($0, property.value, "\(path).\(property.name)") } ?? []
      }
    case "additionalProperties": return additional(rule, value, schema, path)
    case "items": return value.elements.enumerated().flatMap { check($1, rule, "\(path)[\($0)]") }
    case "oneOf":
      let count = rule.elements.count { check(value, $0, path).isEmpty }
      return holds(count == 1, path, "fits \(count) of the alternatives, not one")
    default: return ["\(path): the keyword '\(keyword.name)' is not checked"]
    }
  }

  private func holds(_ condition: Bool, _ path: String, _ problem: String) -> [String] {
    condition ? [] : ["\(path) \(problem)"]
  }

  private func atLeast(
    _ rule: JSONValue, _ value: (some Comparable & LosslessStringConvertible)?, _ path: String, _ what: String
  ) -> [String] {
    guard let value, let least = Double(String(value)), let bound = rule.number else { return [] }
    return holds(least >= bound, path, "is less than \(bound) \(what)")
  }

  private func pattern(_ text: String, _ value: JSONValue, _ path: String) -> [String] {
    guard let string = value.string else { return [] }
    guard let regex = try? Regex(text) else { return ["\(path): the pattern \(text) is not understood"] }
    return holds(string.contains(regex), path, "'\(string)' does not match \(text)")
  }

  private func required(_ names: JSONValue, _ value: JSONValue, _ path: String) -> [String] {
    guard case .object = value else { return [] }
    return names.elements.compactMap(\.string).filter { value[$0] == nil }.map { "\(path) has no member '\($0)'" }
  }

  private func dependentRequired(_ rule: JSONValue, _ value: JSONValue, _ path: String) -> [String] {
    rule.members.flatMap { value[$0.name] == nil ? [] : required($0.value, value, path) }
  }

  private func additional(_ rule: JSONValue, _ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
    let known = Set(schema["properties"]?.members.map(\.name) ?? [])
    return value.members.filter { !known.contains($0.name) }.flatMap { member in
      rule == .bool(false)
        ? ["\(path) has the unknown member '\(member.name)'"] : check(member.value, rule, "\(path).\(member.name)")
    }
  }

  /// `#/$defs/offset`.
  private func reference(_ rule: JSONValue) -> JSONValue? {
    rule.string?.split(separator: "/").dropFirst().reduce(Optional(root)) { $0?[String($1)] }
  }
}

extension JSONValue {
  fileprivate var number: Double? { if case .number(let digits) = self { Double(digits) } else { nil } }
  fileprivate var isArray: Bool { if case .array = self { true } else { false } }

  fileprivate func isOf(type: String) -> Bool {
    switch self {
    case .null: type == "null"
    case .bool: type == "boolean"
    case .number(let digits): type == "number" || type == "integer" && Int(digits) != nil
    case .string: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    }
  }
}
