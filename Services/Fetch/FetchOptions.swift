package import ArgumentParser
private import FoundationEssentials

/// What `gongwen-fetch` and `gongwen run` can be told of fetching.
///
/// Not options but of the environment: `http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`, `SSL_CERT_FILE`.
package struct FetchOptions: ParsableArguments {
  @Flag(help: "Fetch from private, loopback and other internal addresses too; GONGWEN_ALLOW_PRIVATE=1.")
  package var allowPrivate = false

  @Flag(help: "Fetch what robots.txt does not allow; the record says so; GONGWEN_IGNORE_ROBOTS=1.")
  package var ignoreRobots = false

  @Option(help: "The name of the client that servers and their robots.txt see; GONGWEN_USER_AGENT.")
  package var userAgent: String = usual.userAgent

  @Option(help: "Bytes of a page at most, on the wire and unpacked.")
  package var maximumPage: Int = usual.bytes

  @Option(help: "Redirects of a document that are followed.")
  package var maximumRedirects: Int = usual.redirects

  @Option(help: "Seconds until a connection must be there.")
  package var connectTime: Int = 10

  @Option(help: "Seconds until a server must have begun its answer.")
  package var answerTime: Int = 30

  @Option(help: "Seconds for one document with all its redirects and waits.")
  package var wholeTime: Int = 90

  @Option(help: "Requests for one page at most, while it fails for now.")
  package var attempts: Int = usual.attempts

  @Option(help: "Requests that one host is given at a time by this process; GONGWEN_HOST_CONNECTIONS.")
  package var hostConnections: Int = usual.hostConnections

  @Option(help: "Seconds from one request to a host to the next by this process; GONGWEN_HOST_DELAY.")
  package var hostDelay: Double = usual.hostDelay / .seconds(1)

  @Option(help: "Seconds that a document waits for its turn at a host, or for what its Retry-After says.")
  package var patience: Int = 20

  package init() {}

  package mutating func validate() throws {
    for (name, value, least) in [
      ("maximum-page", maximumPage, 1), ("maximum-redirects", maximumRedirects, 0), ("connect-time", connectTime, 1),
      ("answer-time", answerTime, 1), ("whole-time", wholeTime, 1), ("attempts", attempts, 1),
      ("host-connections", hostConnections, 1), ("patience", patience, 0),
    ] where value < least {
      throw ValidationError("--\(name) is \(value), but must be at least \(least).")
    }
    guard 0...3600 ~= hostDelay else { throw ValidationError("--host-delay must be between 0 and 3600.") }
    guard userAgent.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) else {
      throw ValidationError("--user-agent must be of printable ASCII characters.")
    }
  }

  package var policy: FetchPolicy {
    var policy = usual
    policy.allowsPrivate = allowPrivate || policy.allowsPrivate
    policy.ignoresRobots = ignoreRobots || policy.ignoresRobots
    policy.userAgent = userAgent
    policy.bytes = maximumPage
    policy.redirects = maximumRedirects
    policy.connectTime = .seconds(connectTime)
    policy.firstByteTime = .seconds(answerTime)
    policy.wholeTime = .seconds(wholeTime)
    policy.attempts = attempts
    policy.hostConnections = hostConnections
    policy.hostDelay = .seconds(hostDelay)
    policy.patience = .seconds(patience)
    return policy
  }
}

/// What holds where nothing is said.
private let usual = FetchPolicy(environment: ProcessInfo.processInfo.environment)
