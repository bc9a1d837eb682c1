package import ArgumentParser

/// `gongwen config`.
package struct Config: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Prints the configuration that is in force (to come).")

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var rest: [String] = []

  package init() {}

  package func run() async throws {
    throw CommandFailure(
      .internalError,
      "'gongwen config' comes in a later version; 'gongwen up' checks the file before it starts anything.")
  }
}
