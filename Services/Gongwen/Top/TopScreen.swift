/// The screen of `gongwen top`: a function from what is known to lines.
struct TopScreen {
  enum Page: Equatable {
    case stages
    /// The end of a stage's log.
    case log([String])
    case help
  }

  var snapshot: TopSnapshot
  /// The chosen stage, by its place; nil where nobody chooses.
  var chosen: Int?
  var page = Page.stages
  /// What was said last.
  var message = ""

  static let help = [
    "↑ ↓        choose a stage", "+ -        one process more or less of it", "l, Enter   its log",
    "q, Esc     back, or the end", "?          this help",
  ]

  /// Exactly so many lines, each of exactly so many columns.
  func lines(columns: Int, rows: Int) -> [String] {
    let room = max(0, rows - 2)
    let body =
      switch page {
      case .stages: stageLines(columns)
      case .log(let lines): Array(lines.suffix(room))
      case .help: [""] + Self.help.map { "  " + $0 }
      }
    let filled = body.prefix(room) + Array(repeating: "", count: max(0, room - body.count))
    return ([head(columns)] + filled + [foot]).prefix(rows).map { Columns.fit($0, columns) }
  }

  /// All that there is to say, for a file or a pipe.
  var plain: String {
    ([head(80)] + stageLines(100)).map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n") + "\n"
  }

  private func head(_ columns: Int) -> String {
    let time = String(snapshot.time.dropFirst(11).prefix(8))
    return Columns.fit("gongwen top · \(snapshot.home)", max(0, columns - 9)) + " " + time
  }

  private var foot: String {
    if !message.isEmpty { return message }
    return page == .stages ? "↑↓ stage  +/- scale  l log  ? help  q quit" : "q back"
  }

  private func stageLines(_ columns: Int) -> [String] {
    [state, ""] + pipeline(columns) + [""] + processLines
  }

  private var state: String {
    guard let report = snapshot.report else {
      return snapshot.processes == nil ? "no pipeline is running; waiting for queue" : "waiting for queue"
    }
    return "accepted \(report.accepted)  waiting \(report.pending)  in flight \(report.in_flight)  done \(report.done)"
      + "  failed \(report.failed)  dead letters \(report.dead)"
  }

  /// A row a stage, in the order in which documents pass; the bar says which share of what waits lies there.
  private func pipeline(_ columns: Int) -> [String] {
    let widths = [8, 9, 8, 9, 9]
    let titles = ["WAITING", "IN FLIGHT", "OLDEST", "RATE", "PROCESSES"]
    let bar = max(0, min(16, columns - 16 - 4 - widths.reduce(0) { $0 + $1 + 1 }))
    let head = "    " + Columns.fit("STAGE", 14) + cells(titles, widths)
    let most = max(1, snapshot.report?.stages.map(\.stage.pending).max() ?? 1)
    let rows = snapshot.stages.enumerated().map { place, name in
      let stage = snapshot.report?.stages.first { $0.name == name }?.stage
      let processes = snapshot.processes(of: name)
      let well = processes.count { $0.health != "unhealthy" && $0.state == "running" }
      let values =
        [
          stage.map { "\($0.pending)" }, stage.map { "\($0.in_flight)" },
          stage.map { StatusReport.age($0.oldest_seconds) },
          stage.map { "\($0.rate)/s" },
        ].map { $0 ?? "-" } + ["\(well)/\(processes.count)"]
      let filled = bar * (stage?.pending ?? 0) / most
      return (place == chosen ? "▸ " : "  ") + (place == 0 ? "┬ " : "▼ ") + Columns.fit(name, 14)
        + cells(values, widths) + "  " + String(repeating: "█", count: filled)
    }
    return [head] + rows
  }

  /// The processes of the chosen stage, or all.
  private var processLines: [String] {
    let shown =
      (chosen.flatMap { snapshot.stages.indices.contains($0) ? snapshot.stages[$0] : nil })
      .map(snapshot.processes(of:)) ?? snapshot.processes ?? []
    let widths = [9, 8, 9, 5, 8]
    let head =
      "    " + Columns.fit("PROCESS", 14) + cells(["STATE", "RESTARTS", "UPTIME", "CPU", "MEMORY"], widths) + "  HEALTH"
    return [head]
      + shown.map { process in
        "    " + Columns.fit("\(process.service)-\(process.instance)", 14)
          + cells([process.state, "\(process.restarts)"] + process.usage, widths) + "  " + process.health
          + (process.health_text.map { ": \($0)" } ?? "")
      }
  }

  private func cells(_ values: [String], _ widths: [Int]) -> String {
    zip(values, widths).map { Columns.fit($0, $1, toRight: true) }.joined(separator: " ")
  }
}
