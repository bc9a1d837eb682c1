internal import FoundationEssentials

/// The queue's answer to STATUS, for people.
struct StatusReport: Decodable {
  struct Stage: Decodable {
    var pending: Int
    var in_flight: Int
    var workers: Int
    var oldest_seconds: Double
    var rate: Double
  }

  struct Worker: Decodable {
    /// `clean-1`.
    var name: String
    /// Documents a second.
    var rate: Double
  }

  var accepted: Int
  var pending: Int
  var in_flight: Int
  var done: Int
  var failed: Int
  var dead: Int
  /// In the order of the topology.
  var stages: [(name: String, stage: Stage)]

  var workers: [Worker]

  private enum Key: CodingKey { case accepted, pending, in_flight, done, failed, dead, stages, workers }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    accepted = try container.decode(Int.self, forKey: .accepted)
    pending = try container.decode(Int.self, forKey: .pending)
    in_flight = try container.decode(Int.self, forKey: .in_flight)
    done = try container.decode(Int.self, forKey: .done)
    failed = try container.decode(Int.self, forKey: .failed)
    dead = try container.decode(Int.self, forKey: .dead)
    stages = try container.decode([String: Stage].self, forKey: .stages).map { ($0, $1) }
    workers = try container.decodeIfPresent([Worker].self, forKey: .workers) ?? []
  }

  /// The report that JSON states, its stages in the order in which they stand there.
  init?(_ json: [UInt8]) {
    guard let report = try? JSONDecoder().decode(StatusReport.self, from: Data(json)),
      let stages = JSONMembers(json[...])?["stages"], let order = JSONMembers(stages)?.all.map(\.name)
    else { return nil }
    self = report
    self.stages.sort { order.firstIndex(of: $0.name) ?? 0 < order.firstIndex(of: $1.name) ?? 0 }
  }

  /// A row a stage, then the totals.
  var table: String {
    let head = ["stage", "pending", "in flight", "workers", "oldest", "rate"]
    let rows = stages.map { name, stage in
      [
        name, "\(stage.pending)", "\(stage.in_flight)", "\(stage.workers)", Self.age(stage.oldest_seconds),
        "\(stage.rate)/s",
      ]
    }
    let totals =
      "accepted \(accepted): done \(done), failed \(failed), dead \(dead), pending \(pending), "
      + "in flight \(in_flight)"
    return Self.aligned([head] + rows) + "\n\n" + totals
  }

  /// `-` for none, `41.5 s`, `12 min`, `3 h`.
  static func age(_ seconds: Double) -> String {
    switch seconds {
    case ...0: "-"
    case ..<100: "\(seconds) s"
    case ..<6000: "\(Int(seconds / 60)) min"
    default: "\(Int(seconds / 3600)) h"
    }
  }

  /// The first column to the left, the others to the right.
  private static func aligned(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { column in
        let blanks = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + blanks : blanks + row[column]
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
