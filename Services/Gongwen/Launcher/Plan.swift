internal import Record

/// What is to be started: every instance of every service, in an order in which each comes after those it depends on.
struct Plan: Equatable, Sendable {
  /// One process.
  struct Instance: Equatable, Sendable {
    var service: String
    /// From 1.
    var number: Int
    /// Program with its path, then arguments.
    var command: [String]
    var environment: [String: String]
    var dependencies: [ComposeFile.Dependency]
    var health: ComposeFile.HealthCheck?
    var restart: ComposeFile.RestartPolicy
    var stopSignal: ComposeFile.StopSignal
    var stopGrace: Duration

    /// `clean-1`, as the process names itself and its log.
    var name: String { "\(service)-\(number)" }
  }

  var instances: [Instance]

  /// The plan of a file.
  ///
  /// - Parameters:
  ///   - scale: numbers of instances that stand above those of the file.
  ///   - environment: what every process inherits.
  ///   - locate: the path of a program, nil where there is none.
  init(
    _ file: ComposeFile, scale: [String: Int], environment: [String: String], locate: (String) -> String?
  ) throws(CommandFailure) {
    let known = file.services.map(\.name)
    for name in scale.keys.sorted() where !known.contains(name) {
      throw CommandFailure(.usage, "--scale: there is no service '\(name)'\(suggestion(for: name, among: known))")
    }
    instances = []
    for service in file.ordered {
      guard let program = locate(service.command[0]) else {
        throw CommandFailure(
          .internalError,
          "service '\(service.name)': there is no program '\(service.command[0])' beside gongwen or in $PATH.")
      }
      for number in 1...max(1, scale[service.name] ?? service.replicas)
      where number <= scale[service.name] ?? service.replicas {
        instances.append(
          Instance(service, number, [program] + service.command.dropFirst(), inherited: environment))
      }
    }
  }

  /// The same for equal plans: what a second `up` compares.
  var fingerprint: String {
    var json = JSONWriter()
    json.array(instances) { json, instance in
      json.object {
        $0.member("name", instance.name)
        $0.member("command", instance.command) { $0.string($1) }
        $0.member("environment", instance.environment.sorted { $0.key < $1.key }) { $0.string("\($1.key)=\($1.value)") }
        $0.member("settings", "\(instance.dependencies) \(instance.health, default: "") \(instance.restart)")
        $0.member("stop", "\(instance.stopSignal) \(instance.stopGrace)")
      }
    }
    return sha256(json.bytes).hexadecimal
  }
}

extension Plan.Instance {
  fileprivate init(
    _ service: ComposeFile.Service, _ number: Int, _ command: [String], inherited: [String: String]
  ) {
    self.service = service.name
    self.number = number
    self.command = command
    var environment = inherited.merging(service.environment) { _, own in own }
    environment["GONGWEN_INSTANCE"] = "\(number)"
    self.environment = environment
    dependencies = service.dependencies
    health = service.health
    restart = service.restart
    stopSignal = service.stopSignal
    stopGrace = service.stopGrace
  }
}
