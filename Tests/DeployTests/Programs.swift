import Foundation
import Subprocess

/// The programs beside these tests and the files of `deploy/`.
enum Programs {
  static let names = ["gongwen"] + ["queue", "fetch", "clean", "segment", "extract", "sink"].map { "gongwen-\($0)" }

  /// The folder of the sources.
  static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The folder of the programs: the test bundle's.
  static let folder =
    Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent().path }
    .first { FileManager.default.isExecutableFile(atPath: $0 + "/gongwen") }
    ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path

  struct Outcome {
    var isSuccess: Bool
    var output: String
    var error: String
  }

  /// Runs a command in the folder of the sources, with no environment but a path and what is given.
  static func run(_ command: [String], environment: [String: String] = [:]) async throws -> Outcome {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let variables = environment.merging(["PATH": path, "LC_ALL": "C.UTF-8"]) { own, _ in own }
    let command = ["-i", "-C", project] + variables.map { "\($0.key)=\($0.value)" } + command
    let result = try await Subprocess.run(
      .name("env"), arguments: Arguments(command), output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
    return Outcome(
      isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput, error: result.standardError)
  }

  /// Whether a program is in the path.
  static func has(_ program: String) async -> Bool {
    (try? await run(["sh", "-c", "command -v \(program)"]).isSuccess) ?? false
  }
}
