internal import FoundationEssentials
internal import Record

/// A URL that may be asked: http or https, with a host.
struct Target: Sendable {
  let url: URL
  /// Without the brackets of an IPv6 address.
  let host: String

  var text: String { url.absoluteString }

  init(_ text: String) throws(StageFailure) {
    guard let url = URL(string: text.trimmed), let scheme = url.scheme?.lowercased() else {
      throw Self.invalid(text, "is not a URL")
    }
    try self.init(url, scheme: scheme)
  }

  private init(_ url: URL, scheme: String) throws(StageFailure) {
    guard scheme == "http" || scheme == "https" else {
      throw Self.invalid(url.absoluteString, "is neither http nor https")
    }
    guard let host = url.host(), !host.isEmpty else { throw Self.invalid(url.absoluteString, "names no host") }
    guard host.utf8.allSatisfy({ $0 < 0x80 }) && !host.contains("%") else {
      throw Self.invalid(url.absoluteString, "has a host that must be written in its ASCII form, xn--…")
    }
    self.url = url
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
  }

  /// The target that a `Location` of this one's answer names.
  func redirected(to location: String) throws(StageFailure) -> Target {
    guard let url = URL(string: location.trimmed, relativeTo: url)?.absoluteURL, let scheme = url.scheme?.lowercased()
    else { throw Self.invalid(location, "is not a URL, but \(text) leads there") }
    return try Target(url, scheme: scheme)
  }

  private static func invalid(_ text: String, _ reason: String) -> StageFailure {
    StageFailure(.invalidURL, stage: "fetch", "\(text.prefix(500)) \(reason).")
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
