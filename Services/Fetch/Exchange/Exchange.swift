internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOSSL
internal import Record

/// A page that a server gave.
struct Page: Sendable {
  let target: Target
  let status: Int
  let contentType: ContentType?
  let etag: String?
  let lastModified: String?
  let bytes: [UInt8]
}

/// What the producer knows of the page that it has, so that the server need not send it again. Tags and dates that cannot
/// stand in a header are not known.
struct Known: Sendable {
  var etag: String?
  var lastModified: String?
  /// Of the bytes, in hexadecimal.
  var sha256: String?
}

/// One request and its answer.
struct Exchange {
  enum Answer: Sendable { case page(Page), redirect(location: String) }

  let target: Target
  let policy: FetchPolicy
  private let known: Known
  private let cut: Int?

  /// - Parameter cut: bytes of which a longer answer is left at its end; nil where that is a failure.
  init(_ target: Target, _ policy: FetchPolicy, known: Known = Known(), cut: Int? = nil) {
    self.target = target
    self.policy = policy
    self.known = known
    self.cut = cut
  }

  /// What `run` returns or throws.
  func result() async -> Result<Answer, StageFailure> {
    do throws(StageFailure) { return .success(try await run()) } catch { return .failure(error) }
  }

  /// Asks the addresses of the host in turn until one can be connected to.
  func run() async throws(StageFailure) -> Answer {
    if let proxy = policy.proxies.proxy(for: target) {
      try target.checkLiteral(policy)
      return try await ask(nil, through: proxy)
    }
    var failure: StageFailure?
    for address in try await target.addresses(policy).prefix(3) {
      do throws(StageFailure) {
        return try await ask(address)
      } catch {
        guard error.code == .connectFailed else { throw error }
        failure = error
      }
    }
    throw failure ?? self.failure(.connectFailed, "has no address")
  }

  /// A client of its own binds the name to the address that was checked; certificates are still checked by the name.
  private func ask(_ address: String?, through proxy: HTTPClient.Configuration.Proxy? = nil) async throws(StageFailure)
    -> Answer
  {
    var configuration = policy.configuration
    configuration.proxy = proxy
    if let address, address != target.host { configuration.dnsOverride = [target.host: address] }
    let client = HTTPClient(configuration: configuration)
    let outcome: Result<Answer, StageFailure>
    do {
      let response = try await client.execute(request, timeout: TimeAmount(policy.firstByteTime))
      outcome = .success(try await answer(response))
    } catch {
      outcome = .failure(self.failure(for: error))
    }
    try? await client.shutdown()
    return try outcome.get()
  }

  private var request: HTTPClientRequest {
    var request = HTTPClientRequest(url: target.text)
    request.headers.add(name: "User-Agent", value: policy.userAgent)
    request.headers.add(name: "Accept", value: "text/html, application/pdf, text/plain;q=0.9, */*;q=0.5")
    request.headers.add(name: "Accept-Language", value: "zh-CN, zh;q=0.9, *;q=0.5")
    request.headers.add(name: "Accept-Encoding", value: "gzip, deflate")
    if let etag = known.etag { request.headers.add(name: "If-None-Match", value: etag) }
    if let date = known.lastModified { request.headers.add(name: "If-Modified-Since", value: date) }
    return request
  }

  private func answer(_ response: HTTPClientResponse) async throws -> Answer {
    let status = Int(response.status.code)
    if [301, 302, 303, 307, 308].contains(status), let location = response.headers.first(name: "Location") {
      return .redirect(location: location)
    }
    if status == 304, known.etag != nil || known.lastModified != nil { throw unchanged }
    guard 200..<300 ~= status else { throw await failure(response) }
    let bytes = try await bytes(of: response, cut: cut)
    if let known = known.sha256, known == sha256(bytes).hexadecimal { throw unchanged }
    return .page(
      Page(
        target: target, status: status,
        contentType: response.headers.first(name: "Content-Type").flatMap(ContentType.init),
        etag: response.headers.first(name: "ETag"), lastModified: response.headers.first(name: "Last-Modified"),
        bytes: bytes))
  }

  /// The body, or its start where it may be cut; else `input_too_large` where it is longer than the policy allows.
  func bytes(of response: HTTPClientResponse, cut: Int?) async throws -> [UInt8] {
    let most = cut ?? policy.bytes
    let length = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
    guard cut != nil || length <= most else { throw tooLarge }
    var bytes: [UInt8] = []
    for try await part in response.body {
      let room = most - bytes.count
      bytes.append(contentsOf: part.readableBytesView.prefix(room))
      guard part.readableBytes > room else { continue }
      guard cut != nil else { throw tooLarge }
      break
    }
    return bytes
  }
}

extension FetchPolicy {
  fileprivate var configuration: HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: TimeAmount(connectTime), read: TimeAmount(idleTime)),
      decompression: .enabled(limit: .size(bytes)))
    configuration.httpVersion = .automatic
    if let trustFile {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.trustRoots = .file(trustFile)
      configuration.tlsConfiguration = tls
    }
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.http1_1ConnectionDebugInitializer = { [bytes] in WireLimit.add(to: $0, pageSize: bytes) }
    configuration.http2ConnectionDebugInitializer = { [bytes] in WireLimit.add(to: $0, pageSize: bytes) }
    return configuration
  }
}

extension TimeAmount {
  fileprivate init(_ duration: Duration) {
    self = .milliseconds(max(1, Int64(clamping: Int(duration / .milliseconds(1)))))
  }
}
