internal import Synchronization

/// What the body returns, or nil once the time is over: the body is then cancelled and not awaited.
func firstResult<Value: Sendable>(
  within limit: Duration, _ body: @escaping @Sendable () async -> Value
) async -> Value? {
  let race = Race<Value>()
  let work = Task { race.finish(await body()) }
  let timer = Task {
    if (try? await Task.sleep(for: limit)) != nil { race.finish(nil) }
  }
  let value = await race.result
  timer.cancel()
  work.cancel()
  return value
}

/// The first of several results; later ones are dropped.
private final class Race<Value: Sendable>: Sendable {
  private enum State {
    case running(CheckedContinuation<Value?, Never>?)
    case finished(Value?)
  }

  private let state = Mutex(State.running(nil))

  func finish(_ value: Value?) {
    let waiting = state.withLock { state -> CheckedContinuation<Value?, Never>? in
      guard case .running(let waiting) = state else { return nil }
      state = .finished(value)
      return waiting
    }
    waiting?.resume(returning: value)
  }

  var result: Value? {
    get async {
      await withCheckedContinuation { continuation in
        let finished = state.withLock { state -> Value?? in
          guard case .finished(let value) = state else {
            state = .running(continuation)
            return nil
          }
          return .some(value)
        }
        if let finished { continuation.resume(returning: finished) }
      }
    }
  }
}
