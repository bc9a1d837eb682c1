import Daemon
import Queue
import TestSupport
import Testing

@testable import Fetch
@testable import Gongwen

@Suite struct SettingTests {
  private static let yaml = """
    services:
      queue:
        command: [gongwen-queue, --max-attempts, "7", --make-keys]
        environment: {GONGWEN_LEASE_SECONDS: "12", GONGWEN_STAGES: , GONGWEN_HOME: "${GONGWEN_HOME:-/srv/g}"}
      fetch:
        command: [gongwen-fetch, --host-delay=2]
        environment: {http_proxy: , GONGWEN_HOME: /srv/other}
    """

  private static func effective(_ environment: [String: String]) throws -> [EffectiveSetting] {
    let file = try ComposeFile([.init(file: "c.yaml", yaml: yaml)], environment: environment) { _ in "" }
    let plan = try Plan(file, scale: [:], environment: environment) { $0 }
    return EffectiveSetting.all(file, plan, environment: environment)
  }

  private static func says(_ environment: [String: String], _ name: String) throws -> [String] {
    try effective(environment).filter { $0.name == name }
      .map { "\($0.value) \($0.origin.rawValue) \($0.services.joined(separator: ","))" }
  }

  @Test func anOptionGoesBeforeAVariableAndThatBeforeTheDefault() throws {
    let outside = [
      "GONGWEN_STAGES": "a b", "GONGWEN_MAX_ATTEMPTS": "3", "GONGWEN_HOST_DELAY": "1", "GONGWEN_KEEP_FINISHED": "9",
    ]
    #expect(try Self.says(outside, "GONGWEN_MAX_ATTEMPTS") == ["7 option queue"])
    #expect(try Self.says(outside, "GONGWEN_MAKE_KEYS") == ["1 option queue"])
    #expect(try Self.says(outside, "GONGWEN_HOST_DELAY") == ["2 option fetch"])
    #expect(try Self.says(outside, "GONGWEN_STAGES") == ["a b environment queue"])
    #expect(try Self.says(outside, "GONGWEN_KEEP_FINISHED") == ["9 environment queue"])
    #expect(try Self.says(outside, "GONGWEN_LEASE_SECONDS") == ["12 file queue"])
    #expect(try Self.says(outside, "GONGWEN_WINDOW_JOBS") == ["2048 default queue"])
  }

  @Test func servicesThatDifferHaveARowEach() throws {
    #expect(try Self.says([:], "GONGWEN_HOME") == ["/srv/g file queue", "/srv/other file fetch"])
    #expect(try Self.says([:], "LOG_LEVEL") == ["info default queue,fetch"])
  }

  @Test func theTableShowsNoPassword() throws {
    let rows = try Self.effective(["http_proxy": "http://me:secret@proxy:3128"])
    let text = EffectiveSetting.table(rows)
    #expect(text.contains("http://…@proxy:3128") && !text.contains("secret"))
    #expect(text.hasPrefix("SETTING ") && text.split(separator: "\n").count == rows.count + 1)
  }

  @Test func aWrongVariableInTheFileIsRefusedForOurProgramsOnly() throws {
    let yaml = "services:\n  a:\n    command: [%]\n    environment: {GONGWEN_STAGE: x}\n"
    func check(_ program: String) throws {
      let text = yaml.replacing("%", with: program)
      try ComposeFile([.init(file: "c.yaml", yaml: text)], environment: [:]) { _ in "" }.checkSettings()
    }
    try check("worker.py")
    let failure = #expect(throws: CommandFailure.self) { try check("/opt/gongwen-queue") }
    #expect(failure?.status == .usage)
    #expect(
      failure?.message.hasPrefix("c.yaml:2: service 'a': There is no setting GONGWEN_STAGE; did you mean") == true)
  }

  @Test func theDefaultsOfTheTableAreThoseOfThePrograms() {
    let (limits, fetch) = (Limits(), FetchPolicy())
    let usual = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.name, $0.usual) })
    for (name, value) in [
      ("STAGES", Topology.standard), ("MAX_ATTEMPTS", "\(limits.attempts)"),
      ("LEASE_SECONDS", "\(Double(limits.lease) / 1000)"), ("MAX_DOCUMENT_BYTES", "\(limits.documentBytes)"),
      ("MAX_LEDGER_BYTES", "\(limits.ledgerBytes)"), ("DISK_RESERVE_BYTES", "\(limits.diskReserve)"),
      ("WINDOW_BYTES", "\(limits.windowBytes)"), ("WINDOW_JOBS", "\(limits.windowJobs)"),
      ("KEEP_FINISHED", "\(SQLiteLedger.keptFinished)"), ("HOST_CONNECTIONS", "\(fetch.hostConnections)"),
      ("HOST_DELAY", "\(fetch.hostDelay / .seconds(1))"),
    ] {
      #expect(usual["GONGWEN_" + name] == value)
    }
  }

  @Test(arguments: ["gongwen", "gongwen-sink"]) func everyProgramEndsAtItsStart(_ program: String) throws {
    let home = TemporaryFolder()
    let arguments = program == "gongwen" ? ["status"] : []
    for (variable, words) in [
      (["GONGWEN_KEEP_FINISHD": "5"], "did you mean 'GONGWEN_KEEP_FINISHED'?"),
      (["GONGWEN_RETAIN_HOURS": "ever"], "GONGWEN_RETAIN_HOURS is 'ever'; it must be a number from"),
    ] {
      let result = try GongwenProcess(program, arguments, home: home.path, environment: variable).result()
      #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
    }
  }
}

@Suite struct PsTests {
  private let lines = [
    #"{"service":"clean","instance":1,"pid":null,"state":"running","health":"healthy","restarts":0}"#,
    #"{"service":"clean","instance":2,"pid":null,"state":"starting","health":"starting","restarts":1}"#,
  ].map { Array($0.utf8)[...] }

  @Test func aProcessHasTheRateOfTheWorkerOfItsName() throws {
    let rates = Ps.rates([.init(name: "clean-1", rate: 8.2), .init(name: "sink-1", rate: 3)])
    let rows = try Ps.table(lines, rates).split(separator: "\n").map { $0.split(separator: " ").last }
    #expect(rows == ["DOCS/S", "8.2", "-"])
    let json = try Ps.json(lines, rates).split(separator: "\n")
    #expect(json.count == 2 && json[0].hasSuffix(#","rate":8.2}"#) && json[1].hasSuffix(#","rate":null}"#))
  }
}
