package import ArgumentParser
private import FoundationEssentials
package import Logging
package import Wire

/// What every process of the pipeline can be told: where the state lies, where the queue is, which of its kind it is,
/// and how it logs. Each option has the environment variable that `gongwen up` sets as its default.
package struct DaemonOptions: ParsableArguments {
  @Option(help: "The folder that holds all state; GONGWEN_HOME.")
  package var home: String = Home(environment: ProcessInfo.processInfo.environment).path

  @Option(
    help: ArgumentHelp(
      "The address of the queue; GONGWEN_QUEUE, else a socket in the folder run/ of the home.",
      discussion: "ipc:///path/of/a/socket or tcp://host:port. Workers use the address beside it: the same with "
        + "'.workers' at its end, or the next port.",
      valueName: "address"))
  package var queue: String?

  @Option(
    help: ArgumentHelp(
      "The folder of keys, with which everything over tcp is encrypted; GONGWEN_KEYS, else keys/ in the home if it exists.",
      discussion: "'gongwen keys init' makes it. Without keys tcp goes no further than 127.0.0.1.", valueName: "folder")
  )
  package var keys: String?

  @Option(help: "The number of this process among those of its kind, from 1; GONGWEN_INSTANCE.")
  package var instance: String = setting("GONGWEN_INSTANCE") ?? "1"

  @Option(help: "How log lines are written; LOG_FORMAT.")
  package var logFormat: LogFormat = setting("LOG_FORMAT").flatMap { LogFormat(rawValue: $0) } ?? .logfmt

  @Option(help: "The least urgent events that are logged; LOG_LEVEL.")
  package var logLevel: LogLevel = setting("LOG_LEVEL").flatMap { LogLevel(rawValue: $0) } ?? .info

  package init() {}

  /// Throws for any variable of the environment that is no setting, too.
  package mutating func validate() throws {
    if let problem = Settings.problem(in: ProcessInfo.processInfo.environment) { throw ValidationError(problem) }
    guard let number = Int(instance), number >= 1 else {
      throw ValidationError("The instance '\(instance)' is not a number from 1: see --instance and GONGWEN_INSTANCE.")
    }
  }

  /// The folder of the state.
  package var folder: Home { Home(path: home) }

  /// The two addresses of the queue.
  package var queueAddress: QueueAddress {
    queue.map(QueueAddress.init(base:)) ?? folder.queueAddress(environment: ProcessInfo.processInfo.environment)
  }

  /// The name of this process, `clean-1`.
  package func name(_ service: String) -> String { "\(service)-\(instance)" }

  /// The log of this process.
  package func logger(_ service: String) -> Logger {
    Logger(label: service) { [logFormat, logLevel, name = name(service)] _ in
      LineLogHandler(service: name, format: logFormat, level: Logger.Level(rawValue: logLevel.rawValue) ?? .info)
    }
  }
}

/// The levels of `Logger.Level`, as arguments.
package enum LogLevel: String, CaseIterable, Sendable, ExpressibleByArgument {
  case trace, debug, info, notice, warning, error, critical
}
