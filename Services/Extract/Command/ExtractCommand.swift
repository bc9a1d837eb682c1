package import ArgumentParser
internal import Extract
internal import Record
internal import Worker

/// The worker of the stage `extract`.
package struct ExtractCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "gongwen-extract",
    abstract: "Finds entities, quantities and checks in a document, and makes its record.",
    discussion: """
      Takes documents from the queue, as many at a time as there is credit for, until SIGTERM or SIGINT: then it \
      finishes what it has started and gives back the rest. A second SIGINT ends it at once.
      """,
    version: programVersion)

  @OptionGroup(title: "Extract options") var extract: ExtractOptions
  @OptionGroup var options: WorkerOptions

  package init() {}

  package func run() async throws {
    try await runWorker(ExtractStage(redaction: extract.redact, now: timestampNow), options)
  }
}
