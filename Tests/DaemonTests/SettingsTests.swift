import Daemon
import Foundation
import Testing

@Suite struct SettingsTests {
  @Test func aSlipInANameIsAnErrorWithTheNearestName() throws {
    let problem = try #require(Settings.problem(in: ["GONGWEN_KEEP_FINISHD": "5"]))
    #expect(problem.hasPrefix("There is no setting GONGWEN_KEEP_FINISHD; did you mean 'GONGWEN_KEEP_FINISHED'?"))
  }

  @Test(arguments: [
    ("GONGWEN_MAX_ATTEMPTS", "many", "a whole number from 1 on"),
    ("GONGWEN_MAX_ATTEMPTS", "0", "a whole number from 1 on"),
    ("GONGWEN_LEASE_SECONDS", "soon", "a number from 0.1 to 999999.0"),
    ("GONGWEN_HOST_DELAY", "nan", "a number from 0.0 to 3600.0"),
    ("GONGWEN_ALLOW_PRIVATE", "yes", "1 for yes or 0 for no"),
    ("LOG_FORMAT", "xml", "one of logfmt, json"), ("GONGWEN_EXTRACT", "300", "a whole number from 0 to 256"),
    ("GONGWEN_RETAIN_BYTES", "-1", "a whole number from 1 to 18446744073709551615"),
  ]) func aValueThatCannotBeReadIsNamedWithWhatIsExpected(_ name: String, _ value: String, _ expected: String) {
    #expect(Settings.problem(in: [name: value]) == "\(name) is '\(value)'; it must be \(expected).")
  }

  @Test(arguments: [
    ["GONGWEN_MAX_ATTEMPTS": "3", "GONGWEN_HOST_DELAY": "0", "GONGWEN_MAX_LEDGER_BYTES": "18446744073709551615"],
    ["GONGWEN_STAGES": "", "GONGWEN_RETAIN_HOURS": ""], ["GONGWENX": "1", "PATH": "/bin", "LOG_DIR": "x"],
    [
      "GONGWEN_SERVICE_HOST": "10.0.0.1", "GONGWEN_QUEUE_PORT_7501_TCP_ADDR": "10.0.0.1",
      "GONGWEN_PORT": "tcp://10.0.0.1:1",
    ],
  ]) func whatIsWellOrNotOursPasses(_ environment: [String: String]) {
    #expect(Settings.problem(in: environment) == nil)
  }

  @Test func namesOfAComposeFileOfOnesOwnPass() {
    #expect(Settings.problem(in: ["GONGWEN_RACK": "7"], others: ["GONGWEN_RACK"]) == nil)
    #expect(Settings.problem(in: ["GONGWEN_RACK": "7"]) != nil)
  }

  @Test func passwordsAreNotShown() throws {
    let proxy = try #require(Setting.all.first { $0.name == "http_proxy" })
    #expect(proxy.shown("http://me:s@cret@proxy:3128") == "http://…@proxy:3128")
    #expect(proxy.shown("me:secret@proxy:3128") == "…@proxy:3128")
    #expect(proxy.shown("http://proxy:3128") == "http://proxy:3128")
  }

  /// Every variable that code, the Compose file, the units or a script names is in the table, and nothing else is.
  @Test func theTableHoldsWhatIsReadAndNothingElse() throws {
    let table = Set(Setting.all.map(\.name).filter { $0.hasPrefix("GONGWEN_") })
    #expect(table.count == Setting.all.count { $0.name.hasPrefix("GONGWEN_") })
    var named: Set<String> = []
    for path in try Self.files(["Shared", "Services"], ".swift") where !path.contains("/Settings/") {
      named.formUnion(try Self.names(path, #/"(GONGWEN_[A-Z_]+)"/#))
    }
    for path in ["compose.yaml", "run", "build-programs", "test-image", "backup"].map({ "\(Self.project)/deploy/\($0)" }
    ) {
      named.formUnion(try Self.names(path, #/(GONGWEN_[A-Z_]+)/#))
    }
    let tests = try Self.files(["Tests"], ".swift").filter { !$0.contains("/DaemonTests/") }
      .flatMap { try Self.names($0, #/environment\["(GONGWEN_[A-Z_]+)"\]/#) }
    #expect(named.union(tests).subtracting(table).sorted() == [])
    #expect(table.subtracting(named).subtracting(tests).sorted() == [])
  }

  private static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private static func files(_ folders: [String], _ ending: String) throws -> [String] {
    try folders.flatMap { folder in
      try FileManager.default.subpathsOfDirectory(atPath: "\(project)/\(folder)").filter { $0.hasSuffix(ending) }
        .map { "\(project)/\(folder)/\($0)" }
    }
  }

  private static func names(_ path: String, _ pattern: Regex<(Substring, Substring)>) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).matches(of: pattern).map { String($0.1) }
  }
}
