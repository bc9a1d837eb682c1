import Foundation
import Subprocess
import TestSupport

/// Runs the programs that were built beside these tests.
struct Program {
  /// What a program wrote and how it ended.
  struct Outcome {
    var status: Int32
    var output: [UInt8]
    var error: String

    var lines: [[UInt8]] { output.split(separator: UInt8(ascii: "\n")).map(Array.init) }
  }

  /// The folder of the sources.
  static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The folder of the programs: the test bundle's.
  static let folder =
    Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent().path }
    .first { FileManager.default.isExecutableFile(atPath: $0 + "/gongwen") }
    ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path

  var environment: [String: String] = [:]
  var workingFolder = NSTemporaryDirectory()
  /// The words of a program that becomes this one, before its own: it may put it into a namespace.
  var wrapper: [String] = []

  /// Runs `gongwen` with arguments and waits for its end.
  func gongwen(_ arguments: String..., input: [UInt8] = []) async throws -> Outcome {
    try await gongwen(arguments, input: input)
  }

  func gongwen(_ arguments: [String], input: [UInt8] = []) async throws -> Outcome {
    let variables = environment.map { "\($0.key)=\($0.value)" }
    // A file and no pipe: swift-subprocess 1.0.2 ends the tests with a fatal error if a program ends before it has read all.
    let folder = TemporaryFolder()
    try folder.write("input", input)
    let reading = ["sh", "-c", "exec \"$@\" <\"$0\"", folder.path + "/input"]
    let command = ["-C", workingFolder] + variables + reading + wrapper + ["\(Self.folder)/gongwen"] + arguments
    let result = try await run(
      .name("env"), arguments: Arguments(command), output: .bytes(limit: 1 << 28),
      error: .string(limit: 1 << 24))
    withExtendedLifetime(folder) {}
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      default: -1
      }
    return Outcome(status: status, output: result.standardOutput, error: result.standardError)
  }
}
