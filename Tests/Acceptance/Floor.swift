import Foundation
import Testing

/// The least that a figure of a scorer may be; it only rises.
struct Floor: Sendable, CustomTestStringConvertible {
  /// All cells of its row but the last one.
  var name: String
  var value: Double
  var testDescription: String { "\(name) ≥ \(value)" }

  /// The rows of a table in this folder: cells between tabs, the value last, under a row of heads.
  static func table(_ file: String) throws -> [Floor] {
    let text = try String(contentsOf: Acceptance.root.appending(path: "Tests/Acceptance/" + file), encoding: .utf8)
    return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().map { row in
      let cells = row.split(separator: "\t")
      return Floor(
        name: cells.dropLast().joined(separator: " "), value: try #require(cells.last.flatMap { Double($0) }))
    }
  }
}

/// What a program prints.
func output(_ arguments: String...) throws -> Data {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = arguments
  process.standardOutput = output
  try process.run()
  defer { process.waitUntilExit() }
  return try output.fileHandleForReading.readToEnd() ?? Data()
}
