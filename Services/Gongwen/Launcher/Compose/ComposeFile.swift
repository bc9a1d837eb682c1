/// What a Compose file says, as far as it means something without containers.
struct ComposeFile: Equatable, Sendable {
  /// In the order of the file.
  var services: [Service]
  /// The variables that it works in itself.
  var variables: Set<String> = []

  /// One service, before it is multiplied.
  struct Service: Equatable, Sendable {
    var name: String
    var place: Place
    /// Program and arguments: the entry point, if there is one, and the command.
    var command: [String]
    /// Where it runs, nil for the folder of whoever starts it.
    var folder: String?
    var environment: [String: String]
    /// It runs if there are none, or one of them is wanted.
    var profiles: [String] = []
    var dependencies: [Dependency] = []
    var health: HealthCheck?
    var restart = RestartPolicy.never
    var stopSignal = StopSignal.terminate
    var stopGrace = Duration.seconds(10)
    var replicas = 1
    var log = LogLimits()
    /// Keys that mean something in a container only, and are left out here.
    var containerKeys: [String] = []
  }

  struct Dependency: Equatable, Codable, Sendable {
    enum Condition: String, CaseIterable, Codable, Sendable {
      case started = "service_started"
      case healthy = "service_healthy"
      case completed = "service_completed_successfully"
    }

    var service: String
    var condition: Condition
    /// Whether it is an error if there is no such service.
    var isRequired = true
    /// Whether the service is started anew after this one has been, where somebody asked for that.
    var restarts = false
    var place: Place
  }

  /// How to find out whether a process does its work; the times are those of the Compose Specification.
  struct HealthCheck: Equatable, Codable, Sendable {
    enum Test: Equatable, Codable, Sendable {
      /// The question of `gongwen status`, put to the queue without starting a process, and much more often than `interval`
      /// says: the stage whose workers must be there, or nil where an answer of the queue is enough.
      case queue(stage: String?)
      /// Program and arguments: it is well if this ends with status 0.
      case command([String])
    }

    var test: Test
    var interval = Duration.seconds(30)
    var timeout = Duration.seconds(30)
    var startPeriod = Duration.zero
    var startInterval = Duration.seconds(5)
    var retries = 3
  }

  /// How much of a process's log is kept; as the driver `local` has it, where the file is silent.
  struct LogLimits: Equatable, Codable, Sendable {
    /// Of one file.
    var bytes = 20 << 20
    /// The one that grows, and those that do not any more.
    var files = 5
  }

  enum RestartPolicy: Equatable, Codable, Sendable {
    case never
    case always
    /// At most so often in a row, where a number is given.
    case onFailure(limit: Int?)
  }

  enum StopSignal: String, CaseIterable, Codable, Sendable {
    case terminate = "SIGTERM"
    case interrupt = "SIGINT"
    case quit = "SIGQUIT"
    case kill = "SIGKILL"
  }
}

extension ComposeFile {
  /// A file and what is in it.
  struct Source {
    var file: String
    var yaml: String
  }

  /// Reads, interpolates and checks files, of which each stands above the one before. Each step is a function of its own:
  /// text → tree → one tree → values → rules.
  ///
  /// - Parameters:
  ///   - profiles: those that are wanted beside `COMPOSE_PROFILES`; `*` wants all.
  ///   - load: a further file, by its path, for `extends`.
  init(
    _ sources: [Source], environment: [String: String], profiles: [String] = [],
    load: @escaping (String) throws(ComposeError) -> String
  ) throws(ComposeError) {
    let interpolation = Interpolation(environment: environment)
    let trees = try sources.map { (source) throws(ComposeError) in
      try Tree(yaml: source.yaml, file: source.file).interpolated(interpolation)
    }
    guard let first = sources.first, var tree = trees.first else { preconditionFailure("there is a file") }
    for other in trees.dropFirst() { tree = tree.merged(with: other) }
    let reader = ComposeReader(file: first.file, environment: environment)
    let extends = Extends(reader: reader, root: tree) { (path) throws(ComposeError) in
      try Tree(yaml: load(path), file: path).interpolated(interpolation)
    }
    self = try reader.file(extends.resolved())
    variables = Set(sources.flatMap { $0.yaml.matches(of: #/\$\{?([A-Za-z_][A-Za-z0-9_]*)/#).map { String($0.1) } })
    let wanted = Set(profiles + (environment["COMPOSE_PROFILES"] ?? "").split(separator: ",").map(String.init))
    if !wanted.contains("*") { services.removeAll { !$0.profiles.isEmpty && wanted.isDisjoint(with: $0.profiles) } }
    forgetWhatIsNotRequired()
    try checkDependencies()
  }
}
