internal import Record

/// Who may ask which host when: a few documents at a time, and not one right behind the other.
actor Hosts {
  private struct Host {
    var active = 0
    /// When the next request may start.
    var next = ContinuousClock.now
    var waiting: [(id: Int, turn: CheckedContinuation<Bool, Never>)] = []
  }

  private let policy: FetchPolicy
  private var hosts: [String: Host] = [:]
  private var lastID = 0

  init(_ policy: FetchPolicy) { self.policy = policy }

  /// Runs the body when it is its turn at the host. Throws `timed_out` where that takes longer than the patience of the
  /// policy, and then asks nothing.
  func run<Outcome: Sendable>(
    at host: String, _ body: @Sendable () async throws(StageFailure) -> Outcome
  ) async throws(StageFailure) -> Outcome {
    guard await enter(host) else { throw tooBusy(host, policy.patience) }
    defer { leave(host) }
    let pause = ContinuousClock.now.duration(to: hosts[host]?.next ?? .now)
    guard pause <= policy.patience else { throw tooBusy(host, pause) }
    hosts[host]?.next = .now + max(.zero, pause) + policy.hostDelay
    if pause > .zero { try? await Task.sleep(for: pause) }
    guard !Task.isCancelled else { throw StageFailure(.timedOut, stage: "fetch", "The wait for \(host) was given up.") }
    return try await body()
  }

  /// Lets nobody ask a host for a time, at most ten minutes.
  func hold(_ host: String, for time: Duration) {
    hosts[host, default: Host()].next = max(hosts[host]?.next ?? .now, .now + min(time, .seconds(600)))
  }

  private func tooBusy(_ host: String, _ time: Duration) -> StageFailure {
    StageFailure(
      .timedOut, stage: "fetch",
      "The host \(host) was not asked: it is given requests one by one, and the turn of this one would come after more "
        + "than \(time.formattedSeconds) s. --host-connections, --host-delay and --patience set that.",
      retryAfter: time)
  }

  /// Takes a place at the host; false where there was none in time.
  private func enter(_ host: String) async -> Bool {
    forgetIdle()
    guard hosts[host, default: Host()].active >= policy.hostConnections else {
      hosts[host, default: Host()].active += 1
      return true
    }
    lastID += 1
    let id = lastID
    let timer = Task { [patience = policy.patience] in
      try? await Task.sleep(for: patience)
      giveUp(id, host)
    }
    defer { timer.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { hosts[host]?.waiting.append((id, $0)) }
    } onCancel: {
      timer.cancel()
    }
  }

  private func giveUp(_ id: Int, _ host: String) {
    guard let place = hosts[host]?.waiting.firstIndex(where: { $0.id == id }) else { return }
    hosts[host]?.waiting.remove(at: place).turn.resume(returning: false)
  }

  /// Gives the place to the next who waits.
  private func leave(_ host: String) {
    if hosts[host]?.waiting.isEmpty == false {
      hosts[host]?.waiting.removeFirst().turn.resume(returning: true)
    } else {
      hosts[host]?.active -= 1
    }
  }

  private func forgetIdle() {
    guard hosts.count > 1000 else { return }
    hosts = hosts.filter { $0.value.active > 0 || $0.value.next > .now }
  }
}

extension Duration {
  var formattedSeconds: String { String(Int((self / .seconds(1)).rounded(.up))) }
}
