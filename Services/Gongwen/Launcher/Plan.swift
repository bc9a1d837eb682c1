internal import Daemon
internal import FoundationEssentials
internal import Record

/// What is to run: services with a number of instances each, in an order in which each comes after those it depends on.
struct Plan: Equatable, Codable, Sendable {
  struct Service: Equatable, Codable, Sendable {
    /// An instance without its number.
    var template: Instance
    var count: Int
  }

  /// One process.
  struct Instance: Equatable, Codable, Sendable {
    var service: String
    /// From 1.
    var number = 0
    /// Program with its path, then arguments.
    var command: [String]
    /// Where it runs, nil for the folder of the supervisor.
    var folder: String?
    /// What differs from the environment of the supervisor.
    var environment: [String: String]
    var dependencies: [ComposeFile.Dependency]
    var health: ComposeFile.HealthCheck?
    var restart: ComposeFile.RestartPolicy
    var stopSignal: ComposeFile.StopSignal
    var stopGrace: Duration
    var log: ComposeFile.LogLimits

    /// `clean-1`, as the process names itself and its log.
    var name: String { "\(service)-\(number)" }
  }

  private(set) var services: [Service]

  var instances: [Instance] { services.flatMap { service in (1...256).prefix(service.count).map(service.instance) } }

  /// The plan of a file.
  ///
  /// - Parameters:
  ///   - scale: numbers of instances that stand above those of the file.
  ///   - environment: of which every process inherits the settings, but for those that the file works in itself.
  ///   - locate: the path of a program, nil where there is none.
  init(
    _ file: ComposeFile, scale: [String: Int], environment: [String: String], locate: (String) -> String?
  ) throws(CommandFailure) {
    let own = file.variables.subtracting(["GONGWEN_HOME", "GONGWEN_QUEUE"])
    let settings = environment.filter { Self.isSetting($0.key) && !own.contains($0.key) }
    services = try file.ordered.map { (service) throws(CommandFailure) in
      func located(_ command: [String]) throws(CommandFailure) -> [String] {
        guard let program = locate(command[0]) else {
          throw CommandFailure(
            .internalError,
            "service '\(service.name)': there is no program '\(command[0])' beside gongwen or in $PATH.")
        }
        return [program] + command.dropFirst()
      }
      var service = service
      service.command = try located(service.command)
      if case .command(let command)? = service.health?.test { service.health?.test = .command(try located(command)) }
      return Service(template: Instance(service, inherited: settings), count: service.replicas)
    }
    try self.scale(scale)
  }

  /// Changes numbers of instances.
  mutating func scale(_ counts: [String: Int]) throws(CommandFailure) {
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
      guard let place = services.firstIndex(where: { $0.template.service == name }) else {
        let near = suggestion(for: name, among: services.map(\.template.service))
        throw CommandFailure(.usage, "there is no service '\(name)' to scale\(near)")
      }
      services[place].count = count
    }
  }

  /// The services that are to be started anew after others have been: `depends_on` says so.
  func followers(of services: Set<String>) -> Set<String> {
    var found: Set<String> = []
    // Each service comes after those it depends on.
    for template in self.services.map(\.template)
    where template.dependencies.contains(where: { $0.restarts && services.union(found).contains($0.service) }) {
      found.insert(template.service)
    }
    return found.subtracting(services)
  }

  /// Whether a variable is a setting of a pipeline; others are those of the terminal that it was started from.
  static func isSetting(_ variable: String) -> Bool {
    variable.hasPrefix("GONGWEN_") || variable.hasPrefix("LOG_") || variable.lowercased().hasSuffix("_proxy")
  }

  /// The variables of the service that the others ask for work.
  var environmentOfQueue: [String: String]? {
    services.first { $0.template.health?.test == .queue(stage: nil) }?.template.environment
  }

  /// The same for equal plans: what a second `up` compares.
  var fingerprint: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return sha256([UInt8]((try? encoder.encode(self)) ?? Data())).hexadecimal
  }
}

extension Plan.Service {
  fileprivate func instance(_ number: Int) -> Plan.Instance {
    var instance = template
    instance.number = number
    instance.environment["GONGWEN_INSTANCE"] = "\(number)"
    return instance
  }
}

extension Plan.Instance {
  fileprivate init(_ service: ComposeFile.Service, inherited: [String: String]) {
    self.init(
      service: service.name, command: service.command, folder: service.folder,
      environment: inherited.merging(service.environment) { _, own in own },
      // Where a dependency stands in the file makes no other process of it.
      dependencies: service.dependencies.map {
        .init(
          service: $0.service, condition: $0.condition, restarts: $0.restarts, place: Place(file: "", line: 0))
      },
      health: service.health, restart: service.restart, stopSignal: service.stopSignal, stopGrace: service.stopGrace,
      log: service.log)
  }
}
