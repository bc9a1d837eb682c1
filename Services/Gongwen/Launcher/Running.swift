internal import Daemon
internal import FoundationEssentials
internal import Keys
internal import Wire

/// The pipeline that runs in a home, as other `gongwen` processes see it.
struct Running {
  let home: Home
  private(set) var plan: Plan

  /// Throws where none runs.
  init(home: Home) throws(CommandFailure) {
    self.home = home
    guard let answer = try ControlSocket.ask(.plan, folder: home.run),
      let plan = try? JSONDecoder().decode(Plan.self, from: Data(answer))
    else { throw ControlSocket.nothingRuns(in: home.path) }
    self.plan = plan
  }

  /// That of this process's environment.
  init() throws(CommandFailure) { try self.init(home: Home(environment: ProcessInfo.processInfo.environment)) }

  /// Where its queue listens to clients.
  var clients: Endpoint {
    Endpoint(
      address: plan.queueAddress(home).reachable.clients,
      keys: PipelineKeys(option: nil, home: home, environment: ProcessInfo.processInfo.environment))
  }

  /// Returns when so many processes of each service are there and well.
  mutating func scale(_ counts: [String: Int]) throws(CommandFailure) {
    try plan.scale(counts)
    try ControlSocket.order(.apply(plan), home: home.path, folder: home.run)
  }

  /// Returns when the processes of the services have been started anew, all services where none is named.
  func restart(_ names: [String]) throws(CommandFailure) {
    let known = plan.services.map(\.template.service)
    for name in names where !known.contains(name) {
      throw CommandFailure(.usage, "there is no service '\(name)'\(suggestion(for: name, among: known))")
    }
    try ControlSocket.order(.restart(names.isEmpty ? known : names), home: home.path, folder: home.run)
  }
}

extension Plan {
  /// Where the queue of this plan is.
  func queueAddress(_ home: Home) -> QueueAddress { home.queueAddress(environment: environmentOfQueue ?? [:]) }
}
