/// The keys of a Compose file: what becomes of each without containers.
enum KeyUse {
  /// It means the same natively.
  case honoured
  /// It is about the container; natively there is nothing to do.
  case container
  /// Leaving it out would silently do something else than what the file says.
  case refused(String)
}

extension ComposeReader {
  static let fileKeys: [String: KeyUse] = [
    "services": .honoured, "name": .honoured, "version": .container, "volumes": .container, "networks": .container,
    "secrets": .refused("secrets are not handed to native processes."),
    "configs": .refused("configs are not handed to native processes."),
    "include": .refused("name the files on the command line instead."),
  ]

  static let serviceKeys: [String: KeyUse] = [
    "command": .honoured, "environment": .honoured, "depends_on": .honoured, "healthcheck": .honoured,
    "restart": .honoured, "stop_signal": .honoured, "stop_grace_period": .honoured, "deploy": .honoured,
    "scale": .honoured, "volumes": .honoured, "x-native": .honoured, "entrypoint": .honoured, "env_file": .honoured,
    "working_dir": .honoured, "profiles": .honoured,
    "image": .container, "build": .container, "ports": .container, "expose": .container, "networks": .container,
    "labels": .container, "annotations": .container, "hostname": .container, "init": .container,
    "read_only": .container, "pull_policy": .container, "platform": .container, "tmpfs": .container,
    "logging": .container, "attach": .container, "tty": .container, "container_name": .container,
    "user": .refused("a native process runs as whoever starts it."),
    "cap_add": .refused("a native process has no capabilities of its own."),
    "cap_drop": .refused("a native process has no capabilities of its own."),
    "privileged": .refused("a native process has no privileges of its own."),
    "security_opt": .refused("security options apply to containers only."),
    "secrets": .refused("secrets are not handed to native processes."),
    "configs": .refused("configs are not handed to native processes."),
    "mem_limit": .refused("memory is not limited natively."),
    "cpus": .refused("processors are not limited natively."),
    "ulimits": .refused("limits are those of whoever starts it."),
  ]

  static let nativeKeys = ["command", "environment", "working_dir"]
  static let deployKeys: [String: KeyUse] = [
    "replicas": .honoured, "mode": .container, "labels": .container, "placement": .container,
    "update_config": .container, "rollback_config": .container, "endpoint_mode": .container,
    "resources": .refused("processors and memory are not limited natively."),
    "restart_policy": .refused("use 'restart'."),
  ]

  /// Checks the keys of a mapping against a table and gives those that concern containers only.
  func check(
    _ entries: [Tree.Entry], against table: [String: KeyUse], in place: String
  ) throws(ComposeError) -> [String] {
    var left: [String] = []
    for entry in entries {
      switch table[entry.key] {
      case .honoured: break
      case .container: left.append(entry.key)
      case .refused(let reason):
        throw ComposeError(entry.place, "'\(entry.key)' in \(place) is not supported natively: \(reason)")
      case nil where entry.key.hasPrefix("x-"): break
      case nil:
        let near = suggestion(for: entry.key, among: table.keys.sorted())
        throw ComposeError(entry.place, "unknown key '\(entry.key)' in \(place)\(near)")
      }
    }
    return left
  }

  func check(_ entries: [Tree.Entry], against keys: [String], in place: String) throws(ComposeError) {
    _ = try check(entries, against: Dictionary(uniqueKeysWithValues: keys.map { ($0, .honoured) }), in: place)
  }
}
