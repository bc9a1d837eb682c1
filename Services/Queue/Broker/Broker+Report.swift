internal import Record
internal import Wire

/// How many jobs passed a stage in each of the last seconds.
struct PassCounter {
  static let seconds: UInt64 = 10

  private var counts: [UInt64: Int] = [:]

  mutating func count(at uptime: UInt64) {
    let second = uptime / 1000
    counts[second, default: 0] += 1
    if counts.count > Int(Self.seconds) { counts = counts.filter { $0.key + Self.seconds >= second } }
  }

  /// Jobs in a second, over the last ten.
  func rate(at uptime: UInt64) -> Double {
    let second = uptime / 1000
    let total = counts.reduce(0) { $0 + ($1.key + Self.seconds > second ? $1.value : 0) }
    return Double(total) / Double(Self.seconds)
  }
}

extension Broker {
  /// The object of `gongwen status --json`.
  var report: [UInt8] {
    let window = jobs.values.map { ($0.stage, $0.place == .leased || $0.place == .committing, $0.time) }
    let inFlight = window.count { $0.1 }
    let pending = window.count - inFlight + backlogs.reduce(0) { $0 + $1.count }
    let ends = Change.Final.allCases.map { finished[$0] ?? 0 }
    var json = JSONWriter()
    json.object { json in
      json.member("accepted", pending + inFlight + ends.reduce(0, +))
      json.member("pending", pending)
      json.member("in_flight", inFlight)
      json.member("done", ends[0])
      json.member("failed", ends[1])
      json.member("dead", ends[2])
      json.key("stages")
      json.object { json in
        for stage in topology.stages.indices {
          json.key(name(of: stage))
          write(stage, window.filter { $0.0 == stage }, &json)
        }
      }
      json.member("workers", workers.values.sorted { $0.name < $1.name }, write)
    }
    return json.bytes
  }

  private func write(_ stage: Int, _ window: [(Int, isInFlight: Bool, time: UInt64)], _ json: inout JSONWriter) {
    let inFlight = window.count { $0.isInFlight }
    let backlog = backlogs[stage]
    let oldest = (window.map(\.time) + (backlog.count > 0 ? [backlog.oldest] : [])).min()
    json.object { json in
      json.member("pending", window.count - inFlight + backlog.count)
      json.member("in_flight", inFlight)
      json.member("workers", workers.values.count { $0.stage == stage })
      json.key("oldest_seconds")
      json.raw(tenths(oldest.map { Double(now.wall - min(now.wall, $0)) / 1000 } ?? 0))
      json.key("rate")
      json.raw(tenths(passes[stage].rate(at: now.uptime)))
    }
  }

  private func write(_ json: inout JSONWriter, _ worker: WorkerSession) {
    json.object { json in
      json.member("name", worker.name)
      json.member("stage", name(of: worker.stage))
      json.member("jobs", worker.held.count)
      json.key("credit")
      json.object { json in
        json.member("messages", Int(clamping: worker.room))
        json.member("bytes", Int(clamping: Int64(clamping: worker.granted.bytes) - Int64(clamping: worker.sent.bytes)))
      }
      json.key("heartbeat_seconds")
      json.raw(tenths(Double(now.uptime - min(now.uptime, worker.lastHeard)) / 1000))
    }
  }
}

/// A number with one place after the point.
private func tenths(_ value: Double) -> String.UTF8View {
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)".utf8
}
