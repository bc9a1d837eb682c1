import Foundation
import Testing

@testable import Queue

/// What lies in `deploy/observability`, beside the metrics that it is about.
struct ObservabilityTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../deploy/observability").standardizedFileURL

  @Test(arguments: ["alerts.yml", "dashboard.json"]) func onlyMetricsThatThereAreAreNamed(_ file: String) throws {
    var bench = try Bench()
    try bench.handle(.space(1 << 40))
    let metrics = String(decoding: bench.broker.snapshot.metrics, as: UTF8.self)
    let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    let names = Set(text.matches(of: #/gongwen_[a-z_]+[a-z]/#).map { String($0.output) })
    #expect(names.count > 4)
    for name in names {
      let isThere = ["", "_bucket", "_count"].contains { suffix in
        name.hasSuffix(suffix) && metrics.contains("# TYPE \(name.dropLast(suffix.count)) ")
      }
      #expect(isThere, "\(name)")
    }
  }

  @Test func eachAlarmIsRaisedByWhatItIsForAndByNothingElse() throws {
    guard let promtool = promtool(saying: #function) else { return }
    let process = Process()
    let output = Pipe()
    process.executableURL = promtool
    process.arguments = ["test", "rules", Self.folder.appending(path: "alerts.test.yml").path]
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    let words = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(words)")
  }
}

/// The program that checks what is made for Prometheus; where it is absent, says that a test is skipped.
func promtool(saying test: String) -> URL? {
  let paths = ["/usr/bin/promtool", "/usr/local/bin/promtool"]
  if let path = paths.first(where: FileManager.default.isExecutableFile) { return URL(filePath: path) }
  print("\(test) is skipped: promtool is not there (Debian: apt-get install prometheus)")
  return nil
}
