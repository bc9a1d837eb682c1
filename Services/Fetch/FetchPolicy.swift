internal import FoundationEssentials
private import Record

/// What a fetch may do and how long it may take.
package struct FetchPolicy: Sendable {
  /// Whether hosts at private, loopback and other internal addresses are asked.
  package var allowsPrivate = false
  package var userAgent = "gongwen/\(programVersion)"
  /// Redirects that are followed at most.
  package var redirects = 10
  /// Bytes of a page at most, on the wire and decompressed.
  package var bytes = 64 << 20
  package var connectTime = Duration.seconds(10)
  /// From the request to the head of the answer.
  package var firstByteTime = Duration.seconds(30)
  /// Between two pieces of the answer.
  package var idleTime = Duration.seconds(30)
  /// For a document with all its redirects.
  package var wholeTime = Duration.seconds(90)

  package init() {}

  /// The policy of an environment: `GONGWEN_ALLOW_PRIVATE=1` allows internal addresses, `GONGWEN_USER_AGENT` names the
  /// client.
  package init(environment: [String: String]) {
    allowsPrivate = environment["GONGWEN_ALLOW_PRIVATE"] == "1"
    if let agent = environment["GONGWEN_USER_AGENT"], !agent.isEmpty { userAgent = agent }
  }
}
