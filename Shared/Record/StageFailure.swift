/// Why a document could not be processed: a stable code, whether another attempt may help, and a sentence that says
/// what to do next.
package struct StageFailure: Error, Sendable, Equatable {
  /// Stable codes; the wire page lists each with its meaning.
  package enum Code: String, Sendable, CaseIterable {
    case emptyInput = "empty_input"
    case inputTooLarge = "input_too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case unreadable = "unreadable"
    case noText = "no_text"
    case outOfTime = "out_of_time"
    case missingLayer = "missing_layer"
    case malformedLayer = "malformed_layer"
    case invalidURL = "invalid_url"
    case forbiddenAddress = "forbidden_address"
    case httpStatus = "http_status"
    case tooManyRedirects = "too_many_redirects"
    case connectFailed = "connect_failed"
    case timedOut = "timed_out"
    case robotsDisallowed = "robots_disallowed"
    case blocked = "blocked"
    case needsJavascript = "needs_javascript"
    case unchanged = "unchanged"
    case attemptsExhausted = "attempts_exhausted"
    case internalError = "internal_error"

    /// Whether another attempt may succeed without a change to the input.
    package var isRetryable: Bool {
      switch self {
      case .connectFailed, .timedOut, .internalError: true
      default: false
      }
    }
  }

  package var code: Code
  package var stage: String
  package var message: String
  package var isRetryable: Bool
  /// How long whoever was asked wants to be left alone before another attempt.
  package var retryAfter: Duration?

  package init(
    _ code: Code, stage: String, _ message: String, isRetryable: Bool? = nil, retryAfter: Duration? = nil
  ) {
    self.code = code
    self.stage = stage
    self.message = message
    self.isRetryable = isRetryable ?? code.isRetryable
    self.retryAfter = retryAfter
  }
}

/// A document that yielded no record, `gongwen.failure/1`.
package struct FailureRecord: Sendable {
  package var id: String
  package var source: Source
  package var stage: String
  package var code: String
  package var message: String
  package var attempts: Int
  /// ISO 8601 in UTC.
  package var failedAt: String

  package init(
    id: String, source: Source, stage: String, code: String, message: String, attempts: Int, failedAt: String
  ) {
    self.id = id
    self.source = source
    self.stage = stage
    self.code = code
    self.message = message
    self.attempts = attempts
    self.failedAt = failedAt
  }

  /// The failure as one line of JSON without the line's end.
  package var line: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "gongwen.failure/1")
      json.member("id", id)
      json.key("source")
      source.write(&json)
      json.member("stage", stage)
      json.member("code", code)
      json.member("message", message)
      json.member("attempts", attempts)
      json.member("failed_at", failedAt)
    }
    return json.bytes
  }
}
