internal import FoundationEssentials
internal import Record

/// A URL that may be asked: http or https, with a host, without a user name.
struct Target: Sendable {
  let url: URL
  /// As the URL has it, without the brackets of an IPv6 address.
  let host: String

  /// The host in its one spelling: in lower case, without the dot of the root.
  var name: String {
    let name = host.lowercased()
    return name.count > 1 && name.hasSuffix(".") ? String(name.dropLast()) : name
  }

  var text: String { url.absoluteString }

  init(_ text: String) throws(StageFailure) {
    guard text.utf8.count <= Self.longest else { throw Self.invalid(text, "is longer than \(Self.longest) bytes") }
    guard let url = URL(string: text.trimmed), let scheme = url.scheme?.lowercased() else {
      throw Self.invalid(text, "is not a URL")
    }
    try self.init(url, scheme: scheme)
  }

  private init(_ url: URL, scheme: String) throws(StageFailure) {
    guard scheme == "http" || scheme == "https" else {
      throw Self.invalid(url.absoluteString, "is neither http nor https")
    }
    guard url.user() == nil, url.password() == nil else {
      throw Self.invalid("The address", "has a user name or a password in it, which would stand in the record")
    }
    guard let host = url.host(), !host.isEmpty else { throw Self.invalid(url.absoluteString, "names no host") }
    guard host.utf8.allSatisfy(Self.mayStandInHost) else {
      throw Self.invalid(url.absoluteString, "has a host that must be written in its ASCII form, xn--…")
    }
    guard (url.port ?? 80) > 0, (url.port ?? 80) < 1 << 16 else {
      throw Self.invalid(url.absoluteString, "has a port that there is not")
    }
    self.url = url
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
  }

  /// The target that a `Location` of this one's answer names.
  func redirected(to location: String) throws(StageFailure) -> Target {
    guard location.utf8.count <= Self.longest else {
      throw Self.invalid(location, "is longer than \(Self.longest) bytes, and \(text) leads there")
    }
    guard let url = URL(string: location.trimmed, relativeTo: url)?.absoluteURL, let scheme = url.scheme?.lowercased()
    else { throw Self.invalid(location, "is not a URL, but \(text) leads there") }
    return try Target(url, scheme: scheme)
  }

  /// Scheme, host and port.
  var origin: String {
    "\(isSecure ? "https" : "http")://\(name.contains(":") ? "[\(name)]" : name):\(port)"
  }

  var isSecure: Bool { url.scheme?.lowercased() == "https" }

  var port: Int { url.port ?? (isSecure ? 443 : 80) }

  /// Path and query as they are asked for.
  var path: String {
    let path = url.path(percentEncoded: true)
    return (path.isEmpty ? "/" : path) + (url.query(percentEncoded: true).map { "?\($0)" } ?? "")
  }

  /// Bytes of a URL at most.
  private static let longest = 8192

  private static func mayStandInHost(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: Array("-._:[]".utf8).contains(byte)
    }
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
