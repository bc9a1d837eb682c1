package import ArgumentParser
internal import Daemon
internal import Wire

/// `gongwen tap`.
package struct Tap: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tap",
    abstract: "Shows documents as they pass a stage, a sample of them.",
    discussion: """
      Nothing waits for it: what comes faster than --rate is not shown. Each line has the time, the job, what became of it
      (passed, retried, failed, dead), the stage's own time, the bytes in and out, and the document. Ends with Ctrl-C.
      """)

  @Argument(help: ArgumentHelp("The stage, as 'gongwen status' names it.", valueName: "stage"))
  var stage: String

  @Option(help: ArgumentHelp("Show one of so many documents.", valueName: "n"))
  var sample: UInt64 = 1

  @Option(help: ArgumentHelp("Documents a second at most, 1 to 256.", valueName: "n"))
  var rate: UInt64 = 20

  @Option(name: [.customShort("n"), .long], help: ArgumentHelp("End after so many documents.", valueName: "n"))
  var count: Int?

  @Option(
    help: ArgumentHelp(
      "Show a layer of each document: source, text, or what the stage adds; may be repeated. Up to 256 KiB of it.",
      valueName: "layer"))
  var show: [String] = []

  @Flag(help: "Print one JSON object a line.")
  var json = false

  @OptionGroup var options: ClientOptions

  package init() {}

  package func validate() throws {
    guard sample >= 1 else { throw ValidationError("--sample is \(sample); it must be 1 or more.") }
    guard 1...256 ~= rate else { throw ValidationError("--rate is \(rate); it must be between 1 and 256.") }
    guard count ?? 1 >= 1 else { throw ValidationError("--count is \(count ?? 0); it must be 1 or more.") }
  }

  package func run() async throws {
    try checkStage()
    let run = TapRun(
      address: options.address, stage: stage, every: sample, rate: rate, layers: show, count: count)
    try run.run { event, layers in
      let line = TapLine(json: event, layers: layers)
      writeOutput(json ? line.line : Array(line.text.utf8))
    }
  }

  private func checkStage() throws(CommandFailure) {
    let reply = try QueueClient(address: options.address).ask(.status)
    guard case .report(let json) = reply, let report = StatusReport(json) else { throw CommandFailure.strange(reply) }
    let names = report.stages.map(\.name)
    guard !names.contains(stage) else { return }
    throw CommandFailure(.usage, "the queue has no stage '\(stage)'\(suggestion(for: stage, among: names))")
  }
}
