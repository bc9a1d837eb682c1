package import ArgumentParser

/// `gongwen restart`: the processes of services anew.
package struct Restart: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "restart",
    abstract: "Starts the processes of services anew, one after the other.",
    discussion: """
      The next one is stopped when the one before is healthy again, so a service with two processes goes on working.
      Settings stay as they are: 'gongwen up -d' takes over what has changed in the Compose file.
      """)

  @Argument(help: "Services; all without one.")
  var services: [String] = []

  package init() {}

  package func run() async throws {
    try Running().restart(services)
    writeError("gongwen: restarted; all processes are healthy.")
  }
}
