internal import AsyncHTTPClient
internal import FoundationEssentials

/// The proxies of an environment: `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, in capitals as well.
struct Proxies: Sendable {
  private let plain: HTTPClient.Configuration.Proxy?
  private let secure: HTTPClient.Configuration.Proxy?
  private let exceptions: [String]

  /// - Parameter environment: a value that is not the address of an HTTP proxy is passed over.
  init(environment: [String: String] = [:]) {
    let setting = { (name: String) in
      [environment[name], environment[name.uppercased()]].compactMap(\.self).first { !$0.isEmpty }
    }
    plain = (setting("http_proxy") ?? setting("all_proxy")).flatMap(Self.proxy)
    secure = (setting("https_proxy") ?? setting("all_proxy")).flatMap(Self.proxy)
    exceptions = (setting("no_proxy") ?? "").lowercased().split { $0 == "," || $0.isWhitespace }.map(String.init)
  }

  /// The proxy through which a target is asked; nil where it is asked itself.
  func proxy(for target: Target) -> HTTPClient.Configuration.Proxy? {
    exceptions.contains { Self.isException($0, target) } ? nil : target.isSecure ? secure : plain
  }

  /// `*`, a host, or a domain with all below it; with a port only there.
  private static func isException(_ text: String, _ target: Target) -> Bool {
    if text == "*" { return true }
    let port = ":\(target.port)"
    let bare = text.hasSuffix(port) && !text.hasSuffix(":" + port) ? text.dropLast(port.count) : text[...]
    let domain = bare.drop { $0 == "." }
    return target.name == domain || target.name.hasSuffix("." + domain)
  }

  /// The proxy of `http://user:password@host:port`; the scheme may be left out.
  private static func proxy(_ text: String) -> HTTPClient.Configuration.Proxy? {
    let url = URL(string: text.contains("://") ? text : "http://" + text)
    guard let url, url.scheme?.lowercased() == "http", let host = url.host(), !host.isEmpty else { return nil }
    let authorization = url.user(percentEncoded: false).map {
      HTTPClient.Authorization.basic(username: $0, password: url.password(percentEncoded: false) ?? "")
    }
    return .server(host: host, port: url.port ?? 80, authorization: authorization)
  }
}
