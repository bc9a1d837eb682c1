package import ArgumentParser

/// `gongwen up`.
package struct Up: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "up",
    abstract: "Starts the pipeline that a Compose file describes.")

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var rest: [String] = []

  package init() {}

  package func run() async throws {
    throw CommandFailure(
      .internalError,
      "'gongwen up' comes with the next commits.")
  }
}
