/// The outcome of the body, or the given failure where it takes longer than a time. Then the body is cancelled, and its
/// end is awaited: it must notice.
package func within<Outcome: Sendable>(
  _ time: Duration, else failure: StageFailure,
  _ body: @escaping @Sendable () async throws(StageFailure) -> Outcome
) async throws(StageFailure) -> Outcome {
  let outcome = await withTaskGroup(of: Result<Outcome, StageFailure>.self) { group in
    group.addTask {
      do throws(StageFailure) { return .success(try await body()) } catch { return .failure(error) }
    }
    group.addTask {
      try? await Task.sleep(for: time)
      return .failure(failure)
    }
    defer { group.cancelAll() }
    return await group.next()
  }
  guard let outcome else { preconditionFailure("a group of two tasks has a first result") }
  return try outcome.get()
}
