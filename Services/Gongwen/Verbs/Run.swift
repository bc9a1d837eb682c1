package import ArgumentParser

/// `gongwen run`.
package struct Run: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Processes documents in this process: no queue, no sockets, all cores.")

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var rest: [String] = []

  package init() {}

  package func run() async throws {
    throw CommandFailure(
      .internalError,
      "'gongwen run' comes with the next commits.")
  }
}
