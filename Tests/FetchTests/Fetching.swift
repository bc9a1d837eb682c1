import Fetch
import Record

/// The policy of most tests: servers on loopback, asked at once and without a robots.txt.
func localPolicy() -> FetchPolicy {
  var policy = FetchPolicy()
  policy.allowsPrivate = true
  policy.ignoresRobots = true
  policy.bytes = 100_000
  policy.attempts = 1
  policy.hostConnections = 100
  policy.hostDelay = .zero
  return policy
}

/// What the stage makes of a URL, with what its producer knows of the page.
func fetch(
  _ uri: String, _ policy: FetchPolicy = localPolicy(), known: (inout Source) -> Void = { _ in }
) async throws(StageFailure) -> Layers {
  try await fetch(uri, by: FetchStage(policy), known: known)
}

func fetch(
  _ uri: String, by stage: FetchStage, known: (inout Source) -> Void = { _ in }
) async throws(StageFailure) -> Layers {
  var source = Source(uri: uri)
  known(&source)
  var layers = Layers()
  layers.append("source", source.layer)
  return try await stage.process(layers, StageContext())
}

/// Why there is no page; nil where there is one.
func failure(
  _ uri: String, _ policy: FetchPolicy = localPolicy(), known: (inout Source) -> Void = { _ in }
) async -> StageFailure? {
  await failure(uri, by: FetchStage(policy), known: known)
}

func failure(_ uri: String, by stage: FetchStage, known: (inout Source) -> Void = { _ in }) async -> StageFailure? {
  do throws(StageFailure) {
    _ = try await fetch(uri, by: stage, known: known)
    return nil
  } catch {
    return error
  }
}
