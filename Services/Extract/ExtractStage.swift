package import Record

/// The stage `extract`, the last one before the sink: layers `text`, `clean` and `segment` in, the finished line of the
/// record out, with the layers of foreign stages in it.
package struct ExtractStage: Stage {
  package let name = "extract"
  private let extractor = Extractor()
  private let redaction: Redaction
  private let now: @Sendable () -> String

  /// - Parameters:
  ///   - redaction: what is masked in the record.
  ///   - now: the time for `run.processed_at`, ISO 8601 in UTC.
  package init(redaction: Redaction = [], now: @escaping @Sendable () -> String) {
    self.redaction = redaction
    self.now = now
  }

  package func process(_ input: Layers, _ context: StageContext) async throws(StageFailure) -> Layers {
    let clock = ContinuousClock()
    let start = clock.now
    var record = try DocumentRecord(input, stage: name)
    extractor.extract(&record)
    record.redact(redaction)
    let seconds = context.seconds + [(name, ExactDecimal(microseconds: start.duration(to: clock.now)))]
    let run = RunFacts(processedAt: now(), seconds: seconds, attempts: context.attempt)
    var layers = Layers()
    layers.append("record", record.line(run: run, extra: input.foreign.map { ($0.name, $0.bytes) }))
    return layers
  }
}
