package import ArgumentParser

/// `gongwen restart`.
package struct Restart: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "restart",
    abstract: "Restarts services (to come).")

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var rest: [String] = []

  package init() {}

  package func run() async throws {
    throw CommandFailure(
      .internalError,
      "'gongwen restart' comes in a later version; until then: gongwen down, then gongwen up -d.")
  }
}
