package import ArgumentParser

/// `gongwen scale`.
package struct Scale: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "scale",
    abstract: "Changes the number of processes of a stage (to come).")

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var rest: [String] = []

  package init() {}

  package func run() async throws {
    throw CommandFailure(
      .internalError,
      "'gongwen scale' comes in a later version; until then: gongwen down, then gongwen up -d --scale STAGE=N.")
  }
}
