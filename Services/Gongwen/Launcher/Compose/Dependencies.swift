internal import Daemon

/// The rules that concern several services.
extension ComposeFile {
  /// Leaves out dependencies on services that are not there and need not be.
  mutating func forgetWhatIsNotRequired() {
    let names = Set(services.map(\.name))
    for place in services.indices {
      services[place].dependencies.removeAll { !$0.isRequired && !names.contains($0.service) }
    }
  }

  /// Every service that another one depends on is there, is checked where its health is awaited, and there is no circle.
  func checkDependencies() throws(ComposeError) {
    let byName = Dictionary(services.map { ($0.name, $0) }) { first, _ in first }
    for dependency in services.flatMap(\.dependencies) {
      guard let service = byName[dependency.service] else {
        let near = suggestion(for: dependency.service, among: byName.keys.sorted())
        throw ComposeError(dependency.place, "there is no service '\(dependency.service)'\(near)")
      }
      if dependency.condition == .healthy, service.health == nil {
        throw ComposeError(
          dependency.place, "'\(service.name)' has no 'healthcheck', so it never becomes healthy.")
      }
    }
    if let left = services.first(where: { service in !ordered.contains { $0.name == service.name } }) {
      throw ComposeError(left.place, "'\(left.name)' depends on itself, by way of other services.")
    }
  }

  /// The services, each after those that it depends on; what is in a circle is left out.
  var ordered: [Service] {
    var result: [Service] = []
    var rest = services
    while let place = rest.firstIndex(where: { service in
      service.dependencies.allSatisfy { dependency in result.contains { $0.name == dependency.service } }
    }) {
      result.append(rest.remove(at: place))
    }
    return result
  }
}
