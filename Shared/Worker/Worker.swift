private import ArgumentParser
private import Daemon
private import Glibc
private import Logging
package import Record
private import Wire
private import ZeroMQ

/// Runs a stage for a queue until a signal asks it to end: the whole of a worker's main.
///
/// - Parameter concurrency: documents at a time unless the options say otherwise: 1 for a stage that computes, more for
///   one that waits.
/// - Throws: the exit status 70 if the queue does not take the worker or its address cannot be used; the log says why.
package func runWorker(_ stage: some Stage, _ options: WorkerOptions, concurrency: Int = 1) async throws {
  let plan = options.plan(stage: stage.name, concurrency: concurrency)
  let address = options.daemon.queueAddress.workers
  let logger = options.daemon.logger(stage.name)
  let mailbox = Mailbox<Session.Event>()
  do {
    try await run(stage, plan, address, options.daemon.keyRing(logger), mailbox, logger)
  } catch {
    logger.critical("\(error)")
    throw ExitCode(70)
  }
}

private func run(
  _ stage: some Stage, _ plan: SessionPlan, _ address: String, _ keys: (any KeyRing)?,
  _ mailbox: Mailbox<Session.Event>, _ logger: Logger
) async throws {
  try await runUntilDrained(logger) {
    logger.info("starts", metadata: ["queue": "\(address)", "slots": "\(plan.slots)"])
    let ending = try await DedicatedThread.run("sockets") { () throws(SocketError) in
      var loop = SessionLoop(plan, stage: stage, address: address, keys: keys, mailbox: mailbox, logger: logger)
      return try loop.run()
    }
    switch ending {
    case .drained: logger.info("has drained")
    case .refused(let error): throw WorkerFailure.refused(address: address, reason: error.message)
    case .stuck:
      logger.error("ends because a document keeps its stage busy beyond its time")
      // Not by returning: the busy stage may hold every thread that a return would need.
      _exit(70)
    }
  } onDrain: {
    mailbox.post(.drain)
  }
}

/// Why a worker cannot work.
private enum WorkerFailure: Error, CustomStringConvertible {
  case refused(address: String, reason: String)

  var description: String {
    switch self {
    case .refused(let address, let reason): "The queue at \(address) does not take this worker: \(reason)"
    }
  }
}
