/// What a server says of a page: `text/html; charset=gb2312`.
struct ContentType: Sendable, Equatable {
  /// Lower case, without parameters.
  let mediaType: String
  /// The label as declared, lower case.
  let charset: String?

  /// Nil where the header names no type.
  init?(_ header: String) {
    let parts = header.split(separator: ";", omittingEmptySubsequences: false).map(\.unquoted)
    guard let type = parts.first, type.split(separator: "/", omittingEmptySubsequences: false).count == 2 else {
      return nil
    }
    mediaType = type.lowercased()
    charset = parts.dropFirst().lazy.compactMap(Self.charset).first
  }

  private static func charset(_ parameter: String) -> String? {
    let parts = parameter.split(separator: "=", maxSplits: 1).map(\.unquoted)
    guard parts.count == 2, parts[0].lowercased() == "charset", !parts[1].isEmpty else { return nil }
    return parts[1].lowercased()
  }
}

extension StringProtocol {
  /// Without blanks and quotes around it.
  var unquoted: String {
    let isKept: (Character) -> Bool = { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
    guard let start = firstIndex(where: isKept), let end = lastIndex(where: isKept) else { return "" }
    return String(self[start...end])
  }
}
