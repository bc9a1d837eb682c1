internal import Record
internal import Wire

/// The way of one document through the stages: what the queue knows of it, and what the processes said.
struct Timeline {
  let job: JobID
  /// The queue's letter of it; nil where the queue does not know it, or does not answer.
  let letter: LetterLine?
  let events: [TraceEvent]

  /// Attempts that ended and the time that they took, by stage, in the order of time.
  var stages: [(name: String, attempts: Int, seconds: Double)] {
    var stages: [(name: String, attempts: Int, seconds: Double)] = []
    for event in events where event.isEnding {
      if !stages.contains(where: { $0.name == event.stage }) { stages.append((event.stage, 0, 0)) }
      guard let place = stages.firstIndex(where: { $0.name == event.stage }) else { continue }
      stages[place].attempts += 1
      stages[place].seconds += event.seconds ?? 0
    }
    return stages
  }

  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("job", job.description)
      json.member("state", letter?.state)
      json.member("accepted_at", letter?.acceptedAt)
      json.member("events", events) { json, event in
        json.object { json in
          json.member("time", event.time)
          json.member("service", event.service)
          json.member("event", event.message)
          if let seconds = event.seconds {
            json.key("seconds")
            json.raw("\(seconds)".utf8)
          }
          json.member("code", event.code)
          json.member("reason", event.reason)
        }
      }
      json.member("stages", stages) { json, stage in
        json.object { json in
          json.member("stage", stage.name)
          json.member("attempts", stage.attempts)
          json.key("seconds")
          json.raw("\(stage.seconds)".utf8)
        }
      }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// What is known, then a line an event, then the sums by stage.
  var text: String {
    var lines = ["\(job)  \(letter?.state ?? "not known to the queue")"]
    if let accepted = letter?.acceptedAt { lines.append("\(accepted)       accepted") }
    lines += events.map { event in
      let service = event.service.padded(to: 12)
      let time = event.seconds.map(Self.milliseconds) ?? ""
      let words = [event.message, event.code, event.reason].compactMap(\.self).joined(separator: ": ")
      return "\(event.time)  \(service)\(time.padded(to: 12))\(words)"
    }
    lines += stages.map { stage in
      "\(stage.name.padded(to: 12))\(stage.attempts) \(stage.attempts == 1 ? "attempt" : "attempts"), "
        + Self.milliseconds(stage.seconds)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `3.91 ms`
  private static func milliseconds(_ seconds: Double) -> String {
    "\((seconds * 100_000).rounded() / 100) ms"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
