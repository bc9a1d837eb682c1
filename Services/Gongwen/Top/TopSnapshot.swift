internal import Record
internal import Wire

/// What `gongwen top` shows: the queue's report and the processes at one moment.
struct TopSnapshot {
  var home: String
  /// ISO 8601 in UTC.
  var time: String
  /// Nil while the queue does not answer.
  var report: StatusReport?
  /// Nil while no supervisor answers.
  var processes: [ProcessLine]?
  /// Both as they were said, for other programs.
  var json: [UInt8] = []

  /// Asks the supervisor and the queue of a home.
  static func take(_ home: Home, address: Endpoint) throws(CommandFailure) -> TopSnapshot {
    let lines = try ControlSocket.ask(.ps, folder: home.run)?.split(separator: UInt8(ascii: "\n"))
    let answer = try? QueueClient(address: address).ask(.status, within: .milliseconds(500))
    var queue: [UInt8]?
    if case .report(let json)? = answer { queue = json }
    var snapshot = TopSnapshot(home: home.path, time: timestampNow(), report: queue.flatMap(StatusReport.init))
    snapshot.processes = lines?.compactMap { try? ProcessLine.read($0) }
    snapshot.json =
      Array("{\"time\":\"\(snapshot.time)\",\"queue\":".utf8) + (queue ?? Array("null".utf8))
      + Array(",\"processes\":[".utf8) + Array((lines ?? []).joined(separator: [UInt8(ascii: ",")]))
      + Array("]}\n".utf8)
    return snapshot
  }

  /// The stages of the queue in their order; while it is away, the services that have processes.
  var stages: [String] {
    if let report { return report.stages.map(\.name) }
    return (processes ?? []).map(\.service).reduce(into: []) { if $0.last != $1, $1 != "queue" { $0.append($1) } }
  }

  func processes(of stage: String) -> [ProcessLine] { (processes ?? []).filter { $0.service == stage } }
}
