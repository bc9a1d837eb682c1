package import ArgumentParser
internal import Daemon
internal import Glibc
internal import Wire

/// `gongwen status`.
package struct Status: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says what waits, what is under way and what is done, by stage.",
    discussion: """
      Ends with 0 if the queue answers, else with 69; with --stage, with 0 only if that stage has a worker. So it serves as
      a health check. Of the documents accepted, each is pending, in flight, done (a record), failed or dead.
      """)

  @Flag(help: "Print the queue's report as one JSON object.")
  var json = false

  @Option(help: ArgumentHelp("Ask for a worker of this stage, and print nothing if there is one.", valueName: "name"))
  var stage: String?

  @OptionGroup var options: ClientOptions

  package init() {}

  package func run() async throws {
    let client = QueueClient(address: options.address)
    guard case .report(let json) = try client.ask(.status), let report = StatusReport(json) else {
      throw CommandFailure(.internalError, "the queue's answer is none that this version knows.")
    }
    if let stage { return try check(stage, report) }
    writeAll(STDOUT_FILENO, self.json ? json + [UInt8(ascii: "\n")] : Array((report.table + "\n").utf8))
  }

  private func check(_ name: String, _ report: StatusReport) throws(CommandFailure) {
    guard let found = report.stages.first(where: { $0.name == name }) else {
      let near = suggestion(for: name, among: report.stages.map(\.name))
      throw CommandFailure(.usage, "the queue has no stage '\(name)'\(near)")
    }
    guard found.stage.workers > 0 else {
      throw CommandFailure(
        .unreachable, "the stage '\(name)' has no worker. See 'gongwen ps' and 'gongwen logs \(name)'.")
    }
  }
}
