internal import Daemon
internal import Disk
private import Glibc
package import Logging
internal import Synchronization
internal import Wire
internal import ZeroMQ

/// The queue as a process: one thread for the sockets and the broker, one for the ledger.
package final class QueueService: Sendable {
  private let configuration: QueueConfiguration
  private let logger: Logger
  private let isStopping = Atomic<Bool>(false)
  private let wakeUp = Mutex<WakeUp?>(nil)

  package init(_ configuration: QueueConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
  }

  /// Serves until `stop`, and returns when all that was taken is committed and answered.
  ///
  /// Throws before the first message if the folder is in use, or the ledger or an address cannot be used; later if the
  /// ledger is found to be damaged. Nothing that was acknowledged is lost by it.
  package func run() async throws {
    let home = configuration.home
    for folder in [home.path, home.queue, home.run] { _ = try Folder(folder, mode: 0o700) }
    try Folder(home.run).keepToOwner()
    let lock = try InstanceLock(folder: home.queue)
    let ledger = try SQLiteLedger.opened(
      folder: home.queue, keepingFinished: configuration.keepFinished, logger)
    let recovered = try ledger.start(configuration.topology)
    let thread = LedgerThread(ledger, folder: home.queue, logger: logger)
    wakeUp.withLock { $0 = thread.events.wakeUp }
    async let commits: Void = DedicatedThread.run("ledger") { () throws in
      // Whatever ends this thread ends the other.
      defer { self.stop() }
      try thread.run()
    }
    do {
      try await DedicatedThread.run("sockets") { () throws in try self.serve(thread, recovered) }
    } catch {
      thread.post([.stop])
      throw error
    }
    try await commits
    withExtendedLifetime(lock) {}
  }

  /// Asks `run` to end; any thread may.
  package func stop() {
    isStopping.store(true, ordering: .sequentiallyConsistent)
    wakeUp.withLock { $0 }?.signal()
  }

  private func serve(_ thread: LedgerThread, _ recovered: Recovered) throws {
    let sockets = try QueueSockets(configuration, wakeUp: thread.events.wakeUp)
    let board = Board()
    let server = try configuration.http.map { try HTTPServer($0, board) }
    defer { server?.stop() }
    var broker = Broker(configuration.topology, configuration.limits, recovered: recovered, now: .now)
    broker.http = server?.url
    var desk = Desk(
      broker: broker, sockets: sockets, thread: thread, board: server == nil ? nil : board, logger: logger)
    logger.info(
      "is ready",
      metadata: [
        "clients": "\(configuration.address.clients)", "workers": "\(configuration.address.workers)",
        "http": "\(server?.url ?? "off")", "epoch": "\(recovered.epoch)",
        "pending": "\(recovered.backlog.values.reduce(0) { $0 + $1.count })",
      ])
    becomeReady()
    while !isStopping.load(ordering: .sequentiallyConsistent) { try desk.turn() }
    thread.post([.stop])
    try desk.finish()
  }
}

extension Moment {
  /// The clocks of this machine.
  static var now: Moment { Moment(uptime: milliseconds(CLOCK_MONOTONIC), wall: milliseconds(CLOCK_REALTIME)) }

  private static func milliseconds(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  }
}
