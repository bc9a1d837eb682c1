package import ArgumentParser

/// `gongwen logs`.
package struct Logs: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Shows the logs of the pipeline.")

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var rest: [String] = []

  package init() {}

  package func run() async throws {
    throw CommandFailure(
      .internalError,
      "'gongwen logs' comes with the next commits.")
  }
}
