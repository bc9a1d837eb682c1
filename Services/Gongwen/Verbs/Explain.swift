package import ArgumentParser

/// `gongwen explain`.
package struct Explain: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows the text of a document with every finding and the rules behind it.")

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var rest: [String] = []

  package init() {}

  package func run() async throws {
    throw CommandFailure(
      .internalError,
      "'gongwen explain' comes with the next commits.")
  }
}
