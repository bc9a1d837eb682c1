package import ArgumentParser
internal import Daemon
internal import FoundationEssentials
internal import Record

/// The command line of `gongwen`: one verb a file in `Verbs/`.
package struct GongwenCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "gongwen",
    abstract: "Turns Chinese government reports into structured, checkable records.",
    discussion: """
      Results go to standard output and nothing else does; progress, logs and errors go to standard error.
      All state lies under $GONGWEN_HOME (default ./.gongwen). $GONGWEN_QUEUE is the queue's address.

      Exit status: 0 all well, 1 some documents failed, 64 wrong usage, 65 no document could be read,
      69 the queue cannot be reached, 70 internal error, 130 interrupted.
      """,
    version: programVersion,
    groupedSubcommands: [
      CommandGroup(name: "In this process", subcommands: [Run.self, Explain.self]),
      CommandGroup(
        name: "Pipeline",
        subcommands: [Up.self, Down.self, Ps.self, Top.self, Logs.self, Scale.self, Restart.self, Config.self]),
      CommandGroup(
        name: "Queue",
        subcommands: [Push.self, Tail.self, Status.self, Tap.self, Trace.self, DeadLetters.self, QueueVerb.self]),
      CommandGroup(name: "Network", subcommands: [KeysVerb.self]),
    ])

  package init() {}

  /// Runs one command line and ends the process with the exit status that it deserves.
  package static func runProgram(_ arguments: [String]) async -> Never {
    let words = Array(arguments.dropFirst())
    do {
      try checkVerb(words)
      var command = try parseAsRoot(words)
      if !(command is any ReadsComposeFile) { try checkSettings() }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      failure.end()
    } catch {
      exit(withError: error)
    }
    exit()
  }

  /// A variable that is no setting is an error, but for those that mean something in a Compose file of one's own.
  static func checkSettings(others: Set<String> = []) throws(CommandFailure) {
    if let problem = Settings.problem(in: ProcessInfo.processInfo.environment, others: others) {
      throw CommandFailure(.usage, problem)
    }
  }

  /// An unknown verb is an error that names the nearest known one.
  private static func checkVerb(_ words: [String]) throws {
    guard let word = words.first, !word.hasPrefix("-") else { return }
    let verbs = configuration.subcommands.map { $0.configuration.commandName ?? "" } + ["help"]
    guard !verbs.contains(word) else { return }
    let near = suggestion(for: word, among: verbs)
    throw CommandFailure(.usage, "There is no verb '\(word)'\(near) See 'gongwen --help'.")
  }
}

/// A verb that checks the settings itself, once it has read the Compose file.
protocol ReadsComposeFile {}
