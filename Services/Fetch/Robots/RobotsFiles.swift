internal import Record

/// The robots.txt of the hosts that were asked, kept for an hour; a thousand at most.
actor RobotsFiles {
  private struct File {
    let reading: Task<Result<Robots, StageFailure>, Never>
    let end: ContinuousClock.Instant
  }

  private let policy: FetchPolicy
  private let hosts: Hosts
  private var files: [String: File] = [:]

  init(_ policy: FetchPolicy, _ hosts: Hosts) { (self.policy, self.hosts) = (policy, hosts) }

  /// Throws `robots_disallowed` where the host does not want the page to be fetched by this client, and a retryable
  /// failure as long as it cannot be known.
  func check(_ target: Target) async throws(StageFailure) {
    let file = files[target.origin].flatMap { $0.end > .now ? $0 : nil } ?? begin(target)
    let robots: Robots
    switch await file.reading.value {
    case .success(let read): robots = read
    case .failure(let failure):
      // What could not be read is asked for again the next time.
      if files[target.origin]?.end == file.end { files[target.origin] = nil }
      throw failure
    }
    guard robots.allows(target.path) else {
      throw StageFailure(
        .robotsDisallowed, stage: "fetch",
        "\(target.origin)/robots.txt does not want \(target.text) to be fetched by '\(policy.productName)'. "
          + "With the right to it, use --ignore-robots or GONGWEN_IGNORE_ROBOTS=1.")
    }
  }

  /// All who want the same file wait for one request.
  private func begin(_ target: Target) -> File {
    if files.count >= 1000 { files = files.filter { $0.value.end > .now } }
    if files.count >= 1000, let oldest = files.min(by: { $0.value.end < $1.value.end }) { files[oldest.key] = nil }
    let file = File(reading: Task { await read(target) }, end: .now + .seconds(3600))
    files[target.origin] = file
    return file
  }

  /// A host that has no such file, or leads nowhere with it, allows everything; one that fails for now does not.
  private func read(_ target: Target) async -> Result<Robots, StageFailure> {
    do throws(StageFailure) {
      return .success(
        try await within(policy.wholeTime, else: policy.tooLate) { () async throws(StageFailure) in
          try await self.robots(at: try target.redirected(to: "/robots.txt"))
        })
    } catch {
      return error.isRetryable ? .failure(error) : .success(Robots())
    }
  }

  private func robots(at target: Target) async throws(StageFailure) -> Robots {
    var target = target
    for _ in 0...5 {
      let exchange = Exchange(target, policy, cut: Robots.most)
      let answer = try await hosts.run(at: target.name) { () async throws(StageFailure) in try await exchange.run() }
      switch answer {
      case .page(let page): return Robots(page.bytes, agent: policy.productName)
      case .redirect(let location): target = try target.redirected(to: location)
      }
    }
    return Robots()
  }
}
