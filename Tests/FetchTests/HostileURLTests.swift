import Fetch
import Record
import Testing

/// Addresses that must not be asked, as a document and as the place that a server of the public sends its reader to.
@Suite(.timeLimit(.minutes(1)))
struct HostileURLTests {
  /// No address of a page of the web.
  static let invalid = [
    "", " ", "report.txt", "/etc/passwd", "//example.org/a", "http:", "http://", "https:///a", "http:///etc/passwd",
    "http:example.org", "http:/example.org",
    "file:///etc/passwd", "file://localhost/etc/passwd", "ftp://example.org/a", "gopher://127.0.0.1:6379/_INFO",
    "dict://127.0.0.1:11211/stat", "ldap://127.0.0.1/", "tftp://127.0.0.1/a", "ws://example.org/",
    "jar:http://example.org!/a",
    "javascript:1", "data:text/html,a", "about:blank", "unix:/run/a.sock", "HTTPS+UNIX://%2Frun%2Fa/",
    "view-source:http://example.org/",
    "http://user@example.org/", "http://user:word@example.org/", "http://example.org@127.0.0.1/",
    "http://127.0.0.1@example.org/",
    "http://中国政府网.政务/", "http://%31%32%37.0.0.1/",
    "http://localhost%00.example.org/",
    "http://exa mple.org/", "http://example.org\\@127.0.0.1/", "http://127.0.0.1\u{0}.example.org/",
    "http://exa\tmple.org/",
    "http://[::1/", "http://::1/", "http://[fe80::1%25lo]/", "http://example.org:99999/", "http://example.org:-1/",
    "http://example.org:port/",
    "http://example.org/" + String(repeating: "a", count: 8192),
  ]

  /// Hosts that are inside, in every form in which they can be written.
  static let inside = [
    "127.0.0.1", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127.0.0.1:22", "127.255.255.254", "127.1", "127.0.1", "2130706433",
    "0x7f000001", "0x7f.1",
    "0177.0.0.1",
    "017700000001", "0x7F.0.0.0x1", "localhost", "LOCALHOST", "localhost.", "0", "0.0.0.0", "0.1.2.3",
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "100.64.0.1", "169.254.169.254",
    "0xA9FEA9FE",
    "2852039166", "192.0.0.8", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.251", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::ffff:10.0.0.1]",
    "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::169.254.169.254]", "[64:ff9b:1::1]", "[2002:7f00:1::]",
    "[2001:0:7f00:1::1]",
    "[fe80::1]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "[2001:db8::1]", "[100::1]",
  ]

  @Test(arguments: invalid) func whatIsNotAnAddressOfAPageIsRefused(_ uri: String) async {
    let failure = await failure(uri)
    #expect(failure?.code == .invalidURL && failure?.isRetryable == false, "\(failure as Any)")
  }

  @Test(arguments: inside) func anInternalHostIsRefusedInWhateverFormItIsWritten(_ host: String) async {
    var policy = localPolicy()
    policy.allowsPrivate = false
    for scheme in ["http", "https", "HTTP"] {
      let failure = await failure("\(scheme)://\(host)/", policy)
      #expect(failure?.code == .forbiddenAddress && failure?.isRetryable == false, "\(failure as Any)")
      #expect(failure?.message.contains("--allow-private") == true)
    }
  }

  @Test(arguments: inside) func aProxyIsNotAskedForAnInternalHost(_ host: String) async {
    let policy = FetchPolicy(environment: ["http_proxy": "http://127.0.0.1:9"])
    #expect(await failure("http://\(host)/", policy)?.code == .forbiddenAddress)
  }

  @Test(arguments: [
    "ftp://127.0.0.1/x", "file:///etc/passwd", "http://", "javascript:1", "data:text/html,a",
    "http://user:word@127.0.0.1/",
    "//user@127.0.0.1/", "http://[::1/", "gopher://127.0.0.1:6379/_INFO",
  ])
  func aRedirectToWhatIsNotAPageIsRefused(_ location: String) async throws {
    let server = try PageServer { _, _ in .redirect(to: location) }
    #expect(await failure(server.address)?.code == .invalidURL)
  }

  @Test func aRedirectToAnInternalHostIsRefusedThoughTheFirstHostWasNot() async throws {
    let inner = try PageServer { _, _ in .page(Array("inside".utf8)) }
    let outer = try PageServer { _, _ in .redirect(to: inner.address.replacing("127.0.0.1", with: "localhost")) }
    // The proxy stands for the public network: it is where the first host is asked.
    var environment = ["http_proxy": outer.address]
    environment["GONGWEN_IGNORE_ROBOTS"] = "1"
    let failure = await failure("http://example.org/", FetchPolicy(environment: environment))
    #expect(failure?.code == .forbiddenAddress, "\(failure as Any)")
  }
}
