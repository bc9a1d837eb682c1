import Record
import Wire
import ZeroMQ

/// A queue that runs, as its clients and workers see it.
struct QueueUnderTest: Sendable {
  let address: QueueAddress
  let keys: (any KeyRing)?
  let load: Load

  /// Bytes and documents under way without an OK.
  private static let window = (bytes: 8 << 20, documents: 2000)

  /// How fast documents were accepted, and how long each took from PUT to OK.
  struct Accepted: CustomStringConvertible {
    let rate: Double
    let times: [Duration]

    var description: String {
      let sorted = times.sorted()
      func part(_ share: Double) -> String {
        let place = min(sorted.count - 1, Int(Double(sorted.count) * share))
        return "\((sorted[place] / .milliseconds(1) * 1000).rounded() / 1000) ms"
      }
      return "accept \(Int(rate))/s, PUT to OK p50 \(part(0.5)), p99 \(part(0.99)), most \(part(1))"
    }
  }

  /// By one producer.
  func accept(ahead: Int? = nil) async throws -> Accepted {
    try await DedicatedThread.run("put") { () throws in
      let socket = try Socket(.dealer, in: Context(keys: keys), .sendLimit(0))
      try socket.connect(address.clients)
      let producer = (0..<16).map { _ in UInt8.random(in: 0...255) }
      try socket.send(ClientRequest.hello(producer: producer).frames)
      _ = try socket.receive(wait: true)
      let ahead = ahead ?? max(1, min(Self.window.documents, Self.window.bytes / load.size))
      let start = ContinuousClock.now
      var (sent, times): ([ContinuousClock.Instant], [Duration]) = ([], [])
      while times.count < load.count {
        while sent.count < load.count, sent.count - times.count < ahead {
          sent.append(.now)
          try socket.send(load.document(sent.count, key: "\(producer.hexadecimal)-\(sent.count)"), wait: true)
        }
        guard let reply = try socket.receive(wait: true) else { continue }
        guard case .ok(let sequence, _) = try ClientReply(reply) else { continue }
        let now = ContinuousClock.now
        while times.count < sequence { times.append(now - sent[times.count]) }
      }
      return Accepted(rate: load.rate(since: start), times: times)
    }
  }

  /// Documents in a second that waited in the queue through a worker and a sink until all are done.
  func deliver() async throws -> Double {
    let start = ContinuousClock.now
    async let worked: Void = work("clean", adding: "record")
    async let written: Void = work("sink", adding: nil)
    _ = try await (worked, written)
    return load.rate(since: start)
  }

  private func work(_ stage: String, adding name: String?) async throws {
    try await DedicatedThread.run(stage) { () throws in
      let socket = try Socket(.dealer, in: Context(keys: keys), .sendLimit(0), .linger(.seconds(30)))
      try socket.connect(address.workers)
      var credit = WorkerMessage.Credit(messages: 256, bytes: 64 << 20)
      func ready() throws {
        try socket.send(
          WorkerMessage.ready(
            .init(stage: stage, name: stage, credit: credit, partition: name == nil ? stage : "", address: "")
          ).frames)
      }
      try ready()
      var done = 0
      while done < load.count {
        guard let frames = try socket.receive(wait: true), case .job(let job) = try QueueMessage(frames) else {
          continue
        }
        var layers = Layers()
        if let name { layers.append(name, job.layers["raw"] ?? []) }
        try socket.send(WorkerMessage.start(job.lease).frames)
        try socket.send(WorkerMessage.result(job.lease, microseconds: 1, layers: layers).frames)
        done += 1
        credit.messages += 1
        credit.bytes += UInt64(job.layers.size)
        if done % 32 == 0 { try ready() }
      }
      try socket.send(WorkerMessage.bye.frames)
    }
  }
}
