private import Glibc
package import Logging
private import ServiceLifecycle
private import UnixSignals

/// Runs a process until its work ends, or until SIGTERM or SIGINT asks for that.
///
/// - Parameters:
///   - work: what the process does; it returns when it has drained, or throws what makes the process fail.
///   - drain: called once, from any thread, when a signal asks the work to end. A second SIGINT ends the process at once.
package func runUntilDrained(
  _ logger: Logger, _ work: @escaping @Sendable () async throws -> Void, onDrain drain: @escaping @Sendable () -> Void
) async throws {
  let service = DrainingService(work: work) {
    logger.info("is asked to end and drains")
    tellServiceManager("STOPPING=1")
    signal(SIGINT, SIG_DFL)
    drain()
  }
  try await ServiceGroup(
    configuration: ServiceGroupConfiguration(
      services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }
    )
  ).run()
}

private struct DrainingService: Service {
  let work: @Sendable () async throws -> Void
  let drain: @Sendable () -> Void

  func run() async throws { try await withGracefulShutdownHandler(operation: work, onGracefulShutdown: drain) }
}
