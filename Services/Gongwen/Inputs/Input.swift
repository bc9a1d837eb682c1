package import Record

/// One thing that a command was given to process: a document, or why there is none.
package enum Input: Sendable, Equatable {
  case document(InputDocument)
  case failure(InputFailure)
  /// A sentence on files of a folder that were passed over: no failure.
  case note(String)
}

/// A document as its producer has it: bytes, or the URL that a fetch worker is to get them from.
package struct InputDocument: Sendable, Equatable {
  package var source: Source
  /// Nil for a URL.
  package var raw: [UInt8]?

  package init(source: Source, raw: [UInt8]?) {
    self.source = source
    self.raw = raw
  }

  /// The layers with which it enters the pipeline.
  package var layers: Layers {
    var layers = Layers()
    layers.append("source", source.layer)
    if let raw { layers.append("raw", raw) }
    return layers
  }

  /// The record's id: of URI, a NUL and the bytes; of URI and a NUL for a URL, whose bytes are not known yet.
  package var id: String { sha256(Array(source.uri.utf8), [0], raw ?? []).hexadecimal }
}

/// An input that cannot be read, with its URI; for a line of standard input without one, `stdin:` and the line's number.
package struct InputFailure: Error, Sendable, Equatable {
  package var uri: String
  package var failure: StageFailure

  init(_ code: StageFailure.Code, uri: String, _ message: String) {
    self.uri = uri
    failure = StageFailure(code, stage: "read", message, isRetryable: false)
  }

  /// The failure as it stands in a stream of failures.
  ///
  /// - Parameter failedAt: ISO 8601 in UTC.
  package func record(failedAt: String) -> FailureRecord {
    FailureRecord(
      id: sha256(Array(uri.utf8), [0]).hexadecimal, source: Source(uri: uri), stage: failure.stage,
      code: failure.code.rawValue, message: failure.message, attempts: 1, failedAt: failedAt)
  }
}
