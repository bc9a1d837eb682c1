import Fetch
import Record
import Synchronization
import Testing

@testable import Fetch

/// What spares servers: attempts, pauses, and how many requests a host has at a time.
@Suite(.timeLimit(.minutes(1)))
struct PolitenessTests {
  @Test func aPageThatFailsForNowIsAskedForAgain() async throws {
    let requests = Counter()
    let server = try PageServer { _, _ in
      requests.next()
      return requests.value < 3 ? .page([], status: "503 Busy") : .page([0x61])
    }
    var policy = localPolicy()
    policy.attempts = 3
    #expect(try await fetch(server.address, policy)["raw"] == [0x61])
    #expect(requests.value == 3)
  }

  @Test func attemptsEndAndWhatCanNeverSucceedHasOne() async throws {
    for (status, expected) in [("503 Busy", 3), ("404 Not Found", 1), ("403 Forbidden", 1)] {
      let requests = Counter()
      let server = try PageServer { _, _ in
        requests.next()
        return .page([], status: status)
      }
      var policy = localPolicy()
      policy.attempts = 3
      #expect(await failure(server.address, policy)?.code == .httpStatus)
      #expect(requests.value == expected)
    }
  }

  @Test func whatAServerWantsToWaitIsInTheFailureAndNobodyElseAsksItMeanwhile() async throws {
    let requests = Counter()
    let server = try PageServer { _, _ in
      requests.next()
      return .page([], status: "429 Slow Down", "Retry-After: 300")
    }
    var policy = localPolicy()
    policy.attempts = 3
    let stage = FetchStage(policy)
    let first = await failure(server.address + "/a", by: stage)
    #expect(first?.code == .httpStatus && first?.isRetryable == true && first?.retryAfter == .seconds(300))
    let second = await failure(server.address + "/b", by: stage)
    #expect(second?.code == .timedOut && second?.isRetryable == true)
    #expect((second?.retryAfter ?? .zero) > .seconds(200))
    #expect(requests.value == 1)
  }

  @Test func aHostHasNoMoreRequestsAtATimeThanItIsGiven() async throws {
    var policy = localPolicy()
    policy.hostConnections = 3
    let hosts = Hosts(policy)
    let crowd = Crowd()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask {
          try? await hosts.run(at: number % 2 == 0 ? "a" : "b") {
            crowd.enter()
            for _ in 0..<20 { await Task.yield() }
            crowd.leave()
          }
        }
      }
    }
    #expect(crowd.active == 0 && crowd.most <= 6 && crowd.most > 1)
  }

  @Test func whoWaitsForTooLongIsGivenUpAndTheHostGoesOn() async throws {
    var policy = localPolicy()
    policy.hostConnections = 1
    policy.patience = .milliseconds(50)
    let hosts = Hosts(policy)
    let guest = await Guest(at: "a", hosts)
    do throws(StageFailure) {
      try await hosts.run(at: "a") { _ = Issue.record("there was no room") }
      Issue.record("the wait has no end")
    } catch {
      #expect(error.code == .timedOut && error.isRetryable)
    }
    await guest.leave()
    let answer = try await hosts.run(at: "a") { 7 }
    #expect(answer == 7)
  }

  @Test func aWaitThatIsCancelledLeavesItsPlace() async throws {
    var policy = localPolicy()
    policy.hostConnections = 1
    let hosts = Hosts(policy)
    let guest = await Guest(at: "a", hosts)
    let second = Task { try await hosts.run(at: "a") { _ = Issue.record("it was cancelled") } }
    second.cancel()
    _ = await second.result
    await guest.leave()
    try await hosts.run(at: "a") {}
  }

  @Test func requestsToAHostHaveADistance() async throws {
    var policy = localPolicy()
    policy.hostDelay = .milliseconds(40)
    let hosts = Hosts(policy)
    let start = ContinuousClock.now
    for _ in 0..<4 { try await hosts.run(at: "a") {} }
    #expect(start.duration(to: .now) >= .milliseconds(120))
  }

  @Test func pausesGrowUpToABound() {
    for attempt in 1...20 {
      let most = Duration.milliseconds(500 << min(attempt - 1, 4))
      for _ in 0..<50 {
        let pause = Backoff.pause(after: attempt)
        #expect(pause <= most && pause >= most / 2)
      }
    }
  }

  @Test func retryAfterIsSecondsOrADate() throws {
    let now = 1_795_860_000
    #expect(retryAfter("120", now: now) == .seconds(120))
    #expect(retryAfter("0", now: now) == .zero)
    #expect(retryAfter("Sat, 28 Nov 2026 10:02:00 GMT", now: now) == .seconds(120))
    #expect(retryAfter("Sat, 28 Nov 2026 09:00:00 GMT", now: now) == .zero)
    #expect(retryAfter("Saturday, 28-Nov-26 10:02:00 GMT", now: now) == .seconds(120))
    #expect(retryAfter("Sat Nov 28 10:02:00 2026", now: now) == .seconds(120))
    for header in ["", "soon", "-5", "1.5", "99999999999999999999"] { #expect(retryAfter(header, now: now) == nil) }
  }
}

/// A request that is under way at a host until it is told to end.
private struct Guest {
  private let release = AsyncStream<Void>.makeStream()
  private let work: Task<Void, any Error>

  init(at host: String, _ hosts: Hosts) async {
    let (entered, release) = (AsyncStream<Void>.makeStream(), release)
    work = Task {
      try await hosts.run(at: host) {
        entered.continuation.yield()
        for await _ in release.stream { break }
      }
    }
    for await _ in entered.stream { break }
  }

  func leave() async {
    release.continuation.yield()
    _ = await work.result
  }
}

/// How many are somewhere at a time.
private final class Crowd: Sendable {
  private let counts = Mutex((active: 0, most: 0))

  var active: Int { counts.withLock { $0.active } }
  var most: Int { counts.withLock { $0.most } }

  func enter() { counts.withLock { $0 = ($0.active + 1, max($0.most, $0.active + 1)) } }

  func leave() { counts.withLock { $0.active -= 1 } }
}
