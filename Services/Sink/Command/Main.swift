import ArgumentParser
import Record
import Sink

@main
struct Command: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gongwen-sink",
    abstract: "Writes finished records and failures as NDJSON, and serves them to 'gongwen tail'.",
    discussion: """
      Each line is on the disk before its document counts as done. A line that comes again is recognised and not written
      twice. SIGTERM and Ctrl-C let it finish what it holds.
      """,
    version: programVersion)

  @OptionGroup var options: SinkOptions

  func run() async throws { try await runSink(options) }
}
