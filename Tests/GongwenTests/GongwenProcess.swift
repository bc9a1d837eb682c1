import Foundation
import TestSupport

/// A real process of one of the programs, killed when the test lets it go.
final class GongwenProcess: Sendable {
  /// What it left behind.
  struct Result {
    var status: Int32
    var output: String
    var errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  private let process = Process()
  private let files: TemporaryFolder

  /// Starts a program of the build with the home of the test.
  init(
    _ program: String, _ arguments: [String], home: String, environment: [String: String] = [:],
    standardInput: String? = nil
  ) throws {
    files = TemporaryFolder()
    process.executableURL = URL(filePath: Self.folder + "/" + program)
    process.arguments = arguments
    process.environment = ["GONGWEN_HOME": home, "LOG_LEVEL": "error"].merging(environment) { $1 }
    files.write("in", standardInput ?? "")
    files.write("out", "")
    files.write("err", "")
    process.standardInput = FileHandle(forReadingAtPath: files.path + "/in")
    process.standardOutput = FileHandle(forWritingAtPath: files.path + "/out")
    process.standardError = FileHandle(forWritingAtPath: files.path + "/err")
    try process.run()
  }

  deinit { kill() }

  /// What it has written so far.
  var output: String { text("out") }

  var isRunning: Bool { process.isRunning }

  func kill() {
    guard process.isRunning else { return }
    Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Interrupts it as Ctrl-C does.
  func interrupt() { process.interrupt() }

  /// Waits for its end.
  func result() -> Result {
    process.waitUntilExit()
    return Result(status: process.terminationStatus, output: text("out"), errors: text("err"))
  }

  private func text(_ file: String) -> String {
    String(decoding: FileManager.default.contents(atPath: files.path + "/" + file) ?? Data(), as: UTF8.self)
  }

  /// The folder of the build, where the tests' own bundle lies.
  static var folder: String {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return URL(filePath: bundle).deletingLastPathComponent().path
  }
}
