/// `healthcheck` of a service.
extension ComposeReader {
  static let healthKeys = ["test", "interval", "timeout", "retries", "start_period", "start_interval", "disable"]

  /// Nil where the file wants no check.
  func healthCheck(_ tree: Tree) throws(ComposeError) -> ComposeFile.HealthCheck? {
    let settings = try reader.mapping(tree, "'healthcheck'")
    try check(settings, against: Self.healthKeys, in: "'healthcheck'")
    if let entry = settings.first(where: { $0.key == "disable" }), try reader.flag(entry.value, "'disable'") {
      return nil
    }
    guard let entry = settings.first(where: { $0.key == "test" }) else {
      throw reader.error(tree, "'healthcheck' has no 'test': what is to be run?")
    }
    guard let test = try test(entry.value) else { return nil }
    var check = ComposeFile.HealthCheck(test: test)
    for setting in settings { try read(setting, into: &check) }
    return check
  }

  private func read(_ setting: Tree.Entry, into check: inout ComposeFile.HealthCheck) throws(ComposeError) {
    let (value, what) = (setting.value, "'\(setting.key)'")
    switch setting.key {
    case "interval": check.interval = try positive(value, what)
    case "timeout": check.timeout = try positive(value, what)
    case "start_period": check.startPeriod = try reader.duration(value, what)
    case "start_interval": check.startInterval = try positive(value, what)
    case "retries": check.retries = try reader.count(value, what)
    default: break
    }
  }

  private func positive(_ tree: Tree, _ what: String) throws(ComposeError) -> Duration {
    let duration = try reader.duration(tree, what)
    guard duration > .zero else { throw reader.error(tree, "\(what) must be longer than nothing.") }
    return duration
  }

  /// `[CMD, program, argument…]`, `[CMD-SHELL, line]`, a line for the shell, or `[NONE]`, which gives nil.
  private func test(_ tree: Tree) throws(ComposeError) -> ComposeFile.HealthCheck.Test? {
    guard case .sequence = tree.content else { return shell(try reader.string(tree, "'test'")) }
    let words = try reader.strings(tree, "'test'")
    switch (words.first, words.count) {
    case ("NONE", 1): return nil
    case ("CMD-SHELL", 2): return shell(words[1])
    case ("CMD", 2...): return question(Array(words.dropFirst())) ?? .command(Array(words.dropFirst()))
    default:
      throw reader.error(
        tree, "'test' is [CMD, program, argument…], [CMD-SHELL, line], [NONE], or a line for the shell.")
    }
  }

  private func shell(_ line: String) -> ComposeFile.HealthCheck.Test {
    shellWords(line).flatMap(question) ?? .command(["/bin/sh", "-c", line])
  }

  /// `gongwen status`, `gongwen status --stage NAME`: the supervisor asks the queue itself.
  private func question(_ words: [String]) -> ComposeFile.HealthCheck.Test? {
    let words = words.filter { $0 != "--quiet" }
    if words == ["gongwen", "status"] { return .queue(stage: nil) }
    return words.count == 4 && words.starts(with: ["gongwen", "status", "--stage"]) ? .queue(stage: words[3]) : nil
  }
}
