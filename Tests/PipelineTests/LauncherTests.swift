import Foundation
import Schema
import Testing
import TestSupport

/// What users of docker compose expect of `up`, `ps`, `logs` and `down`, with real processes.
@Suite(.serialized) struct LauncherTests {
  @Test func psListsEveryProcessAsHealthyWhenUpReturns() async throws {
    try await Pipeline.with(replicas: 2) { pipeline in
      let lines = try await pipeline.program.gongwen("ps", "--json").lines.map { try JSONValue($0) }
      #expect(lines.count == 11)
      for line in lines {
        #expect(
          line.members.map(\.name) == [
            "service", "instance", "pid", "state", "health", "restarts", "started_at", "rate",
          ])
        // The queue counts what its workers hand on, by their names.
        #expect((line["rate"] == .null) == (line["service"] == .string("queue")))
        #expect(line["state"] == .string("running"))
        #expect(line["health"] == .string("healthy"))
      }
      let logs = try await pipeline.program.gongwen("logs", "queue")
      #expect(logs.lines.allSatisfy { $0.starts(with: "queue-1".utf8) } && !logs.lines.isEmpty)
    }
  }

  @Test func aSecondUpChangesOnlyWhatDiffers() async throws {
    try await Pipeline.with { pipeline in
      let processes = try await pipeline.processes()
      let again = try await pipeline.up()
      #expect(again.status == 0)
      #expect(again.error.contains("already running"))
      #expect(try await pipeline.processes() == processes)
      let other = try await pipeline.up(of: ["clean": 2])
      #expect(other.status == 0 && other.error.contains("other settings"))
      let now = try await pipeline.processes()
      #expect(Set(now).isSuperset(of: processes) && now.count == processes.count + 1)
    }
  }

  @Test(.timeLimit(.minutes(3)))
  func scalingAndRestartingLosesNothingAndCountsNoAttempt() async throws {
    try await Pipeline.with { pipeline in
      let lines = (0..<600).map { #"{"uri": "\#($0)", "text": "甲县检查\#($0 + 10)次,办结\#($0 + 5)件。"}"# }
      async let pushed = pipeline.push("-", input: Array(lines.joined(separator: "\n").utf8))
      for step in [
        ["scale", "clean=3", "extract=2"], ["restart", "segment", "sink"], ["scale", "clean=1", "extract=1"],
      ] {
        let outcome = try await pipeline.program.gongwen(step)
        #expect(outcome.status == 0, "\(step): \(outcome.error)")
      }
      #expect(try await pushed.status == 0)
      let records = try await pipeline.records().map { try JSONValue($0) }
      #expect(Set(records.map { "\($0["source"]?["uri"], default: "")" }).count == 600 && records.count == 600)
      #expect(records.allSatisfy { $0["run"]?["attempts"]?.integer == 1 })
      #expect(try await pipeline.processes().count == 6)
    }
  }

  @Test func scaleAndRestartSayWhatIsWrong() async throws {
    let program = Program(environment: ["GONGWEN_HOME": TemporaryFolder().path + "/h"])
    #expect(try await program.gongwen("scale", "clean=2").status == 69)
    #expect(try await program.gongwen("scale", "clean").status == 69)
    #expect(try await program.gongwen("restart").error.contains("gongwen up -d"))
    try await Pipeline.with { pipeline in
      let near = try await pipeline.program.gongwen("scale", "claen=2")
      #expect(near.status == 64 && near.error.contains("did you mean 'clean'?"))
      #expect(try await pipeline.program.gongwen("scale", "clean=many").status == 64)
      #expect(try await pipeline.program.gongwen("restart", "sing").error.contains("did you mean 'sink'?"))
    }
  }

  @Test func aProcessThatIsKilledComesBack() async throws {
    try await Pipeline.with { pipeline in
      let before = try await pipeline.processes()
      kill(before[2], SIGKILL)
      // 'push --wait' returns only when the pipeline is whole again.
      let input = Array(#"{"uri": "a", "text": "甲县检查120次。"}"#.utf8)
      #expect(try await pipeline.push("-", input: input).status == 0)
      let restarts = try await pipeline.program.gongwen("ps", "--json").lines.map {
        try JSONValue($0)["restarts"]?.integer
      }
      #expect(restarts == [0, 0, 1, 0, 0, 0])
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func aLogThatIsFollowedLosesNoLineWhileItIsRotated() async throws {
    let home = TemporaryFolder()
    let yaml = """
      services:
        a:
          command:
            - sh
            - -c
            - i=0; while [ $$i -lt 6000 ]; do i=$$((i+1)); echo line $$i; [ $$((i % 250)) -ne 0 ] || sleep 0.1; done; exec sleep 600
          logging: {driver: local, options: {max-size: 5k, max-file: "200"}}
      """
    try home.write("c.yaml", yaml.utf8)
    let program = Program(environment: ["GONGWEN_HOME": home.path + "/h"])
    #expect(try await program.gongwen("up", "-d", "-f", home.path + "/c.yaml").status == 0)
    let follower = try Running(
      ["\(Program.folder)/gongwen", "logs", "-f", "a"], environment: program.environment, output: home.path + "/seen")
    let last = "a-1        | line 6000"
    try await until {
      try await Task.sleep(for: .milliseconds(20))
      return try String(contentsOfFile: home.path + "/seen", encoding: .utf8).contains(last)
    }
    let seen = try String(contentsOfFile: home.path + "/seen", encoding: .utf8).split(separator: "\n")
    #expect(seen.map(String.init) == (1...6000).map { "a-1        | line \($0)" })
    let names = try FileManager.default.contentsOfDirectory(atPath: home.path + "/h/logs")
    #expect(names.count { $0.hasPrefix("a-1.log.0") } > 1)
    #expect(try await program.gongwen("logs", "a").lines.count == 6000)
    follower.end(SIGKILL)
    #expect(try await program.gongwen("down").status == 0)
  }

  @Test(.timeLimit(.minutes(2)), arguments: [1, 3])
  func nobodyIsLeftAloneWhenTheSupervisorIsKilledAndANewPipelineGoesOn(_ replicas: Int) async throws {
    try await Pipeline.with(replicas: replicas, of: ["sink": 1]) { pipeline in
      let documents = (0..<300).map { #"{"uri": "\#($0)", "text": "甲县检查\#($0 + 10)次。"}"# }
      async let pushed = pipeline.push("-", input: Array(documents.joined(separator: "\n").utf8))
      try await until { try await pipeline.status()["done"]?.integer ?? 0 > 20 }
      let orphans = try await pipeline.processes()
      kill(try supervisor(of: orphans[0]), SIGKILL)
      // The lock of the home is free only when the last process of the former pipeline has ended.
      let started = try await pipeline.up(replicas: replicas, of: ["sink": 1])
      #expect(started.status == 0, "\(started.error)")
      #expect(try await pushed.status == 0)
      // A process that has let go of its files still has to be reaped.
      for orphan in orphans { try await until { kill(orphan, 0) != 0 } }
      let records = try await pipeline.records().map { try JSONValue($0) }
      #expect(Set(records.map { "\($0["source"]?["uri"], default: "")" }).count == 300 && records.count == 300)
      #expect(try await pipeline.status()["done"]?.integer == 300)
      let processes = try await pipeline.processes()
      #expect(processes.count == 2 + 4 * replicas && Set(processes).isDisjoint(with: orphans))
    }
  }

  @Test func aProgramThatDoesNotStayUpMakesUpFailAndLeavesNothingBehind() async throws {
    let home = TemporaryFolder()
    try home.write("c.yaml", "services: {a: {command: [sh, -c, 'exit 3']}, b: {command: [sleep, '600']}}".utf8)
    let program = Program(environment: ["GONGWEN_HOME": home.path + "/h"])
    let outcome = try await program.gongwen("up", "-d", "-f", home.path + "/c.yaml")
    #expect(outcome.status == 0 || outcome.error.contains("a-1 ended with status 3"))
    #expect(try await program.gongwen("down").status == 0)
    #expect(try await program.gongwen("ps").output.isEmpty)
  }

  @Test func aMistakeInTheFileIsSaidWithItsLineBeforeAnythingStarts() async throws {
    let home = TemporaryFolder()
    try home.write("c.yaml", "services:\n  a:\n    comand: x\n".utf8)
    let outcome = try await Program(environment: ["GONGWEN_HOME": home.path + "/h"])
      .gongwen("up", "-d", "-f", home.path + "/c.yaml")
    #expect(outcome.status == 64)
    #expect(outcome.error.contains("c.yaml:3: unknown key 'comand' in service 'a'; did you mean 'command'?"))
    #expect(!FileManager.default.fileExists(atPath: home.path + "/h"))
  }

  /// The process that started another one.
  private func supervisor(of process: Int32) throws -> Int32 {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("PPid:") })
    return try #require(Int32(line.split(separator: "\t").last ?? ""))
  }
}
