internal import Keys
internal import CProcess
internal import Daemon
internal import FoundationEssentials
internal import Glibc
internal import Logging
internal import Record
internal import Wire

/// Keeps the processes of a plan alive until it is told to stop. One thread waits for signals, for other `gongwen`
/// processes, for lines in the logs, and for the queue's word on who is well.
///
/// The decisions are in `Fleet`; this is the hand that carries them out.
final class Supervisor {
  typealias Milliseconds = InstanceState.Milliseconds

  private var fleet: Fleet
  private let start = SuspendingClock.now
  private let home: Home
  private let logger: Logger
  private let lock: Int32
  private let control: Int32
  private let signals: Int32
  private let probe: HealthProbe
  private let checks = CheckRunner()
  private let keeper: LogKeeper
  private let follower: LogFollower?
  /// Told once when all is healthy, or when nothing good is to be expected.
  private var announce: ((Announcement) -> Void)?
  private var callers: [Int32] = []
  private var leaving: [Int32] = []
  /// Those who wait until all is as the plan wants it.
  private var awaiting: [Int32] = []
  private let inherited = ProcessInfo.processInfo.environment.filter { !Plan.isSetting($0.key) }
  private var interrupts = 0

  enum Announcement: Equatable {
    case healthy
    case hopeless(String)
  }

  /// - Parameters:
  ///   - lock: the descriptor of the home's lock, which the children hold as well.
  ///   - follower: shows the logs meanwhile, where the terminal is ours.
  init(
    _ plan: Plan, home: Home, queue: QueueAddress, lock: Int32, logger: Logger, follower: LogFollower?,
    announce: @escaping (Announcement) -> Void
  ) throws(CommandFailure) {
    fleet = Fleet(plan)
    self.home = home
    self.lock = lock
    self.logger = logger
    self.follower = follower
    keeper = LogKeeper(folder: home.logs, logger: logger)
    self.announce = announce
    probe = HealthProbe(
      queue, keys: PipelineKeys(option: nil, home: home, environment: plan.environmentOfQueue ?? [:]))
    control = try ControlSocket.listen(folder: home.run)
    signals = signal_descriptor()
  }

  /// Returns when all processes have ended after they were asked to.
  func run() {
    while !fleet.isOver {
      let now = uptime()
      carryOut(fleet.orders(at: now), now)
      if let workers = probe.listen(at: now) { fleet.heard(workers: workers) }
      probe.ask(at: now)
      checks.turn(at: now)
      keepLogs()
      announceNews()
      answerAwaiting()
      wait(until: now)
    }
    announceNews()
    for caller in leaving { end(caller, "stopped") }
    unsafe unlink(ControlSocket.path(home.run))
    follower?.show()
    close(control)
  }

  private func carryOut(_ orders: [Fleet.Order], _ now: Milliseconds) {
    for order in orders {
      let plan = fleet.instances[order.place].plan
      switch order.action {
      case .start: start(order.place, plan, now)
      case .check: check(plan, now)
      case .signal(let pid, let signal):
        if signal == .kill { logger.warning("\(plan.name) did not end in time and is killed") }
        kill(-pid, signal.number)
      }
    }
  }

  private func start(_ place: Int, _ plan: Plan.Instance, _ now: Milliseconds) {
    LogFile(folder: home.logs, name: plan.name).prepare()
    let child = Child(
      command: plan.command, environment: inherited.merging(plan.environment) { $1 },
      folder: plan.folder,
      output: .file("\(home.logs)/\(plan.name).log"), kept: lock)
    switch child.start() {
    case .success(let pid):
      logger.info("starts \(plan.name)", metadata: ["pid": "\(pid)"])
      fleet.started(place, pid: pid, at: now, time: timestampNow())
    case .failure(let failure):
      logger.error("cannot start \(plan.name)", metadata: ["error": "\(failure.message)"])
      fleet.failedToStart(place, failure.message, at: now)
    }
  }

  private func keepLogs() {
    for instance in fleet.instances { keeper.keep(instance.plan.name, instance.plan.log) }
    keeper.keep("supervisor", ComposeFile.LogLimits())
  }

  private func check(_ plan: Plan.Instance, _ now: Milliseconds) {
    guard let check = plan.health else { return }
    let failure = checks.start(
      check, of: plan.name, environment: inherited.merging(plan.environment) { $1 }, folder: plan.folder, at: now)
    if let failure { checked(plan.name, failure) }
  }

  private func checked(_ name: String, _ result: Checkup.Result) {
    if !result.isGood { logger.warning("\(name) is not found well", metadata: ["check": "\(result.text)"]) }
    fleet.checked(name, result, at: uptime())
  }

