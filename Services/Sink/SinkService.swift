private import Daemon
private import Logging
private import Wire
private import Worker
private import ZeroMQ

/// Runs a sink until a signal asks it to end: the whole of its main.
///
/// - Throws: `SinkFailure` if the partition cannot be written or the queue does not take the sink, `SocketError` if an
///   address cannot be used.
package func runSink(_ options: SinkOptions) async throws {
  giveFreedMemoryBack()
  raiseDescriptorLimit()
  let logger = options.daemon.logger("sink")
  let mailbox = Mailbox<Session.Event>()
  try await runUntilDrained(logger) {
    let ending = try await DedicatedThread.run("sockets") { () throws(SinkFailure) in
      var loop = try SinkLoop.start(options, mailbox: mailbox, logger: logger)
      return try loop.run()
    }
    if case .refused(let error) = ending {
      throw SinkFailure.refused(address: options.daemon.queueAddress.workers, reason: error.message)
    }
    logger.info("has drained")
  } onDrain: {
    mailbox.post(.drain)
  }
}
