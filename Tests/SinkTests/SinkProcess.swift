import Foundation
import Testing

/// A real `gongwen-sink`, killed when the test lets it go.
final class SinkProcess {
  private let process = Process()
  private let errors: String

  /// Starts a sink of the partition `sink-1` in a home.
  ///
  /// - Parameter wrapper: the words of a program that becomes the sink, before its own.
  init(home: String, _ options: [String] = [], in wrapper: [String] = []) throws {
    errors = home + "/errors"
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    let words = wrapper + [Self.program, "--home", home, "--log-level", "error"] + options
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
  }

  deinit { kill() }

  var id: Int32 { process.processIdentifier }

  /// The most memory that it has had so far, in KB.
  func peakMemory() throws -> Int { try memory("VmHWM") }

  /// The memory that it has now, in KB.
  func residentMemory() throws -> Int { try memory("VmRSS") }

  private func memory(_ name: String) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("\(name):") })
    return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1]))
  }

  /// Whether it has logged an error with these words.
  func hasSaid(_ words: String) -> Bool {
    String(decoding: FileManager.default.contents(atPath: errors) ?? Data(), as: UTF8.self).contains(words)
  }

  /// Kills it as a crash does, and returns once it is gone.
  func kill() {
    guard process.isRunning else { return }
    Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Asks it to drain, and returns its exit status.
  func drain() -> Int32 {
    process.terminate()
    return status()
  }

  /// Its exit status, once it has ended by itself.
  func status() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// The program beside the one that runs the tests.
  static var program: String {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return URL(filePath: bundle).deletingLastPathComponent().path + "/gongwen-sink"
  }
}
