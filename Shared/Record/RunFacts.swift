/// The members of `run`, the only ones that may differ between two runs over the same document.
package struct RunFacts: Sendable {
  /// ISO 8601 in UTC.
  package var processedAt: String
  /// Seconds spent by stage, in order of the stages.
  package var seconds: [(stage: String, seconds: ExactDecimal)]
  package var attempts: Int
  package var version: String

  package init(
    processedAt: String, seconds: [(stage: String, seconds: ExactDecimal)], attempts: Int,
    version: String = programVersion
  ) {
    self.processedAt = processedAt
    self.seconds = seconds
    self.attempts = attempts
    self.version = version
  }

  func write(_ json: inout JSONWriter) {
    json.object { json in
      json.member("processed_at", processedAt)
      json.key("seconds")
      json.object { for entry in seconds { $0.member(entry.stage, entry.seconds) } }
      json.member("attempts", attempts)
      json.key("versions")
      json.object { $0.member("gongwen", version) }
    }
  }
}

/// The version of the program, as `--version` prints it.
package let programVersion = "0.1.0"
