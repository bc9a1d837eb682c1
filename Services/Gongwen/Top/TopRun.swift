internal import CProcess
internal import FoundationEssentials
internal import Glibc
internal import Wire

/// `gongwen top` on a terminal: draws, waits for a key, a signal or the next moment, and does what it means.
struct TopRun {
  let home: Home
  let address: Endpoint
  let interval: Double

  private let terminal: RawTerminal
  private let signals = signal_descriptor()
  private var screen: TopScreen
  /// The log that is open.
  private var stage: String?
  private var scaling: String?

  private enum End: Error { case quit, interrupted }

  init(home: Home, address: Endpoint, interval: Double) throws(CommandFailure) {
    (self.home, self.address, self.interval) = (home, address, interval)
    screen = TopScreen(snapshot: try .take(home, address: address), chosen: 0)
    terminal = RawTerminal()
  }

  /// Returns when somebody has seen enough.
  mutating func run() throws(CommandFailure) {
    defer { terminal.restore() }
    do {
      while true {
        if let stage { screen.page = .log(endOfLog(stage)) }
        let size = terminal.size
        terminal.draw(screen.lines(columns: size.columns, rows: size.rows))
        try wait()
        screen.snapshot = try .take(home, address: address)
      }
    } catch End.quit {
      return
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(.interrupted)
    }
  }

  private mutating func wait() throws {
    var items = [STDIN_FILENO, signals].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard unsafe poll(&items, 2, Int32(interval * 1000)) > 0 else { return }
    if items[1].revents != 0 { try takeSignals() }
    if items[0].revents != 0 {
      var bytes: [UInt8] = []
      guard readMore(STDIN_FILENO, into: &bytes) > 0 else { throw End.quit }
      for key in Key.read(bytes) { try press(key) }
    }
  }

  private mutating func takeSignals() throws {
    var numbers: [UInt8] = []
    _ = readMore(signals, into: &numbers)
    if numbers.contains(where: { Int32($0) != SIGCHLD }) { throw End.interrupted }
    while let ended = Child.nextEnded() {
      screen.message = "\(scaling ?? "") \(ended.failed ? "failed: see 'gongwen ps' and 'gongwen logs'" : "is done")"
      scaling = nil
    }
  }

  private mutating func press(_ key: Key) throws {
    screen.message = ""
    let stages = screen.snapshot.stages
    let chosen = min(screen.chosen ?? 0, max(0, stages.count - 1))
    switch key {
    case .interrupt: throw End.interrupted
    case .back:
      guard screen.page != .stages else { throw End.quit }
      (stage, screen.page) = (nil, .stages)
    case .help: (stage, screen.page) = (nil, .help)
    case .up: screen.chosen = max(0, chosen - 1)
    case .down: screen.chosen = min(max(0, stages.count - 1), chosen + 1)
    case .open: stage = stages.isEmpty ? nil : stages[chosen]
    case .more where !stages.isEmpty: scale(stages[chosen], by: 1)
    case .less where !stages.isEmpty: scale(stages[chosen], by: -1)
    case .more, .less: break
    }
  }

  /// By a process of its own, so that the screen goes on meanwhile.
  private mutating func scale(_ stage: String, by step: Int) {
    guard scaling == nil else { return screen.message = "\(scaling ?? "") is still under way" }
    let count = screen.snapshot.processes(of: stage).count { $0.state != "stopping" } + step
    guard 0...256 ~= count else { return }
    let words = "scale \(stage)=\(count)"
    let child = Child(
      command: [Programs.own, "scale", "\(stage)=\(count)"], environment: ProcessInfo.processInfo.environment,
      output: .nothing)
    switch child.start() {
    case .success: (scaling, screen.message) = (words, words + " …")
    case .failure(let failure): screen.message = failure.message
    }
  }

  /// The last lines of a stage's processes, in the order of time.
  private func endOfLog(_ stage: String) -> [String] {
    LogNames(folder: home.logs, services: [stage]).all.flatMap { name in
      let file = LogFile(folder: home.logs, name: name)
      let bytes = file.read(from: max(file.start, file.end - (32 << 10))).bytes
      return bytes.split(separator: UInt8(ascii: "\n")).dropFirst(bytes.count > 32_000 ? 1 : 0)
        .map { String(decoding: $0, as: UTF8.self) }
    }.sorted()
  }
}
