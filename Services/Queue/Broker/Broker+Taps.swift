internal import Record
internal import Wire

/// A client that looks on while documents pass a stage.
struct Tap {
  /// Clients at a time; another one takes the place of the one whose time ends first.
  static let most = 16
  /// Messages of one grant at most.
  static let grant: UInt64 = 256
  /// Milliseconds after which a client that does not ask again is forgotten.
  static let life: UInt64 = 10_000
  /// Bytes of a layer that are shown; a larger one is left out.
  static let layerBytes = 256 << 10

  let stage: Int
  let every: UInt64
  let layers: [String]
  let until: UInt64
  var left: UInt64
  var seen: UInt64 = 0
}

extension Broker {
  mutating func tap(
    _ peer: Peer, _ stageName: String, every: UInt64, count: UInt64, layers: [String]
  ) throws(WireError) {
    guard let stage = topology.place(of: stageName) else {
      throw WireError(.unknownStage, "There is no stage '\(stageName)' in the topology '\(topology.text)'.")
    }
    if taps.count >= Tap.most, taps[peer] == nil, let first = taps.min(by: { $0.value.until < $1.value.until }) {
      taps[first.key] = nil
    }
    let seen = taps[peer].flatMap { $0.stage == stage ? $0.seen : nil } ?? 0
    taps[peer] = Tap(
      stage: stage, every: max(1, every), layers: Array(layers.prefix(16)), until: now.uptime + Tap.life,
      left: min(count, Tap.grant), seen: seen)
  }

  /// What there is to show of a document at its stage.
  enum Sight {
    case passed(microseconds: UInt64, Layers)
    case ended(String, LastError)
  }

  /// Shows a document to who looks on; costs a look at an empty dictionary where nobody does.
  mutating func show(_ job: Job, _ sight: Sight) {
    guard !taps.isEmpty else { return }
    for (peer, tap) in taps where tap.stage == job.stage && tap.left > 0 {
      taps[peer]?.seen += 1
      guard tap.seen % tap.every == 0 else { continue }
      taps[peer]?.left -= 1
      reply(peer, .tapped(json: event(job, sight), layers: layers(job, sight, tap.layers)))
    }
  }

  mutating func forgetTaps() {
    if !taps.isEmpty { taps = taps.filter { $0.value.until > now.uptime } }
  }

  private func event(_ job: Job, _ sight: Sight) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("time", timestamp(secondsSince1970: Int(now.wall / 1000)))
      json.member("job", job.id.description)
      json.member("stage", name(of: job.stage))
      switch sight {
      case .passed(let microseconds, let layers):
        json.member("outcome", "passed")
        json.key("seconds")
        json.raw("\(Double(microseconds) / 1_000_000)".utf8)
        json.member("bytes_in", job.layers.size)
        json.member("bytes_out", layers.size)
      case .ended(let outcome, let error):
        json.member("outcome", outcome)
        json.member("code", error.code)
        json.member("bytes_in", job.layers.size)
      }
      json.member("uri", (try? Source(job.layers, stage: ""))?.uri)
    }
    return json.bytes
  }

  private func layers(_ job: Job, _ sight: Sight, _ names: [String]) -> Layers {
    var shown = Layers()
    guard !names.isEmpty else { return shown }
    var all = job.layers
    if case .passed(_, let layers) = sight { all.append(layers) }
    for layer in all.all where names.contains(layer.name) && layer.bytes.count <= Tap.layerBytes {
      shown.append(layer.name, layer.bytes)
    }
    return shown
  }
}
