internal import FoundationEssentials
package import Record

/// The stage `fetch`: the layer `source` with a URL in, `source` with what the server said, and `raw`, out.
///
///     URL → robots.txt → turn at the host → addresses, all of them public → request → redirect? from the start, at most 10 times
///                              ▲                                                 │
///                              └──────── fails for now, at most 3 times ─────────┴→ 2xx: bytes up to the limit
///
/// Every hop is checked anew, and the connection goes to an address that was checked, not to a name that could mean
/// another one a moment later. Between documents it keeps only what spares servers: robots.txt, and when a host was asked.
package struct FetchStage: Stage {
  package let name = "fetch"
  private let policy: FetchPolicy
  private let hosts: Hosts
  private let robots: RobotsFiles

  package init(_ policy: FetchPolicy = FetchPolicy()) {
    self.policy = policy
    hosts = Hosts(policy)
    robots = RobotsFiles(policy, hosts)
  }

  /// The page's bytes, decompressed, and its source with `media_type` and `charset` as the server declares them,
  /// `final_uri`, `status`, `etag` and `last_modified`. Where the source that comes in has the last two, or `sha256`, of
  /// the page that its producer has already, a page that is the same throws `unchanged`. Throws the codes from
  /// `invalid_url` to `unchanged` of the wire page, and `input_too_large`.
  package func process(_ input: Layers, _ context: StageContext) async throws(StageFailure) -> Layers {
    var source = try Source(input, stage: name)
    let visit = Visit(policy, hosts, robots, Known(source))
    let found = try await within(policy.wholeTime, else: policy.tooLate) {
      [uri = source.uri] () async throws(StageFailure) in
      try await visit.page(at: uri)
    }
    source.take(found.page)
    source.diagnostics += found.diagnostics
    var layers = Layers()
    layers.append("source", source.layer)
    layers.append("raw", found.page.bytes)
    return layers
  }
}

extension Source {
  fileprivate mutating func take(_ page: Page) {
    mediaType = page.contentType?.mediaType ?? mediaType
    charset = page.contentType?.charset ?? charset
    finalURI = page.target.text
    status = page.status
    etag = page.etag
    lastModified = page.lastModified
    sha256 = nil
  }
}

extension Known {
  fileprivate init(_ source: Source) {
    let isHeader = { (text: String) in text.utf8.allSatisfy { 0x20..<0x7F ~= $0 } }
    self.init(
      etag: source.etag.flatMap { isHeader($0) ? $0 : nil },
      lastModified: source.lastModified.flatMap { isHeader($0) ? $0 : nil }, sha256: source.sha256)
  }
}
