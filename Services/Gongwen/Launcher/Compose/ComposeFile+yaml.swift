internal import Yams

extension ComposeFile {
  /// The file as it is understood here: anchors, variables and `x-native` worked in, without what concerns containers only.
  func yaml() throws -> String {
    let services = services.map { (Node($0.name), $0.node) }
    return try Yams.serialize(node: mapping([("services", Node(services))]), indent: 2, width: -1, allowUnicode: true)
  }
}

extension ComposeFile.Service {
  fileprivate var node: Node {
    var entries: [(String, Node)] = [("command", Node(command.map(text), .implicit, .flow))]
    if let folder { entries.append(("working_dir", text(folder))) }
    if !environment.isEmpty {
      entries.append(("environment", mapping(environment.sorted { $0.key < $1.key }.map { ($0.key, text($0.value)) })))
    }
    if !dependencies.isEmpty {
      entries.append(
        (
          "depends_on",
          mapping(
            dependencies.map {
              (
                $0.service,
                mapping([
                  ("condition", Node($0.condition.rawValue)), ("required", Node("\($0.isRequired)")),
                  ("restart", Node("\($0.restarts)")),
                ])
              )
            })
        ))
    }
    if let health { entries.append(("healthcheck", health.node)) }
    entries += [
      ("restart", text(restart.text)), ("stop_signal", Node(stopSignal.rawValue)),
      ("stop_grace_period", Node(stopGrace.text)),
      ("logging", mapping([("driver", Node("local")), ("options", log.node)])),
      ("deploy", mapping([("replicas", Node("\(replicas)"))])),
    ]
    return mapping(entries)
  }
}

extension ComposeFile.HealthCheck {
  fileprivate var node: Node {
    let words =
      switch test {
      case .queue(let stage): ["gongwen", "status"] + (stage.map { ["--stage", $0] } ?? [])
      case .command(let command): command
      }
    return mapping([
      ("test", Node((["CMD"] + words).map(text), .implicit, .flow)), ("interval", Node(interval.text)),
      ("timeout", Node(timeout.text)), ("start_period", Node(startPeriod.text)),
      ("start_interval", Node(startInterval.text)), ("retries", Node("\(retries)")),
    ])
  }
}

extension ComposeFile.LogLimits {
  fileprivate var node: Node { mapping([("max-size", text("\(bytes)b")), ("max-file", text("\(files)"))]) }
}

extension ComposeFile.RestartPolicy {
  fileprivate var text: String {
    switch self {
    case .never: "no"
    case .always: "always"
    case .onFailure(let limit): "on-failure" + (limit.map { ":\($0)" } ?? "")
    }
  }
}

extension Duration {
  /// As Compose files write it.
  var text: String {
    milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
  }
}

private func mapping(_ entries: [(String, Node)]) -> Node { Node(entries.map { (Node($0.0), $0.1) }) }

/// A value that is text, also where it looks like a number or is empty; a dollar sign begins no variable.
private func text(_ value: String) -> Node { Node(value.replacing("$", with: "$$"), .implicit, .doubleQuoted) }
