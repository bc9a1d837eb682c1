internal import AsyncHTTPClient
private import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import Record

extension Exchange {
  var tooLarge: StageFailure {
    failure(.inputTooLarge, "has more than the \(policy.bytes) bytes that are fetched")
  }

  var unchanged: StageFailure { failure(.unchanged, "has not changed since the document that its producer names") }

  func failure(_ code: StageFailure.Code, _ reason: String, isRetryable: Bool? = nil) -> StageFailure {
    StageFailure(code, stage: "fetch", "\(target.text) \(reason).", isRetryable: isRetryable)
  }

  /// What a status other than success means: `blocked` where a challenge or a login comes with it, else `http_status`.
  func failure(_ response: HTTPClientResponse) async -> StageFailure {
    let status = Int(response.status.code)
    if status == 401 { return failure(.blocked, "was answered with the status 401: it wants a login") }
    if Obstacle.statuses.contains(status), let start = try? await bytes(of: response, cut: 1 << 16),
      PageSigns(start).hasScript
    {
      return failure(.blocked, "was answered with the status \(status) and a script: it tells browsers from programs")
    }
    let isRetryable = [408, 425, 429].contains(status) || 500..<600 ~= status
    var failure = failure(.httpStatus, "was answered with the status \(status)", isRetryable: isRetryable)
    failure.retryAfter = isRetryable ? response.headers.first(name: "Retry-After").flatMap { retryAfter($0) } : nil
    return failure
  }

  func failure(for error: any Error) -> StageFailure {
    switch error {
    case let failure as StageFailure: failure
    case is NIOHTTPDecompression.DecompressionError, is WireLimit.Exceeded: tooLarge
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