  private func announceNews() {
    guard let announce, let news else { return }
    announce(news)
    self.announce = nil
    giveBackPagesOfStart()
  }

  /// Whether all is as it should be, or will not be; nil while that is open.
  private var news: Announcement? {
    if fleet.isSettled { return .healthy }
    return fleet.hopeless.map { instance in
      let reason =
        instance.healthText.map { "is unhealthy (\($0))" } ?? instance.lastExit ?? "does not run"
      return .hopeless("\(instance.plan.name) \(reason); see \(home.logs)/\(instance.plan.name).log.")
    }
  }

  private func answerAwaiting() {
    guard !awaiting.isEmpty, let news = fleet.isStopping ? .hopeless("the pipeline is being stopped.") : news else {
      return
    }
    for caller in awaiting {
      switch news {
      case .healthy: end(caller, "done")
      case .hopeless(let reason): end(caller, reason)
      }
    }
    awaiting = []
  }

  private func end(_ caller: Int32, _ word: String) {
    writeAll(caller, Array((word + "\n").utf8))
    close(caller)
  }

  private func wait(until now: Milliseconds) {
    let descriptors = [signals, control] + (follower.map { [$0.descriptor] } ?? []) + callers + checks.descriptors
    var items = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let pause = min(fleet.pause(at: now) ?? .max, checks.pause(at: now) ?? .max, fleet.isHealthy ? 1000 : 20)
    let written = Set(checks.descriptors)
    guard unsafe poll(&items, nfds_t(items.count), Int32(pause)) > 0 else { return }
    for item in items where item.revents != 0 {
      switch item.fd {
      case signals: handleSignals()
      case control: accept()
      case follower?.descriptor: follower?.show()
      case let descriptor where written.contains(descriptor): break  // The next turn reads it.
      default: answer(item.fd)
      }
    }
  }

  private func handleSignals() {
    var numbers: [UInt8] = []
    _ = readMore(signals, into: &numbers)
    for number in numbers where Int32(number) != SIGCHLD {
      interrupts += 1
      if interrupts == 1 { logger.info("stops all services; once more stops them at once") }
      interrupts == 1 ? fleet.stop() : fleet.kill()
    }
    while let ended = Child.nextEnded() {
      if let check = checks.ended(pid: ended.pid, ended.reason, failed: ended.failed) {
        checked(check.name, check.result)
        continue
      }
      guard let place = fleet.exited(pid: ended.pid, ended.reason, failed: ended.failed, at: uptime()) else { continue }
      let level: Logger.Level = ended.failed ? .warning : .info
      logger.log(level: level, "\(fleet.instances[place].plan.name) \(ended.reason)")
    }
  }

  private func accept() {
    let caller = Glibc.accept(control, nil, nil)
    guard caller >= 0 else { return }
    _ = fcntl(caller, F_SETFD, FD_CLOEXEC)
    callers.append(caller)
  }

  private func answer(_ caller: Int32) {
    callers.removeAll { $0 == caller }
    switch ControlSocket.request(from: caller) {
    case .ps: writeAll(caller, fleet.instances.flatMap(\.line))
    case .identity: writeAll(caller, Array("\(fleet.plan.fingerprint) \(getpid())\n".utf8))
    case .plan: writeAll(caller, [UInt8]((try? JSONEncoder().encode(fleet.plan)) ?? Data()))
    case .apply(let plan):
      logger.info("takes over another plan", metadata: ["processes": "\(plan.instances.count)"])
      fleet.adopt(plan)
      return awaiting.append(caller)
    case .restart(let services):
      logger.info("restarts", metadata: ["services": "\(services.joined(separator: " "))"])
      fleet.restart(Set(services))
      return awaiting.append(caller)
    case .down:
      fleet.stop()
      return leaving.append(caller)
    case nil: break
    }
    close(caller)
  }

  private func uptime() -> Milliseconds { Int(start.duration(to: .now) / .milliseconds(1)) }
}

extension InstanceState {
  /// What `ps --json` prints for it.
  var line: [UInt8] {
    var json = JSONWriter()
    json.object {
      $0.member("service", plan.service)
      $0.member("instance", plan.number)
      $0.member("pid", pid.map(Int.init))
      $0.member("state", word)
      $0.member("health", health.rawValue)
      $0.member("restarts", restarts)
      $0.member("started_at", startTime)
      if let healthText { $0.member("health_text", healthText) }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }
}

extension ComposeFile.StopSignal {
  var number: Int32 {
    switch self {
    case .terminate: SIGTERM
    case .interrupt: SIGINT
    case .quit: SIGQUIT
    case .kill: SIGKILL
    }
  }
}
