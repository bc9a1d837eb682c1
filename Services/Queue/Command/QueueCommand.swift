package import ArgumentParser
internal import Daemon
internal import Logging
internal import Queue
internal import Record

/// The program of the queue.
package struct QueueCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "gongwen-queue",
    abstract: "Keeps documents until they are records or failures, and hands them from stage to stage.",
    version: programVersion)

  @OptionGroup var daemon: DaemonOptions
  @OptionGroup var options: QueueOptions

  package init() {}

  package func run() async throws {
    giveFreedMemoryBack()
    raiseDescriptorLimit()
    let logger = daemon.logger("queue")
    var configuration = try options.configuration(daemon)
    do {
      if options.makeKeys { try daemon.makeKeys(logger) }
      configuration.keys = daemon.keyRing(logger)
      let service = QueueService(configuration, logger: logger)
      try await runUntilDrained(logger, { try await service.run() }, onDrain: { service.stop() })
    } catch {
      logger.critical("\(error)")
      throw ExitCode(70)
    }
  }
}
