import ArgumentParser
import Record
import Wire
import ZeroMQ

/// Measures a running `gongwen-queue` against bare libzmq, in one run, so that the ratio means something.
@main
struct QueueBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue-bench",
    abstract: "Pushes documents at a queue that runs, and the same bytes through PUSH and PULL.",
    discussion: "The queue must run with --stages 'clean sink' for --deliver.")

  @Option(help: "The queue's address.") var queue: String
  @Option(help: "Bytes of a document.") var size = 40_000
  @Option(help: "Documents.") var count = 20_000
  @Flag(help: "Also take every document through a worker and a sink that do nothing.") var deliver = false
  @Flag(help: "Only push; no comparison.") var pushOnly = false
  @Flag(help: "How long PUT to OK takes, document after document, while the others of the count are delivered.")
  var latency = false

  func run() async throws {
    let address = QueueAddress(base: queue)
    let plan = Plan(size: size, count: count)
    if latency { return try await plan.latency(address) }
    let bare = pushOnly ? 0 : try await plan.bare(queue + ".bench")
    let accepted = try await plan.accept(address)
    print("accept \(Int(accepted))/s" + (pushOnly ? "" : ", bare \(Int(bare))/s, ratio \(accepted / bare)"))
    guard deliver else { return }
    let delivered = try await plan.deliver(address)
    print("deliver \(Int(delivered))/s" + (pushOnly ? "" : ", ratio \(delivered / bare)"))
  }
}

/// How much is sent, and how.
struct Plan: Sendable {
  let size: Int
  let count: Int

  /// Bytes and documents under way without an OK.
  private static let window = (bytes: 8 << 20, documents: 2000)

  private func rate(_ start: ContinuousClock.Instant) -> Double {
    Double(count) / ((ContinuousClock.now - start) / .seconds(1))
  }

  private func document(_ number: Int) -> [[UInt8]] {
    var layers = Layers()
    layers.append("source", Array("{\"uri\":\"\(number)\"}".utf8))
    layers.append("raw", Array(repeating: UInt8(truncatingIfNeeded: number), count: size))
    return ClientRequest.put(sequence: 0, key: "key", layers: layers).frames
  }

  /// Messages in a second from a PUSH to a PULL.
  func bare(_ address: String) async throws -> Double {
    let context = Context()
    async let received: Double = DedicatedThread.run("pull") { () throws in
      let pull = try Socket(.pull, in: context)
      try pull.bind(address)
      _ = try pull.receive(wait: true)
      let start = ContinuousClock.now
      for _ in 1..<self.count { _ = try pull.receive(wait: true) }
      return self.rate(start)
    }
    try await DedicatedThread.run("push") { () throws in
      let push = try Socket(.push, in: context, .linger(nil))
      try push.connect(address)
      for number in 0..<self.count { try push.send(self.document(number), wait: true) }
    }
    return try await received
  }

  /// Documents in a second from PUT to OK, by one producer.
  func accept(_ address: QueueAddress) async throws -> Double {
    try await DedicatedThread.run("put") { () throws in
      let socket = try Socket(.dealer, in: Context(), .sendLimit(0))
      try socket.connect(address.clients)
      var random = SystemRandomNumberGenerator()
      let producer = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
      try socket.send(ClientRequest.hello(producer: producer).frames)
      _ = try socket.receive(wait: true)
      let start = ContinuousClock.now
      var (sent, covered) = (0, 0)
      let ahead = max(1, min(Self.window.documents, Self.window.bytes / self.size))
      while covered < self.count {
        while sent < self.count, sent - covered < ahead {
          sent += 1
          var frames = self.document(sent)
          frames[2] = (0..<8).map { UInt8(truncatingIfNeeded: sent >> ((7 - $0) * 8)) }
          frames[3] = Array("\(producer.hexadecimal)-\(sent)".utf8)
          try socket.send(frames, wait: true)
        }
        guard let reply = try socket.receive(wait: true) else { continue }
        if case .ok(let sequence, _) = try ClientReply(reply) { covered = Int(sequence) }
      }
      return self.rate(start)
    }
  }

  /// Documents in a second from the queue through a worker and a sink until all are done.
  func deliver(_ address: QueueAddress) async throws -> Double {
    let start = ContinuousClock.now
    async let worked: Void = work(address, stage: "clean", adding: "record")
    async let written: Void = work(address, stage: "sink", adding: nil)
    _ = try await (worked, written)
    return rate(start)
  }

  func work(_ address: QueueAddress, stage: String, adding name: String?) async throws {
    try await DedicatedThread.run(stage) { () throws in
      let socket = try Socket(.dealer, in: Context(), .sendLimit(0), .linger(.seconds(1)))
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
      while done < self.count {
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
