internal import Record

/// The way from the address that a producer gave to the page that is read, over redirects of the server and of the page.
struct Visit: Sendable {
  /// Where the way ended, and what a reader should know of it.
  struct Found: Sendable {
    var page: Page
    var diagnostics: [Diagnostic] = []
  }

  private let policy: FetchPolicy
  private let hosts: Hosts
  private let robots: RobotsFiles
  private let known: Known

  init(_ policy: FetchPolicy, _ hosts: Hosts, _ robots: RobotsFiles, _ known: Known) {
    self.policy = policy
    self.hosts = hosts
    self.robots = robots
    self.known = known
  }

  func page(at uri: String) async throws(StageFailure) -> Found {
    var target = try Target(uri)
    var diagnostics: [Diagnostic] = []
    for _ in 0...policy.redirects {
      switch try await ask(target) {
      case .redirect(let location): target = try target.redirected(to: location)
      case .page(let page):
        let turn = try Turn(page, mayFollow: !diagnostics.contains { $0.code == Turn.attachment })
        diagnostics += turn.diagnostics
        guard let next = turn.next else { return Found(page: page, diagnostics: diagnostics + settings) }
        target = next
      }
    }
    throw StageFailure(
      .tooManyRedirects, stage: "fetch",
      "\(uri) leads from page to page more than \(policy.redirects) times, at last to \(target.text).")
  }

  /// Asks again where a request fails for now, unless the host wants to be left alone for longer than the patience.
  private func ask(_ target: Target) async throws(StageFailure) -> Exchange.Answer {
    if !policy.ignoresRobots { try await robots.check(target) }
    let exchange = Exchange(target, policy, known: known)
    var attempt = 1
    while true {
      switch try await hosts.run(at: target.name, { await exchange.result() }) {
      case .success(let answer): return answer
      case .failure(let failure):
        guard failure.isRetryable else { throw failure }
        let pause = max(failure.retryAfter ?? .zero, Backoff.pause(after: attempt))
        await hosts.hold(target.name, for: pause)
        guard attempt < policy.attempts, pause <= policy.patience else { throw failure }
        attempt += 1
      }
    }
  }

  /// What the record must say of the settings with which it was fetched.
  private var settings: [Diagnostic] {
    guard policy.ignoresRobots else { return [] }
    return [
      Diagnostic(
        stage: "fetch", code: "robots_ignored", message: "Whether robots.txt allows this page was not asked.")
    ]
  }
}
