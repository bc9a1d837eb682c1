package import ArgumentParser
internal import Record
internal import Segment
internal import Worker

/// The worker of the stage `segment`.
package struct SegmentCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "gongwen-segment",
    abstract: "Finds the outline and the sentences of a document.",
    discussion: """
      Takes documents from the queue, as many at a time as there is credit for, until SIGTERM or SIGINT: then it \
      finishes what it has started and gives back the rest. A second SIGINT ends it at once.
      """,
    version: programVersion)

  @OptionGroup var options: WorkerOptions

  package init() {}

  package func run() async throws { try await runWorker(SegmentStage(), options) }
}
