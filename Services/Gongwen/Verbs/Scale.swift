package import ArgumentParser

/// `gongwen scale`: more or fewer processes of a stage.
package struct Scale: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "scale",
    abstract: "Changes the number of processes of services of the pipeline that runs.",
    discussion: """
      Returns when the new processes are healthy and the others have ended; these finish the document that they have in
      hand, and give back what they have not begun. A sink that is stopped keeps the lines that it has written; documents
      that were given to it wait until there is a sink of that number again.
      """)

  @Argument(help: ArgumentHelp("A service and its number of processes, from 0 to 256.", valueName: "service=n"))
  var counts: [String]

  package init() {}

  package func run() async throws {
    var running = try Running()
    try running.scale(try Launch.counts(counts))
    writeError("gongwen: \(running.plan.instances.count) processes are running and healthy.")
  }
}
