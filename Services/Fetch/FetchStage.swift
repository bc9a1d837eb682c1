internal import AsyncHTTPClient
internal import FoundationEssentials
package import Record

/// The stage `fetch`: the layer `source` with a URL in, `source` with what the server said, and `raw`, out.
///
///     URL → http or https → addresses, all of them public → request → redirect? from the start, at most 10 times
///                                                                  → 2xx: bytes up to the limit
///
/// Every hop is checked anew, and the connection goes to an address that was checked, not to a name that could mean
/// another one a moment later.
package struct FetchStage: Stage {
  package let name = "fetch"
  private let policy: FetchPolicy

  package init(_ policy: FetchPolicy = FetchPolicy()) { self.policy = policy }

  /// The page's bytes, decompressed, and its source with `media_type` and `charset` as the server declares them,
  /// `final_uri`, `status`, `etag` and `last_modified`. Throws the codes from `invalid_url` to `timed_out` of the wire
  /// page, and `input_too_large`.
  package func process(_ input: Layers, _ context: StageContext) async throws(StageFailure) -> Layers {
    var source = try Source(input, stage: name)
    let uri = source.uri
    let page = try await within(policy.wholeTime) { () async throws(StageFailure) in try await self.page(at: uri) }
    source.mediaType = page.contentType?.mediaType ?? source.mediaType
    source.charset = page.contentType?.charset ?? source.charset
    source.finalURI = page.address
    source.status = page.status
    source.etag = page.etag
    source.lastModified = page.lastModified
    var layers = Layers()
    layers.append("source", source.layer)
    layers.append("raw", page.bytes)
    return layers
  }

  private func page(at uri: String) async throws(StageFailure) -> Page {
    var target = try Target(uri)
    for _ in 0...policy.redirects {
      switch try await Exchange(target, policy).run() {
      case .page(let page): return page
      case .redirect(let location): target = try target.redirected(to: location)
      }
    }
    throw StageFailure(
      .tooManyRedirects, stage: name,
      "\(uri) leads from page to page more than \(policy.redirects) times, at last to \(target.text).")
  }

  /// Runs the body, but no longer than a time; then it is cancelled.
  private func within(
    _ time: Duration, _ body: @escaping @Sendable () async throws(StageFailure) -> Page
  ) async throws(StageFailure) -> Page {
    let outcome = await withTaskGroup(of: Result<Page, StageFailure>.self) { group in
      group.addTask {
        do throws(StageFailure) { return .success(try await body()) } catch { return .failure(error) }
      }
      group.addTask {
        try? await Task.sleep(for: time)
        return .failure(StageFailure(.timedOut, stage: "fetch", "The page was not there whole after \(time)."))
      }
      defer { group.cancelAll() }
      return await group.next()
    }
    guard let outcome else { preconditionFailure("a group of two tasks has a first result") }
    return try outcome.get()
  }
}
