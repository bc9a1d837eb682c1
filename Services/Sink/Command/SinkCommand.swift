package import ArgumentParser
internal import Record
internal import Sink

/// The program of the sink.
package struct SinkCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "gongwen-sink",
    abstract: "Writes finished records and failures as NDJSON, and serves them to 'gongwen tail'.",
    discussion: """
      Each line is on the disk before its document counts as done. A line that comes again is recognised and not written
      twice. SIGTERM and Ctrl-C let it finish what it holds.
      """,
    version: programVersion)

  @OptionGroup var options: SinkOptions

  package init() {}

  package func run() async throws { try await runSink(options) }
}
