@testable import Gongwen
import Testing
import TestSupport

@Suite struct ComposeTests {
  private func load(_ yaml: String) throws(ComposeError) -> ComposeFile {
    try ComposeFile("c.yaml", yaml, environment: ["HERE": "yes"])
  }

  private func problem(_ yaml: String) -> String? {
    do throws(ComposeError) {
      _ = try load(yaml)
      return nil
    } catch { return "\(error)" }
  }

  @Test func aServiceIsReadWithAllThatCountsNatively() throws {
    let file = try load(
      """
      x-common: &common
        restart: on-failure:3
        environment: {A: "1", B: two}
      services:
        queue:
          <<: *common
          command: gongwen-queue --name 'a b'
          healthcheck: {test: [CMD, gongwen, status], interval: 1m30s, retries: 5}
          image: gongwen
        clean:
          command: [gongwen-clean]
          environment: [C=3, HERE, GONE]
          depends_on: {queue: {condition: service_healthy}}
          deploy: {replicas: 3}
          stop_grace_period: 500ms
          stop_signal: SIGINT
          x-native: {environment: {C: "4"}, command: [clean, --fast]}
      """)
    let queue = file.services[0]
    #expect(queue.command == ["gongwen-queue", "--name", "a b"])
    #expect(queue.environment == ["A": "1", "B": "two"])
    #expect(queue.restart == .onFailure(limit: 3))
    #expect(queue.health == ComposeFile.HealthCheck(test: .queue(stage: nil), interval: .seconds(90), retries: 5))
    #expect(queue.containerKeys == ["image"])
    let clean = file.services[1]
    #expect(clean.command == ["clean", "--fast"])
    #expect(clean.environment == ["C": "4", "HERE": "yes"])
    #expect(clean.dependencies.map(\.condition) == [.healthy])
    #expect(clean.replicas == 3)
    #expect(clean.stopGrace == .milliseconds(500))
    #expect(clean.stopSignal == .interrupt)
  }

  @Test(arguments: [
    ("services:\n  a:\n    comand: x\n", "c.yaml:3: unknown key 'comand' in service 'a'; did you mean 'command'?"),
    ("service:\n  a: {}\n", "c.yaml:1: unknown key 'service' in the file; did you mean 'services'?"),
    ("services:\n  a: {command: x, user: root}\n", "c.yaml:2: 'user' in service 'a' is not supported natively"),
    ("services:\n  a: {command: x, depends_on: [b]}\n", "c.yaml:2: there is no service 'b'"),
    ("services:\n  a: {}\n", "c.yaml:2: service 'a' has no 'command'"),
    ("services:\n  a: {command: x, restart: allways}\n", "did you mean 'always'?"),
    ("services:\n  a: {command: x, deploy: {replicas: many}}\n", "must be a whole number"),
    ("services:\n  a: {command: x, deploy: {resources: {}}}\n", "'resources' in 'deploy' is not supported"),
    ("services:\n  a: {command: x, stop_grace_period: soon}\n", "must be a duration"),
    ("services:\n  a: {command: x, volumes: [data:/data]}\n", "the volume 'data' has no place natively"),
    ("services:\n  a: {command: x, healthcheck: {test: [curl, x]}}\n", "'test' is [CMD, program, argument…]"),
    ("services:\n  a: {command: x, healthcheck: {test: [CMD]}}\n", "'test' is [CMD, program, argument…]"),
    ("services:\n  a: {command: x, healthcheck: {interval: 1s}}\n", "'healthcheck' has no 'test'"),
    ("services:\n  a: {command: x, healthcheck: {test: x, timeout: 0s}}\n", "must be longer than nothing"),
    ("services:\n  a: {command: x, logging: {driver: syslog}}\n", "natively logs are files, not 'syslog'"),
    ("services:\n  a: {command: x, logging: {options: {max-size: much}}}\n", "a size such as 500k"),
    ("services:\n  a: {command: x, logging: {options: {max-sise: 1k}}}\n", "did you mean 'max-size'?"),
    ("services:\n  a: {command: x, x-native: {ignore: [users]}, user: root}\n", "'user' in service 'a'"),
    ("services:\n  a: {command: 'x \"y'}\n", "quotation mark"),
    ("services:\n  a: {command: \"${NO:?set it}\"}\n", "c.yaml:2: NO: set it"),
    ("services:\n  a: {command: x, depends_on: [b]}\n  b: {command: x, depends_on: [a]}\n", "depends on itself"),
    (
      "services:\n  a: {command: x}\n  b: {command: x, depends_on: {a: {condition: service_healthy}}}\n",
      "c.yaml:3: 'a' has no 'healthcheck'"
    ),
    ("services: [\n", "c.yaml:2: this is not YAML"), ("", "c.yaml:1: the file is empty"),
  ])
  func whatIsWrongIsSaidWithItsLine(_ yaml: String, _ expected: String) throws {
    let said = try #require(problem(yaml))
    #expect(said.contains(expected), "\(said)")
  }

