internal import Daemon

/// What becomes of a key of a Compose file without containers.
enum KeyUse: Equatable {
  /// It means the same natively.
  case honoured
  /// It is about the container; natively there is nothing to do.
  case container
  /// Leaving it out would silently do something else than what the file says: why, and what to do.
  case refused(why: String, instead: String)
}

/// The keys that may stand in one place of a Compose file.
typealias KnownKeys = [String: KeyUse]

extension ComposeReader {
  private static let files = "write it to a file that its owner alone can read, and name that in 'environment'."
  private static let unit = "limit the whole in its systemd unit."
  private static let starter = "start gongwen as that user."
  private static let own = "leave it to the containers: see 'x-native: ignore'."

  static let fileKeys: KnownKeys = known(
    ["services", "name"], ["version", "volumes", "networks"],
    [
      ("secrets", "secrets are not handed to native processes", files),
      ("configs", "configs are not handed to native processes", files),
      ("include", "other files are not read from here", "name them on the command line, each with -f."),
      ("models", "there is nobody here who serves models", own),
    ])

  static let serviceKeys: KnownKeys = known(
    [
      "command", "entrypoint", "environment", "env_file", "working_dir", "depends_on", "healthcheck", "restart",
      "stop_signal", "stop_grace_period", "deploy", "scale", "volumes", "profiles", "logging", "x-native",
    ],
    [
      "annotations", "attach", "build", "container_name", "domainname", "expose", "hostname", "image", "init",
      "label_file",
      "labels", "mac_address", "networks", "platform", "ports", "pull_policy", "pull_refresh_after", "read_only",
      "runtime", "shm_size", "stdin_open", "storage_opt", "tmpfs", "tty",
    ],
    [
      ("blkio_config", "input and output are not limited natively", unit),
      ("cap_add", "a native process has the capabilities of whoever starts it", starter),
      ("cap_drop", "a native process has the capabilities of whoever starts it", starter),
      ("cgroup", "a native process is in the control group of whoever starts it", unit),
      ("cgroup_parent", "a native process is in the control group of whoever starts it", unit),
      ("configs", "configs are not handed to native processes", files),
      ("cpu_count", "processors are not limited natively", unit),
      ("cpu_percent", "processors are not limited natively", unit),
      ("cpu_period", "processors are not limited natively", unit),
      ("cpu_quota", "processors are not limited natively", unit),
      ("cpu_rt_period", "processors are not limited natively", unit),
      ("cpu_rt_runtime", "processors are not limited natively", unit),
      ("cpu_shares", "processors are not limited natively", unit),
      ("cpus", "processors are not limited natively", unit),
      ("cpuset", "processors are not limited natively", unit),
      ("credential_spec", "there are no such credentials natively", own),
      ("develop", "files are not watched natively", "run 'gongwen restart' after a change."),
      ("device_cgroup_rules", "devices are those of whoever starts it", unit),
      ("devices", "devices are those of whoever starts it", starter),
      ("dns", "names are resolved as on this machine", "set it up in /etc/resolv.conf."),
      ("dns_opt", "names are resolved as on this machine", "set it up in /etc/resolv.conf."),
      ("dns_search", "names are resolved as on this machine", "set it up in /etc/resolv.conf."),
      ("external_links", "there are no links natively", "name the address in 'x-native: environment'."),
      ("extra_hosts", "names are resolved as on this machine", "set it up in /etc/hosts."),
      ("gpus", "devices are those of whoever starts it", starter),
      ("group_add", "a native process has the groups of whoever starts it", starter),
      ("ipc", "a native process has the namespaces of whoever starts it", unit),
      ("isolation", "a native process is not isolated", unit),
      ("links", "there are no links natively", "use 'depends_on' and 'x-native: environment'."),
      ("mem_limit", "memory is not limited natively", unit),
      ("mem_reservation", "memory is not set aside natively", unit),
      ("mem_swappiness", "memory is swapped as on this machine", unit),
      ("memswap_limit", "memory is not limited natively", unit),
      ("models", "there is nobody here who serves models", own),
      ("network_mode", "a native process has the network of this machine", own),
      ("oom_kill_disable", "whom the kernel ends is not settled natively", unit),
      ("oom_score_adj", "whom the kernel ends is not settled natively", unit),
      ("pid", "a native process has the namespaces of whoever starts it", unit),
      ("pids_limit", "the number of processes is not limited natively", unit),
      ("post_start", "nothing is run beside a native process", "make it a service that others depend on."),
      ("pre_stop", "nothing is run beside a native process", "let the program do it on 'stop_signal'."),
      ("privileged", "a native process has the rights of whoever starts it", starter),
      ("provider", "a native service is a process", own),
      ("secrets", "secrets are not handed to native processes", files),
      ("security_opt", "security options are for containers", unit),
      ("sysctls", "the kernel's settings are those of this machine", "set them up with sysctl."),
      ("ulimits", "limits are those of whoever starts it", unit),
      ("use_api_socket", "there is no container engine natively", own),
      ("user", "a native process runs as whoever starts it", starter),
      ("userns_mode", "a native process has the namespaces of whoever starts it", unit),
      ("uts", "a native process has the namespaces of whoever starts it", unit),
      ("volumes_from", "volumes are those that 'x-native: volumes' names", own),
    ])

  static let deployKeys: KnownKeys = known(
    ["replicas"], ["mode", "labels", "placement", "update_config", "rollback_config", "endpoint_mode"],
    [
      ("resources", "processors and memory are not limited natively", unit),
      ("restart_policy", "it is not read natively", "use 'restart' of the service."),
    ])

  static let nativeKeys = ["command", "environment", "working_dir", "healthcheck", "ignore"]

  /// A table of three lists, which are checked to have no key in common.
  private static func known(
    _ honoured: [String], _ container: [String], _ refused: [(key: String, why: String, instead: String)]
  ) -> KnownKeys {
    let rows =
      honoured.map { ($0, KeyUse.honoured) } + container.map { ($0, .container) }
      + refused.map { ($0.key, .refused(why: $0.why, instead: $0.instead)) }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// Checks the keys of a mapping against a table and gives those that are left out.
  ///
  /// - Parameter ignored: refused keys that the file itself says to leave out.
  func check(
    _ entries: [Tree.Entry], against table: KnownKeys, in place: String, ignored: Set<String> = []
  ) throws(ComposeError) -> [String] {
    var left: [String] = []
    for entry in entries {
      switch table[entry.key] {
      case .honoured: break
      case .container: left.append(entry.key)
      case .refused where ignored.contains(entry.key): left.append(entry.key)
      case .refused(let why, let instead):
        throw ComposeError(
          entry.place, "'\(entry.key)' in \(place) is not supported natively: \(why); \(instead)")
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
