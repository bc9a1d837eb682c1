internal import Daemon
internal import FoundationEssentials
internal import Glibc
internal import Logging
internal import Wire
internal import ZeroMQ

/// What `up` was asked for, worked out as far as it can be before anything is started.
struct Launch {
  let home: Home
  /// The file.
  let compose: ComposeFile
  let plan: Plan
  let queue: QueueAddress

  /// Reads the file, and makes the folders of the home.
  init(files: [String], profiles: [String], scale: [String]) throws(CommandFailure) {
    let environment = ProcessInfo.processInfo.environment
    let counts = try Self.counts(scale)
    compose = try Self.compose(files, profiles, environment: environment)
    plan = try Plan(compose, scale: counts, environment: environment) {
      Programs.locate($0, environment: environment)
    }
    let ofQueue = plan.environmentOfQueue ?? environment
    home = Home(environment: ofQueue)
    queue = plan.environmentOfQueue == nil ? home.queueAddress(environment: environment) : plan.queueAddress(home)
    for folder in [home.path, home.logs, home.run] {
      try Self.makeFolder(folder, mode: folder == home.run ? 0o700 : 0o755)
    }
  }

  /// Runs the supervisor on a thread that lives as long as it does, as the children's parent must.
  func supervise(
    lock: Int32, follower: Bool, announce: @escaping @Sendable (Supervisor.Announcement) -> Void
  ) async throws(CommandFailure) {
    let logger = Logger(label: "supervisor") { _ in
      LineLogHandler(service: "supervisor", format: .logfmt, level: .info)
    }
    try await DedicatedThread.run("supervisor") { [home, plan, queue] () throws(CommandFailure) in
      let shown = follower ? LogFollower(folder: home.logs, services: [], fromEnd: true, output: .output) : nil
      try Supervisor(
        plan, home: home, queue: queue, lock: lock, logger: logger, follower: shown, announce: announce
      ).run()
    }
  }

  /// The files that are named, or where none is, the usual one; settings are checked with the names that they use.
  static func compose(
    _ names: [String], _ profiles: [String], environment: [String: String]
  ) throws(CommandFailure) -> ComposeFile {
    let files = try self.files(names)
    let compose = try read(files, profiles, environment: environment)
    try GongwenCommand.checkSettings(others: compose.variables)
    try compose.checkSettings()
    return compose
  }

  /// The files that are named, or where none is, the usual one.
  static func files(_ names: [String]) throws(CommandFailure) -> [String] { names.isEmpty ? [try usualFile()] : names }

  private static func read(
    _ files: [String], _ profiles: [String], environment: [String: String]
  ) throws(CommandFailure) -> ComposeFile {
    do throws(ComposeError) {
      let sources = try files.map { (file) throws(ComposeError) in
        ComposeFile.Source(file: file, yaml: try contents(file))
      }
      return try ComposeFile(sources, environment: environment, profiles: profiles, load: contents)
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  private static func contents(_ file: String) throws(ComposeError) -> String {
    do {
      if let bytes = try Path(file).contents(limit: 1 << 20) { return String(decoding: bytes, as: UTF8.self) }
    } catch {
      throw ComposeError(file, 1, "\(error)")
    }
    throw ComposeError(file, 1, "the file is larger than 1 MiB.")
  }

  /// `STAGE=N`, several of them.
  static func counts(_ words: [String]) throws(CommandFailure) -> [String: Int] {
    var counts: [String: Int] = [:]
    for word in words {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, let count = Int(parts[1]), 0...256 ~= count else {
        throw CommandFailure(.usage, "a scale is STAGE=N with N from 0 to 256, not '\(word)'.")
      }
      counts[String(parts[0])] = count
    }
    return counts
  }

  /// `deploy/compose.yaml` here, else beside the sources or the installation that this program is from.
  private static func usualFile() throws(CommandFailure) -> String {
    let folders = Programs.own.split(separator: "/").map(String.init)
    let above = (1..<max(2, folders.count)).map { "/" + folders.dropLast($0).joined(separator: "/") }
    let candidates =
      ["deploy/compose.yaml", "compose.yaml"]
      + above.flatMap { ["\($0)/deploy/compose.yaml", "\($0)/share/gongwen/compose.yaml"] }
    guard let found = candidates.first(where: { unsafe access($0, R_OK) == 0 }) else {
      throw CommandFailure(.usage, "there is no deploy/compose.yaml here; name the file with -f.")
    }
    return found
  }

  private static func makeFolder(_ path: String, mode: mode_t) throws(CommandFailure) {
    if unsafe mkdir(path, mode) == 0 || errno == EEXIST { return }
    throw CommandFailure(.internalError, "the folder \(path) cannot be made: \(lastError()).")
  }
}
