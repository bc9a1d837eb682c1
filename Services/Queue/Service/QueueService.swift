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
    for folder in [home.path, home.queue, home.run] { try makeFolder(folder) }
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
    var desk = Desk(
      broker: Broker(configuration.topology, configuration.limits, recovered: recovered, now: .now), sockets: sockets,
      thread: thread, logger: logger)
    logger.info(
      "is ready",
      metadata: [
        "clients": "\(configuration.address.clients)", "workers": "\(configuration.address.workers)",
        "epoch": "\(recovered.epoch)", "pending": "\(recovered.backlog.values.reduce(0) { $0 + $1.count })",
      ])
    while !isStopping.load(ordering: .sequentiallyConsistent) { try desk.turn() }
    thread.post([.stop])
    try desk.finish()
  }
}

/// Makes a folder, with those above it, that only its owner may enter; it outlives a power loss, as does each one made.
private func makeFolder(_ path: String) throws {
  var above = path.hasPrefix("/") ? "/" : "."
  let parts = path.split(separator: "/")
  for (place, part) in parts.enumerated() {
    let folder = above == "/" ? "/\(part)" : "\(above)/\(part)"
    let isNew = unsafe mkdir(folder, 0o700) == 0
    guard isNew || errno == EEXIST else { throw InstanceLock.Unusable.last(folder) }
    // Whoever made the last one before, the launcher perhaps, need not have synced it, nor may everybody read above it.
    if isNew { try sync(above) } else if place == parts.count - 1 { try? sync(above) }
    above = folder
  }
}

/// Waits until the names in a folder are on the disk.
private func sync(_ folder: String) throws {
  let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw InstanceLock.Unusable.last(folder) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else { throw InstanceLock.Unusable.last(folder) }
}

extension InstanceLock.Unusable {
  /// With the last error of the C library as its reason.
  fileprivate static func last(_ path: String) -> Self {
    Self(path: path, reason: unsafe String(cString: strerror(errno)))
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
