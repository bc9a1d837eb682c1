package import ArgumentParser

/// `gongwen down`.
package struct Down: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "down",
    abstract: "Drains and stops the pipeline.")

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var rest: [String] = []

  package init() {}

  package func run() async throws {
    throw CommandFailure(
      .internalError,
      "'gongwen down' comes with the next commits.")
  }
}
