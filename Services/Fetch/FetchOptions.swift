package import ArgumentParser
private import FoundationEssentials

/// What `gongwen-fetch` can be told of fetching.
package struct FetchOptions: ParsableArguments {
  @Flag(help: "Fetch from private, loopback and other internal addresses too; GONGWEN_ALLOW_PRIVATE=1.")
  package var allowPrivate = false

  @Option(help: "The name of the client that servers see; GONGWEN_USER_AGENT.")
  package var userAgent: String = FetchPolicy(environment: ProcessInfo.processInfo.environment).userAgent

  @Option(help: "Bytes of a page at most.")
  package var maximumPage: Int = FetchPolicy().bytes

  @Option(help: "Seconds until a server must have begun its answer.")
  package var answerTime: Int = 30

  @Option(help: "Seconds for one document with all its redirects.")
  package var wholeTime: Int = 90

  package init() {}

  package mutating func validate() throws {
    for (name, value) in [("maximum-page", maximumPage), ("answer-time", answerTime), ("whole-time", wholeTime)]
    where value < 1 {
      throw ValidationError("--\(name) is \(value), but must be at least 1.")
    }
  }

  package var policy: FetchPolicy {
    var policy = FetchPolicy(environment: ProcessInfo.processInfo.environment)
    policy.allowsPrivate = allowPrivate || policy.allowsPrivate
    policy.userAgent = userAgent
    policy.bytes = maximumPage
    policy.firstByteTime = .seconds(answerTime)
    policy.wholeTime = .seconds(wholeTime)
    return policy
  }
}
