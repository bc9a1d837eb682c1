import Testing

@testable import Gongwen

/// What becomes of each key that the Compose Specification knows.
@Suite struct KnownKeysTests {
  /// Keys of a service, by the specification (compose-spec, `05-services.md` and `deploy.md`), as of 2025.
  static let specified = """
    annotations attach build blkio_config cpu_count cpu_percent cpu_shares cpu_period cpu_quota cpu_rt_runtime
    cpu_rt_period cpus cpuset cap_add cap_drop cgroup cgroup_parent command configs container_name credential_spec
    depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file
    environment expose extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc isolation
    labels label_file links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models
    network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop privileged
    profiles provider pull_policy read_only restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period
    stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  /// What each honoured key can say.
  private static let values = [
    "command": "x", "entrypoint": "x", "environment": "[A=1]", "env_file": "[{path: /none, required: false}]",
    "working_dir": "/", "depends_on": "[b]", "healthcheck": "{test: [NONE]}", "restart": "always",
    "stop_signal": "SIGINT", "stop_grace_period": "1s", "deploy": "{replicas: 1}", "scale": "1", "volumes": "[]",
    "profiles": "[]", "logging": "{driver: local, options: {max-size: 1m, max-file: 2}}", "extends": "b",
  ]

  private func read(_ entry: String) throws -> ComposeFile {
    try ComposeFile("f", "services:\n  b: {command: y}\n  a:\n    command: x\n    \(entry)\n", environment: [:])
  }

  @Test(arguments: specified) func aKeyIsHonouredOrNamedOrRefusedWithWhatToDo(_ key: String) throws {
    switch ComposeReader.serviceKeys[key] {
    case .honoured, nil:
      let value = try #require(Self.values[key], "'\(key)' is not known")
      if key != "command" { #expect(try read("\(key): \(value)").services[1].containerKeys == []) }
    case .container: #expect(try read("\(key): x").services[1].containerKeys == [key])
    case .refused(let why, let instead):
      let message = "f:5: '\(key)' in service 'a' is not supported natively: \(why); \(instead)"
      #expect { try read("\(key): x") } throws: { "\($0)" == message }
      let ignored = try read("\(key): x\n    x-native: {ignore: [\(key)]}")
      #expect(ignored.services[1].containerKeys == [key])
    }
  }

  @Test func noKeyIsKnownThatTheSpecificationDoesNotHave() {
    let own: Set = ["x-native", "pull_refresh_after"]
    #expect(Set(ComposeReader.serviceKeys.keys).subtracting(Self.specified) == own)
  }
}
