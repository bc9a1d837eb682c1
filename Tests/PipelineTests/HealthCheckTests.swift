import Foundation
import Schema
import TestSupport
import Testing

/// Health checks that are commands, with real processes.
@Suite(.serialized) struct HealthCheckTests {
  /// Starts services of a file, hands them to the body, and stops them.
  private func with(
    _ yaml: String, _ body: (Program, TemporaryFolder, Program.Outcome) async throws -> Void
  ) async throws {
    let home = TemporaryFolder()
    try home.write("c.yaml", yaml.utf8)
    let program = Program(environment: ["GONGWEN_HOME": home.path + "/h"])
    let outcome = try await program.gongwen("up", "-d", "-f", home.path + "/c.yaml")
    do { try await body(program, home, outcome) } catch { Issue.record("\(error)") }
    _ = try await program.gongwen("down")
  }

  private func row(_ program: Program) async throws -> JSONValue? {
    try await program.gongwen("ps", "--json").lines.first.map { try JSONValue($0) }
  }

  @Test(.timeLimit(.minutes(2))) func upReturnsOnceTheCommandSucceedsAndPsSaysWhyItFailsLater() async throws {
    let yaml = """
      services:
        a:
          command: [sh, -c, "touch well; exec sleep 600"]
          working_dir: .
          healthcheck: {test: "test -f well || (echo '病了'; exit 1)", interval: 50ms, start_interval: 20ms, retries: 1}
      """
    try await with(yaml) { program, home, outcome in
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(try await row(program)?["health"] == .string("healthy"))
      try FileManager.default.removeItem(atPath: home.path + "/well")
      try await until { try await row(program)?["health"] == .string("unhealthy") }
      #expect(try await row(program)?["health_text"] == .string("病了"))
      #expect(String(decoding: try await program.gongwen("ps").output, as: UTF8.self).contains("unhealthy: 病了"))
    }
  }

  @Test(.timeLimit(.minutes(2))) func aCheckWhoseTimeIsOverIsKilledWithAllThatItStarted() async throws {
    let yaml = """
      services:
        a:
          command: [sleep, "600"]
          working_dir: .
          healthcheck: {test: "sleep 601 & echo $$! >>pids; wait", interval: 50ms, timeout: 50ms, retries: 2}
      """
    try await with(yaml) { program, home, outcome in
      #expect(outcome.status != 0 && outcome.error.contains("a-1 is unhealthy (no answer in 50ms)"), "\(outcome.error)")
      _ = try await program.gongwen("down")
      let pids = try String(contentsOfFile: home.path + "/pids", encoding: .utf8).split(separator: "\n")
      #expect(pids.count >= 2)
      for pid in pids.compactMap({ Int32($0) }) { try await until { kill(pid, 0) != 0 || isZombie(pid) } }
    }
  }

  private func isZombie(_ pid: Int32) -> Bool {
    (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8))?.contains(") Z ") ?? true
  }
}
