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
      failure. DOCS/S is how many documents the process hands on a second, as the queue counts them; '-' where the queue
      does not answer or does not know the process. --json has the members that other programs rely on, and rate, the
      same number or null.
      """)

  @Flag(help: "Print one JSON object a line.")
  var json = false

  package init() {}

  package func run() async throws {
    let home = Home(environment: ProcessInfo.processInfo.environment)
    guard let lines = try ControlSocket.ask(.ps, folder: home.run) else {
      return writeError("gongwen: no pipeline is running in \(home.path).")
    }
    let rows = lines.split(separator: UInt8(ascii: "\n"))
    let rates = Self.rates(home)
    let text = json ? try Self.json(rows, rates) : try Self.table(rows, rates)
    writeAll(STDOUT_FILENO, Array(text.utf8))
  }

  /// Documents a second by the names of the workers; none where the queue does not answer.
  private static func rates(_ home: Home) -> [String: Double] {
    guard let running = try? Running(home: home),
      case .report(let json)? = try? QueueClient(address: running.clients).ask(.status, within: .milliseconds(500))
    else { return [:] }
    return rates(StatusReport(json)?.workers ?? [])
  }

  /// Two workers of one name, of another machine say, count together.
  static func rates(_ workers: [StatusReport.Worker]) -> [String: Double] {
    Dictionary(workers.map { ($0.name, $0.rate) }, uniquingKeysWith: +)
  }

  /// The supervisor's objects, each with its rate as the last member.
  static func json(_ lines: [ArraySlice<UInt8>], _ rates: [String: Double]) throws -> String {
    try lines.map { line in
      let rate = rates[try ProcessLine.read(line).name].map { "\($0)" } ?? "null"
      return String(decoding: line.dropLast(), as: UTF8.self) + ",\"rate\":\(rate)}\n"
    }.joined()
  }

  static func table(_ lines: [ArraySlice<UInt8>], _ rates: [String: Double]) throws -> String {
    let rows = try lines.map(ProcessLine.read)
    let cells =
      [["NAME", "STATE", "HEALTH", "PID", "RESTARTS", "UPTIME", "CPU", "MEMORY", "DOCS/S"]]
      + rows.map {
        [
          $0.name, $0.state, $0.health + ($0.health_text.map { ": \($0.prefix(60))" } ?? ""),
          $0.pid.map(String.init) ?? "-", "\($0.restarts)",
        ] + $0.usage + [rates[$0.name].map { "\($0)" } ?? "-"]
      }
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ") + "\n"
    }.joined()
  }
}
