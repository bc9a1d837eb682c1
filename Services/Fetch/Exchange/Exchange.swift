internal import AsyncHTTPClient
private import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import Record

/// A page that a server gave.
struct Page: Sendable {
  let address: String
  let status: Int
  let contentType: ContentType?
  let etag: String?
  let lastModified: String?
  let bytes: [UInt8]
}

/// One request and its answer.
struct Exchange {
  enum Answer { case page(Page), redirect(location: String) }

  private let target: Target
  private let policy: FetchPolicy

  init(_ target: Target, _ policy: FetchPolicy) {
    self.target = target
    self.policy = policy
  }

  /// Asks the addresses of the host in turn until one can be connected to.
  func run() async throws(StageFailure) -> Answer {
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
  private func ask(_ address: String) async throws(StageFailure) -> Answer {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: TimeAmount(policy.connectTime), read: TimeAmount(policy.idleTime)),
      decompression: .enabled(limit: .size(policy.bytes)))
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    if address != target.host { configuration.dnsOverride = [target.host: address] }
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
    request.headers.add(name: "Accept", value: "text/html, text/plain;q=0.9, */*;q=0.5")
    request.headers.add(name: "Accept-Language", value: "zh-CN, zh;q=0.9, *;q=0.5")
    request.headers.add(name: "Accept-Encoding", value: "gzip, deflate")
    return request
  }

  private func answer(_ response: HTTPClientResponse) async throws -> Answer {
    let status = Int(response.status.code)
    if [301, 302, 303, 307, 308].contains(status), let location = response.headers.first(name: "Location") {
      return .redirect(location: location)
    }
    guard 200..<300 ~= status else { throw failure(status: status) }
    return .page(
      Page(
        address: target.text, status: status,
        contentType: response.headers.first(name: "Content-Type").flatMap(ContentType.init),
        etag: response.headers.first(name: "ETag"), lastModified: response.headers.first(name: "Last-Modified"),
        bytes: try await bytes(of: response)))
  }

  private func bytes(of response: HTTPClientResponse) async throws -> [UInt8] {
    if let length = response.headers.first(name: "Content-Length").flatMap({ Int($0) }), length > policy.bytes {
      throw tooLarge
    }
    var bytes: [UInt8] = []
    for try await part in response.body {
      guard bytes.count + part.readableBytes <= policy.bytes else { throw tooLarge }
      bytes.append(contentsOf: part.readableBytesView)
    }
    return bytes
  }
}

// MARK: Failures

extension Exchange {
  private var tooLarge: StageFailure {
    failure(.inputTooLarge, "has more than the \(policy.bytes) bytes that are fetched")
  }

  private func failure(_ code: StageFailure.Code, _ reason: String, isRetryable: Bool? = nil) -> StageFailure {
    StageFailure(code, stage: "fetch", "\(target.text) \(reason).", isRetryable: isRetryable)
  }

  private func failure(status: Int) -> StageFailure {
    let isRetryable = [408, 425, 429].contains(status) || 500..<600 ~= status
    return failure(.httpStatus, "was answered with the status \(status)", isRetryable: isRetryable)
  }

  private func failure(for error: any Error) -> StageFailure {
    switch error {
    case let failure as StageFailure: failure
    case is NIOHTTPDecompression.DecompressionError: tooLarge
    case let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout:
      failure(.timedOut, "did not answer in time")
    case let error as HTTPClientError where error == .connectTimeout:
      failure(.connectFailed, "could not be connected to in time")
    case is CancellationError: failure(.timedOut, "was given up")
    case let error as IOError:
      failure(.connectFailed, "could not be connected to: \(unsafe String(cString: strerror(error.errnoCode)))")
    case is HTTPParserError: failure(.connectFailed, "answered something that is not HTTP: \(error)")
    default: failure(.connectFailed, "could not be read: \(error)")
    }
  }
}

extension TimeAmount {
  fileprivate init(_ duration: Duration) {
    self = .milliseconds(max(1, Int64(clamping: Int(duration / .milliseconds(1)))))
  }
}
