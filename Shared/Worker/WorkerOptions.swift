package import ArgumentParser
package import Daemon

/// What a worker can be told.
package struct WorkerOptions: ParsableArguments {
  @OptionGroup(title: "Process options") package var daemon: DaemonOptions

  @Option(help: "Documents that are processed at a time; by default as many as the stage is made for.")
  package var concurrency: Int?

  @Option(help: "Documents that wait in this process beside those, so that it need not wait for the queue.")
  package var prefetch: Int = 4

  @Option(help: "Seconds that one document may take; then it fails with the code out_of_time.")
  package var timeLimit: Int = 120

  @Option(help: "Bytes that one document may have, all its layers together; else it fails with input_too_large.")
  package var maximumDocument: Int = 256 << 20

  package init() {}

  package mutating func validate() throws {
    for (name, value, least) in [
      ("concurrency", concurrency ?? 1, 1), ("prefetch", prefetch, 0), ("time-limit", timeLimit, 1),
      ("maximum-document", maximumDocument, 1),
    ] where value < least {
      throw ValidationError("--\(name) is \(value), but must be at least \(least).")
    }
  }

  func plan(stage: String, concurrency usual: Int) -> SessionPlan {
    var plan = SessionPlan(stage: stage, name: daemon.name(stage))
    plan.slots = concurrency ?? usual
    plan.prefetch = prefetch
    plan.timeLimit = .seconds(timeLimit)
    plan.maximumDocument = maximumDocument
    return plan
  }
}
