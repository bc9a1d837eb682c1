package import ArgumentParser
internal import FoundationEssentials
internal import Wire

/// `gongwen down`: stops the pipeline.
package struct Down: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "down",
    abstract: "Drains and stops the pipeline.",
    discussion: "Returns when all processes have ended. Documents that are not finished stay on the queue.")

  package init() {}

  package func run() async throws {
    let home = Home(environment: ProcessInfo.processInfo.environment)
    guard let answer = try ControlSocket.ask(.down, folder: home.run) else {
      return writeError("gongwen: no pipeline is running in \(home.path).")
    }
    guard !answer.isEmpty else {
      throw CommandFailure(.internalError, "the supervisor ended before its services; see \(home.logs)/supervisor.log.")
    }
  }
}
