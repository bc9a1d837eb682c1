package import ArgumentParser

/// `gongwen dlq`.
package struct DeadLetters: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "dlq",
    abstract: "Lists, shows, retries and drops dead letters (to come).")

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var rest: [String] = []

  package init() {}

  package func run() async throws {
    throw CommandFailure(
      .internalError,
      "'gongwen dlq' comes in a later version; 'gongwen status' says how many dead letters there are.")
  }
}