  @Test(
    arguments: [
      ("[CMD, curl, 'http://x/']", .command(["curl", "http://x/"])),
      ("[CMD-SHELL, 'test -f a || exit 1']", .command(["/bin/sh", "-c", "test -f a || exit 1"])),
      ("pgrep 'a b'", .command(["/bin/sh", "-c", "pgrep 'a b'"])),
      ("[CMD, gongwen, status, --stage, clean]", .queue(stage: "clean")),
      ("gongwen status --quiet", .queue(stage: nil)),
      ("[CMD, gongwen, status, --json]", .command(["gongwen", "status", "--json"])), ("[NONE]", nil),
      ("x, disable: true", nil),
    ] as [(String, ComposeFile.HealthCheck.Test?)])
  func aHealthCheckIsAQuestionToTheQueueOrACommand(_ yaml: String, _ test: ComposeFile.HealthCheck.Test?) throws {
    let times = "interval: 1s, timeout: 2s, start_period: 3s, start_interval: 400ms, retries: 5"
    let file = try load("services: {a: {command: x, healthcheck: {test: \(yaml), \(times)}}}")
    let expected = test.map {
      ComposeFile.HealthCheck(
        test: $0, interval: .seconds(1), timeout: .seconds(2), startPeriod: .seconds(3),
        startInterval: .milliseconds(400), retries: 5)
    }
    #expect(file.services[0].health == expected)
  }

  @Test(arguments: [("10s", 10), ("1m30s", 90), ("2h", 7200), ("1.5s", 1.5), ("250ms", 0.25), ("7", 7)])
  func durationsAreRead(_ text: String, _ seconds: Double) {
    #expect(Duration(compose: text) == .seconds(seconds))
  }

