package import ArgumentParser

/// `gongwen ps`.
package struct Ps: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "ps",
    abstract: "Lists the processes of the pipeline.")

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var rest: [String] = []

  package init() {}

  package func run() async throws {
    throw CommandFailure(
      .internalError,
      "'gongwen ps' comes with the next commits.")
  }
}
