package import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import Wire

/// `gongwen ps`: the processes of the pipeline.
package struct Ps: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "ps", abstract: "Lists the processes of the pipeline.",
    discussion: """
      CPU is the share of one processor since the process started, MEMORY what is resident. Restarts are those after a
      failure; --json has the members that other programs rely on.
      """)

  @Flag(help: "Print one JSON object a line.")
  var json = false

  package init() {}

  package func run() async throws {
    let home = Home(environment: ProcessInfo.processInfo.environment)
    guard let lines = try ControlSocket.ask(.ps, folder: home.run) else {
      return writeError("gongwen: no pipeline is running in \(home.path).")
    }
    if json {
      writeAll(STDOUT_FILENO, lines)
    } else {
      writeAll(STDOUT_FILENO, Array(try Self.table(lines).utf8))
    }
  }

  private struct Row: Decodable {
    var service: String
    var instance: Int
    var pid: Int?
    var state: String
    var health: String
    var restarts: Int
    var started_at: String?
    var health_text: String?
  }

  private static func table(_ lines: [UInt8]) throws -> String {
    let rows = try lines.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Row.self, from: Data($0)) }
    let cells =
      [["NAME", "STATE", "HEALTH", "PID", "RESTARTS", "UPTIME", "CPU", "MEMORY"]]
      + rows.map {
        [
          "\($0.service)-\($0.instance)", $0.state, $0.health + ($0.health_text.map { ": \($0.prefix(60))" } ?? ""),
          $0.pid.map(String.init) ?? "-", "\($0.restarts)",
        ] + ($0.pid.flatMap(ProcessUsage.init)?.columns ?? ["-", "-", "-"])
      }
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ") + "\n"
    }.joined()
  }
}