  @Test(arguments: ["", "s", "10 s", "10x", "ms5"])
  func whatIsNoDurationIsRefused(_ text: String) { #expect(Duration(compose: text) == nil) }

  @Test func theScaleOfTheCommandLineStandsAboveTheFile() throws {
    let file = try load("services:\n  a: {command: x, scale: 2}\n  b: {command: y}\n")
    let plan = try Plan(file, scale: ["a": 0, "b": 2], environment: ["P": "q", "LOG_LEVEL": "info"]) { "/bin/\($0)" }
    #expect(plan.instances.map(\.name) == ["b-1", "b-2"])
    #expect(plan.instances[1].environment == ["LOG_LEVEL": "info", "GONGWEN_INSTANCE": "2"])
    #expect(plan.instances[1].command == ["/bin/y"])
    #expect(throws: CommandFailure.self) { try Plan(file, scale: ["c": 1], environment: [:]) { $0 } }
    #expect(throws: CommandFailure.self) { try Plan(file, scale: [:], environment: [:]) { _ in nil } }
  }

  @Test func anEntryPointAFolderAndFilesOfVariablesAreHonoured() throws {
    let folder = TemporaryFolder()
    let text = """
      # of all
      A=1
      B = "two ${HERE} # no comment"  # a comment
      C='${HERE}'
      D=x=y # a comment
      HERE
      """
    try folder.write("a.env", text.utf8)
    try folder.write("b.env", "A=2\n".utf8)
    let yaml = """
      services:
        a:
          entrypoint: [e, --fast]
          command: x y
          working_dir: sub
          env_file: [a.env, {path: b.env}, {path: none.env, required: false}]
          environment: {D: own}
      """
    let file = try ComposeFile(folder.path + "/c.yaml", yaml, environment: ["HERE": "yes"])
    #expect(file.services[0].command == ["e", "--fast", "x", "y"])
    #expect(file.services[0].folder == folder.path + "/sub")
    #expect(
      file.services[0].environment
        == ["A": "2", "B": "two yes # no comment", "C": "${HERE}", "D": "own", "HERE": "yes"])
    try folder.write("bad.env", "A=1\n2B=3\n".utf8)
    for (name, expected) in [("bad.env", "bad.env:2: a line is NAME=value"), ("gone.env", "c.yaml:1: 'env_file':")] {
      #expect {
        try ComposeFile(
          folder.path + "/c.yaml", "services: {a: {command: x, env_file: \(name)}}", environment: [:])
      } throws: {
        "\($0)".contains(expected)
      }
    }
  }

  @Test func aSecondFileStandsAboveTheFirst() throws {
    let first = """
      services:
        a:
          command: [x, --one]
          environment: [A=1, B=1]
          depends_on: [c]
          volumes: [one:/1]
        c: {command: z, healthcheck: {test: [CMD, gongwen, status]}}
      x-native: {volumes: [one, two]}
      """
    let second = """
      services:
        a:
          command: [x, --two]
          environment: {B: "2", C: "2"}
          depends_on: {c: {condition: service_healthy}}
          volumes: [two:/2, one:/1]
          scale: 2
        b: {command: y, comand: z}
      """
    let sources = [ComposeFile.Source(file: "1.yaml", yaml: first), .init(file: "2.yaml", yaml: second)]
    #expect {
      try ComposeFile(sources, environment: [:], load: noFile)
    } throws: {
      "\($0)" == "2.yaml:8: unknown key 'comand' in service 'b'; did you mean 'command'?"
    }
    let good = second.replacing(", comand: z", with: "")
    let file = try ComposeFile([sources[0], .init(file: "2.yaml", yaml: good)], environment: [:], load: noFile)
    #expect(file.services.map(\.name) == ["a", "c", "b"])
    #expect(file.services[0].command == ["x", "--two"] && file.services[0].replicas == 2)
    #expect(file.services[0].environment == ["A": "1", "B": "2", "C": "2"])
    #expect(file.services[0].dependencies.map(\.condition) == [.healthy])
  }

  @Test func aServiceExtendsAnotherOneOfThisFileOrOfAnother() throws {
    let yaml = """
      services:
        a: {command: x, environment: {A: "1", B: "1"}, restart: always}
        b: {extends: a, environment: {B: "2"}}
        c: {extends: {service: far, file: o.yaml}, command: z}
        d: {extends: d, command: z}
      """
    func load(_ path: String) throws(ComposeError) -> String {
      #expect(path == "dir/o.yaml")
      return "services: {far: {extends: near, scale: 3}, near: {command: n, environment: {N: '1'}}}"
    }
    func read(_ yaml: String) throws(ComposeError) -> ComposeFile {
      try ComposeFile([.init(file: "dir/c.yaml", yaml: yaml)], environment: [:], load: load)
    }
    #expect { try read(yaml) } throws: { "\($0)".hasPrefix("dir/c.yaml:5: services extend one another in a circle") }
    let file = try read(yaml.replacing("extends: d,", with: ""))
    #expect(file.services[1].command == ["x"] && file.services[1].restart == .always)
    #expect(file.services[1].environment == ["A": "1", "B": "2"])
    #expect(file.services[2].command == ["z"] && file.services[2].replicas == 3)
    #expect(file.services[2].environment == ["N": "1"])
    #expect { try read("services: {clean: {command: x}, b: {extends: claen}}") } throws: {
      "\($0)".contains("did you mean 'clean'?")
    }
  }

  @Test func onlyServicesOfWantedProfilesAreThere() throws {
    let yaml = """
      services:
        a: {command: x}
        b: {command: y, profiles: [debug, all], depends_on: {c: {condition: service_started, required: false}}}
        c: {command: z, profiles: [other]}
      """
    func names(_ profiles: [String], _ variable: String = "") throws -> [String] {
      try ComposeFile("f", yaml, environment: ["COMPOSE_PROFILES": variable], profiles: profiles)
        .services.map(\.name)
    }
    #expect(try names([]) == ["a"])
    #expect(try names(["debug"]) == ["a", "b"])
    #expect(try names([], "other,all") == ["a", "b", "c"])
    #expect(try names(["*"]) == ["a", "b", "c"])
  }

  @Test func aVariableThatTheFileWorksInIsNotHandedOn() throws {
    let file = try load("services:\n  a: {command: x, scale: '${GONGWEN_A:-1}'}\n")
    let environment = ["GONGWEN_A": "2", "GONGWEN_HOME": "h", "GONGWEN_B": "3"]
    let plan = try Plan(file, scale: [:], environment: environment) { $0 }
    #expect(plan.instances[0].environment == ["GONGWEN_HOME": "h", "GONGWEN_B": "3", "GONGWEN_INSTANCE": "1"])
  }

  @Test func whatConfigPrintsIsReadAsTheSameServices() throws {
    let yaml = """
      services:
        a: {command: [x, 'a b', '--c="d"'], restart: on-failure:3, environment: {N: '1', E: '', D: a$$B}, stop_grace_period: 250ms}
        b:
          command: y
          image: z
          depends_on: {a: {condition: service_started, restart: true}}
          healthcheck: {test: "test -f '$$A'", interval: 1m30s, timeout: 1s, start_interval: 20ms, retries: 1}
          deploy: {replicas: 3}
      """
    let (before, after) = (try load(yaml), try load(try load(yaml).yaml()))
    #expect(after.services.map(\.command) == [["x", "a b", "--c=\"d\""], ["y"]])
    let plans = try [before, after].map { try Plan($0, scale: [:], environment: [:]) { $0 } }
    #expect(plans[0] == plans[1])
  }
}

extension ComposeFile {
  /// One file that names no other.
  init(_ file: String, _ yaml: String, environment: [String: String], profiles: [String] = []) throws(ComposeError) {
    try self.init([Source(file: file, yaml: yaml)], environment: environment, profiles: profiles, load: noFile)
  }
}

private func noFile(_ path: String) throws(ComposeError) -> String { throw ComposeError(path, 1, "is not asked for") }
