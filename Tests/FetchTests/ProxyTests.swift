import Record
import Testing

@testable import Fetch

@Suite(.timeLimit(.minutes(1)))
struct ProxyTests {
  private func uses(_ environment: [String: String], _ uri: String) throws -> Bool {
    Proxies(environment: environment).proxy(for: try Target(uri)) != nil
  }

  @Test(
    arguments: [
      (["http_proxy": "http://proxy.example:3128"], "http://example.org/", true),
      (["http_proxy": "http://proxy.example:3128"], "https://example.org/", false),
      (["HTTPS_PROXY": "proxy.example:3128"], "https://example.org/", true),
      (["ALL_PROXY": "http://proxy.example"], "https://example.org/", true),
      (["http_proxy": "", "HTTP_PROXY": "http://proxy.example"], "http://example.org/", true),
      (["http_proxy": "socks5://proxy.example"], "http://example.org/", false), ([:], "http://example.org/", false),
    ] as [([String: String], String, Bool)])
  func theEnvironmentNamesTheProxy(_ environment: [String: String], _ uri: String, _ expected: Bool) throws {
    #expect(try uses(environment, uri) == expected)
  }

  @Test(
    arguments: [
      ("*", "http://example.org/", false), ("example.org", "http://example.org/", false),
      ("example.org", "http://WWW.Example.org/", false), (".example.org", "http://www.example.org/", false),
      (".example.org", "http://example.org/", false), ("example.org", "http://anexample.org/", true),
      ("a.test, example.org:8080", "http://example.org:8080/", false),
      ("example.org:8080", "http://example.org/", true),
      ("10.0.0.1", "http://10.0.0.1/", false), ("", "http://example.org/", true), (",", "http://example.org/", true),
    ] as [(String, String, Bool)])
  func exceptionsAreAskedThemselves(_ exceptions: String, _ uri: String, _ expected: Bool) throws {
    #expect(try uses(["http_proxy": "http://proxy.example", "no_proxy": exceptions], uri) == expected)
  }

  @Test func theProxyIsAskedForTheWholeAddressWithItsOwnPassword() async throws {
    let proxy = try PageServer { path, head in .page(Array((path + "\n" + head).utf8)) }
    let address = proxy.address.replacing("http://", with: "http://reader:word@")
    let policy = FetchPolicy(environment: ["http_proxy": address, "GONGWEN_IGNORE_ROBOTS": "1"])
    let answer = String(decoding: try await fetch("http://example.org/a?b", policy)["raw"] ?? [], as: UTF8.self)
    #expect(answer.hasPrefix("example.org:80/a?b\n"))
    #expect(answer.lowercased().contains("proxy-authorization: basic "))
    #expect(!answer.lowercased().contains("\nauthorization:"))
  }
}
