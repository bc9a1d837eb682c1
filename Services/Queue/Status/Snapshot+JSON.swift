internal import Record

extension Snapshot {
  /// The object of `gongwen status --json`.
  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("http", http)
      json.member("accepted", accepted)
      json.member("pending", pending)
      json.member("in_flight", inFlight)
      json.member("done", done)
      json.member("failed", failed)
      json.member("dead", dead)
      json.key("stages")
      json.object { json in
        for stage in stages {
          json.key(stage.name)
          stage.write(&json)
        }
      }
      json.member("workers", workers) { $1.write(&$0) }
    }
    return json.bytes
  }
}

extension Snapshot.Stage {
  fileprivate func write(_ json: inout JSONWriter) {
    json.object { json in
      json.member("pending", pending)
      json.member("in_flight", inFlight)
      json.member("workers", workers)
      json.key("oldest_seconds")
      json.raw(tenths(oldestSeconds))
      json.key("rate")
      json.raw(tenths(rate))
      json.member("dead", meter.deadLetters)
      json.member("redeliveries", meter.redeliveries)
    }
  }
}

extension Snapshot.Worker {
  fileprivate func write(_ json: inout JSONWriter) {
    json.object { json in
      json.member("name", name)
      json.member("stage", stage)
      json.member("jobs", jobs)
      json.key("credit")
      json.object { json in
        json.member("messages", credit.messages)
        json.member("bytes", credit.bytes)
      }
      json.key("heartbeat_seconds")
      json.raw(tenths(heartbeatSeconds))
      json.key("rate")
      json.raw(tenths(rate))
    }
  }
}

/// A number with one place after the point.
private func tenths(_ value: Double) -> String.UTF8View {
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)".utf8
}
