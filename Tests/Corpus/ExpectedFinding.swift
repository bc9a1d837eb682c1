/// One finding line: `KIND "exact quoted words"@2 key=value key="value with blanks"`.
package struct ExpectedFinding: Sendable, Equatable {
  package var kind: String
  package var quote: String
  /// Which of several equal quotes is meant, from 1.
  package var occurrence: Int?
  /// The keys to compare, in the order of the line; an empty value says that the finding has no such key.
  package var keys: [(name: String, value: String)]

  package static func == (a: Self, b: Self) -> Bool {
    a.kind == b.kind && a.quote == b.quote && a.occurrence == b.occurrence
      && a.keys.elementsEqual(b.keys, by: ==)
  }

  /// The finding of a line, or nil where the line is not in the format.
  init?(_ line: Substring) {
    var rest = line
    let kind = rest.prefix { $0 != " " }
    rest = rest[kind.endIndex...].drop { $0 == " " }
    guard !kind.isEmpty, let quote = Self.quoted(&rest), !quote.isEmpty else { return nil }
    self.kind = String(kind)
    self.quote = quote
    keys = []
    if rest.first == "@" {
      let digits = rest.dropFirst().prefix { $0.isNumber }
      guard let number = Int(digits), number > 0 else { return nil }
      occurrence = number
      rest = rest[digits.endIndex...]
    }
    while !rest.isEmpty {
      guard let pair = Self.pair(&rest) else { return nil }
      keys.append(pair)
    }
  }

  private static func pair(_ rest: inout Substring) -> (name: String, value: String)? {
    guard rest.first == " " else { return nil }
    rest = rest.drop { $0 == " " }
    let name = rest.prefix { $0 != "=" && $0 != " " }
    guard !name.isEmpty, rest[name.endIndex...].first == "=" else { return nil }
    rest = rest[name.endIndex...].dropFirst()
    if rest.first == "\"" { return quoted(&rest).map { (String(name), $0) } }
    let value = rest.prefix { $0 != " " }
    rest = rest[value.endIndex...]
    return (String(name), String(value))
  }

  /// Takes `"…"` off the front, with `\"`, `\\` and `\n` for a quotation mark, a backslash and the end of a line.
  private static func quoted(_ rest: inout Substring) -> String? {
    guard rest.first == "\"" else { return nil }
    var words = ""
    var isEscaped = false
    for index in rest.indices.dropFirst() {
      let character = rest[index]
      if isEscaped {
        words.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\"" {
        rest = rest[rest.index(after: index)...]
        return words
      } else if character == "\\" {
        isEscaped = true
      } else {
        words.append(character)
      }
    }
    return nil
  }
}
