internal import FoundationEssentials
internal import Record

/// What a fetch may do and how long it may take.
package struct FetchPolicy: Sendable {
  /// Whether hosts at private, loopback and other internal addresses are asked.
  package var allowsPrivate = false
  /// Whether pages are fetched that their host's robots.txt does not want to be fetched.
  package var ignoresRobots = false
  package var userAgent = "gongwen/\(programVersion)"
  /// Redirects that are followed at most, those of a page's own among them.
  package var redirects = 10
  /// Bytes of a page at most, on the wire and decompressed.
  package var bytes = 64 << 20
  package var connectTime = Duration.seconds(10)
  /// From the request to the head of the answer.
  package var firstByteTime = Duration.seconds(30)
  /// Between two pieces of the answer.
  package var idleTime = Duration.seconds(30)
  /// For a document with all its redirects, attempts and waits.
  package var wholeTime = Duration.seconds(90)
  /// Requests for one page at most, while it fails for now.
  package var attempts = 3
  /// Requests that one host is given at a time.
  package var hostConnections = 2
  /// From the start of one request to a host to the start of the next.
  package var hostDelay = Duration.milliseconds(500)
  /// How long a document waits for its turn at a host, or for the end of a `Retry-After`, before it fails for now.
  package var patience = Duration.seconds(20)
  var proxies = Proxies()
  /// A file of certificates (PEM) that are trusted in place of the system's; nil for the system's.
  package var trustFile: String?

  package init() {}

  /// The policy of an environment: `GONGWEN_ALLOW_PRIVATE=1`, `GONGWEN_IGNORE_ROBOTS=1`, `GONGWEN_USER_AGENT`,
  /// `GONGWEN_HOST_CONNECTIONS`, `GONGWEN_HOST_DELAY` (seconds), and the usual `http_proxy`, `https_proxy`, `all_proxy`,
  /// `no_proxy`, `SSL_CERT_FILE`. A number that is none or out of range is passed over here: the programs refuse it.
  package init(environment: [String: String]) {
    allowsPrivate = environment["GONGWEN_ALLOW_PRIVATE"] == "1"
    ignoresRobots = environment["GONGWEN_IGNORE_ROBOTS"] == "1"
    if let agent = environment["GONGWEN_USER_AGENT"], !agent.isEmpty { userAgent = agent }
    if let count = environment["GONGWEN_HOST_CONNECTIONS"].flatMap({ Int($0) }), count > 0 { hostConnections = count }
    if let delay = environment["GONGWEN_HOST_DELAY"].flatMap({ Double($0) }), 0...3600 ~= delay {
      hostDelay = .seconds(delay)
    }
    proxies = Proxies(environment: environment)
    trustFile = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The product's name in the user agent, by which a robots.txt speaks of it: `gongwen` of `gongwen/0.1`.
  var productName: String { String(userAgent.prefix { $0.isASCII && $0.isLetter || $0 == "-" || $0 == "_" }) }

  /// That the time for the whole document is over.
  var tooLate: StageFailure {
    StageFailure(.timedOut, stage: "fetch", "The page was not there whole after \(wholeTime).")
  }
}
