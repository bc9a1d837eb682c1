internal import Record

/// The line of a document that yielded no record, as the pipeline's failures stream has it.
func failureLine(_ failure: StageFailure, source: Source, raw: [UInt8]) -> [UInt8] {
  FailureRecord(
    id: sha256(Array(source.uri.utf8), [0], raw).hexadecimal, source: source, stage: failure.stage,
    code: failure.code.rawValue, message: failure.message, attempts: 1, failedAt: timestampNow()
  ).line
}
