package import ArgumentParser
internal import Glibc
internal import Wire

/// `gongwen up`: starts the pipeline.
package struct Up: AsyncParsableCommand, ReadsComposeFile {
  package static let configuration = CommandConfiguration(
    commandName: "up",
    abstract: "Starts the pipeline that a Compose file describes.",
    discussion: """
      In the foreground the logs are shown, and Ctrl-C drains and stops; a second Ctrl-C stops at once. With -d it returns
      when all is healthy; 'gongwen ps', 'logs' and 'down' then speak to it. The file is deploy/compose.yaml unless -f
      names another; its services run as processes here, without containers.
      """)

  @Flag(name: [.short, .long], help: "Return when all is healthy, and leave the pipeline running.")
  var detach = false

  @Option(name: [.short, .long], help: "The Compose file; several, each above the one before.")
  var file: [String] = []

  @Option(help: ArgumentHelp("The number of processes of a service.", valueName: "stage=n"))
  var scale: [String] = []

  @Option(
    help: ArgumentHelp(
      "Services of this profile as well; '*' for all. $COMPOSE_PROFILES does the same.", valueName: "name"))
  var profile: [String] = []

  @Flag(name: [.short, .long], help: "Name the keys of the file that are left out here.")
  var verbose = false

  /// The descriptor on which a detached supervisor says that all is healthy.
  @Option(help: .hidden)
  var announce: Int32?

  package init() {}

  package func run() async throws {
    let launch = try Launch(files: file, profiles: profile, scale: scale)
    if verbose { launch.compose.sayWhatIsLeftOut() }
    guard let lock = try takeLock(launch) else { return }
    if detach {
      close(lock)
      return try detach(launch)
    }
    // The services must not hold the other end of the pipe open.
    if let announce { _ = fcntl(announce, F_SETFD, FD_CLOEXEC) }
    try await launch.supervise(lock: lock, follower: announce == nil) { [announce] word in
      if let announce { return Detached.announce(word, to: announce) }
      if case .hopeless(let reason) = word { writeError("gongwen: \(reason)") }
    }
  }

  private func detach(_ launch: Launch) throws(CommandFailure) {
    let arguments =
      file.flatMap { ["--file", $0] } + scale.flatMap { ["--scale", $0] } + profile.flatMap { ["--profile", $0] }
    do {
      try Detached.start(arguments, home: launch.home)
    } catch {
      _ = try ControlSocket.ask(.down, folder: launch.home.run)
      throw error
    }
    sayHealthy(launch)
  }

  private func sayHealthy(_ launch: Launch) {
    writeError("gongwen: \(launch.plan.instances.count) processes are running and healthy; 'gongwen ps' lists them.")
  }

  private func apply(_ launch: Launch) throws(CommandFailure) {
    let home = launch.home
    guard try Running(home: home).plan.queueAddress(home) == launch.queue else {
      throw CommandFailure(.someFailed, "the address of the queue is another one; run 'gongwen down' first.")
    }
    try ControlSocket.order(.apply(launch.plan), home: home.path, folder: home.run)
    sayHealthy(launch)
  }

  /// The lock of the home; nil where the same pipeline is running already. Waits for a former one that is just ending.
  private func takeLock(_ launch: Launch) throws(CommandFailure) -> Int32? {
    if let lock = try Lock.take(folder: launch.home.run) { return lock }
    if let identity = try ControlSocket.ask(.identity, folder: launch.home.run), !identity.isEmpty {
      let parts = String(decoding: identity, as: UTF8.self).split { $0 == " " || $0 == "\n" }
      let place = "the pipeline of \(launch.home.path) is already running (process \(parts.last ?? "?"))"
      if parts.first.map(String.init) == launch.plan.fingerprint {
        writeError("gongwen: \(place); nothing to do.")
      } else {
        writeError("gongwen: \(place), with other settings; what differs is started, stopped or replaced.")
        try apply(launch)
      }
      return nil
    }
    writeError("gongwen: processes of a former pipeline are still ending; waiting for them.")
    return try Lock.wait(folder: launch.home.run)
  }
}
