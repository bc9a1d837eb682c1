internal import Clean
internal import Extract
internal import Fetch
internal import Record
internal import Segment

/// All stages over one document in this process: the same functions that the workers run, so that the record has the
/// same bytes but for `run`.
struct InProcess: Sendable {
  /// The last stage to run, and the members that the record then has.
  enum Stop: String, Sendable, CaseIterable { case clean, segment, extract }

  /// What became of a document: a line of either stream, without the line's end.
  enum Outcome: Sendable, Equatable {
    case record([UInt8])
    case failure([UInt8], StageFailure, uri: String)
  }

  private let stages: [any Stage]
  private let stop: Stop
  private let timeLimit: Duration

  /// - Parameters:
  ///   - redaction: what is masked in the records.
  ///   - timeLimit: for one document in one stage; fetch has limits of its own.
  init(until stop: Stop = .extract, fetch: FetchPolicy, redaction: Redaction = [], timeLimit: Duration) {
    let extract = ExtractStage(redaction: redaction, now: timestampNow)
    let all: [any Stage] = [FetchStage(fetch), CleanStage(), SegmentStage(), extract]
    let last = all.firstIndex { $0.name == stop.rawValue } ?? all.count - 1
    stages = Array(all[...last])
    self.stop = stop
    self.timeLimit = timeLimit
  }

  /// The record of a document, or why there is none; a failure of one never stops others.
  func process(_ document: Layers) async -> Outcome {
    var layers = document
    do throws(StageFailure) {
      let seconds = try await runStages(&layers)
      if let line = layers["record"] { return .record(line) }
      return .record(try line(of: layers, seconds: seconds))
    } catch {
      let source = (try? Source(layers, stage: error.stage)) ?? Source(uri: "")
      return .failure(failureLine(error, source: source, raw: layers["raw"] ?? []), error, uri: source.uri)
    }
  }

  private func runStages(
    _ layers: inout Layers
  ) async throws(StageFailure) -> [(stage: String, seconds: ExactDecimal)] {
    var context = StageContext()
    let clock = ContinuousClock()
    for stage in stages {
      let isFetch = stage.name == "fetch"
      if isFetch, layers["raw"] != nil { continue }
      let start = clock.now
      layers.append(try await isFetch ? stage.process(layers, context) : limited(stage, layers, context))
      context.seconds.append((stage.name, ExactDecimal(microseconds: start.duration(to: clock.now))))
    }
    return context.seconds
  }

  /// The result of a stage, or `out_of_time`: a stage that does not notice the end of its time is left behind.
  private func limited(
    _ stage: any Stage, _ layers: Layers, _ context: StageContext
  ) async throws(StageFailure) -> Layers {
    let result = await firstResult(within: timeLimit) { () async -> Result<Layers, StageFailure> in
      do throws(StageFailure) {
        return .success(try await stage.process(layers, context))
      } catch {
        return .failure(error)
      }
    }
    guard let result else {
      throw StageFailure(
        .outOfTime, stage: stage.name, "The document took longer than \(timeLimit.components.seconds) s in this stage.")
    }
    return try result.get()
  }

  private func line(
    of layers: Layers, seconds: [(stage: String, seconds: ExactDecimal)]
  ) throws(StageFailure) -> [UInt8] {
    let record = try DocumentRecord(layers, stage: stop.rawValue)
    let run = RunFacts(processedAt: timestampNow(), seconds: seconds, attempts: 1)
    return record.line(run: run, extra: layers.foreign.map { ($0.name, $0.bytes) }, through: stop.extent)
  }
}

extension InProcess.Stop {
  var extent: DocumentRecord.Extent {
    switch self {
    case .clean: .clean
    case .segment: .segment
    case .extract: .extract
    }
  }
}
