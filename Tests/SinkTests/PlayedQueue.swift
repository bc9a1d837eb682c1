import Record
import Testing
import Wire
import ZeroMQ

/// A queue that the test plays: documents 1…count, each delivered until an answer to it is believed.
///
/// Not Sendable: one thread runs the test, the queue's socket and the waiting.
struct PlayedQueue {
  let home: Home
  private let context = Context()
  private let router: Socket
  private var poller: Poller
  private var peer: [UInt8]?
  private var credit = WorkerMessage.Credit(messages: 0, bytes: 0)
  private var sent = WorkerMessage.Credit(messages: 0, bytes: 0)
  private var waiting: [UInt64]
  private var unfinished: Set<UInt64>
  private let numbers: [JobID: UInt64]
  private var deliveries: [UInt64: UInt32] = [:]
  /// Jobs that the sink gave back unwritten.
  private(set) var givenBack = 0
  private let line: (UInt64) -> [UInt8]
  private let layer: (UInt64) -> String

  init(
    _ home: Home, documents: Int, layer: @escaping (UInt64) -> String = { _ in "record" },
    line: @escaping (UInt64) -> [UInt8]
  ) throws {
    self.home = home
    self.line = line
    self.layer = layer
    router = try Socket(.router, in: context, .sendLimit(0), .receiveLimit(0))
    try router.bind("ipc://\(home.run)/queue.workers")
    poller = Poller([router])
    waiting = (1...UInt64(documents)).map(\.self)
    unfinished = Set(waiting)
    numbers = Dictionary(uniqueKeysWithValues: waiting.map { (Self.job($0), $0) })
  }

  /// How many jobs have no answer yet that was believed.
  var left: Int { unfinished.count }

  var isFinished: Bool { unfinished.isEmpty }

  /// The sink is gone: what was not answered, or whose answer was not committed, is delivered again.
  mutating func loseSink() throws {
    while try router.receive() != nil {}
    peer = nil
    waiting = unfinished.sorted()
  }

  /// Waits for messages and answers them. Jobs are sent as the credit allows.
  ///
  /// - Parameter commit: whether an answer is believed; one that is not is an answer that died with the queue.
  mutating func step(within time: Duration, commit: () -> Bool = { true }) throws {
    try poller.wait(time)
    while let frames = try router.receive() {
      try take(WorkerMessage(Array(frames.dropFirst())), from: frames[0], commit)
    }
    try deliver()
  }

  private mutating func take(_ message: WorkerMessage, from sender: [UInt8], _ commit: () -> Bool) throws {
    switch message {
    case .ready(let announcement):
      if sender != peer {
        peer = sender
        sent = .init(messages: 0, bytes: 0)
        waiting = unfinished.sorted()
        try send(.accepted(epoch: 1, heartbeat: 500, lease: 60_000))
      }
      #expect(announcement.stage == "sink" && announcement.partition == "sink-1")
      credit = announcement.credit
    case .result(let lease, _, let layers):
      #expect(WrittenLine(layers) != nil && layers.size == 0)
      if commit() { unfinished.remove(try #require(numbers[lease.job])) }
    case .heartbeat: try send(.alive(epoch: 1))
    case .giveBack: givenBack += 1
    case .start, .bye: break
    case .fail(_, let code, _, let message, _): Issue.record("\(code): \(message)")
    }
  }

  private mutating func deliver() throws {
    let watermark = unfinished.min() ?? 0
    while peer != nil, sent.messages < credit.messages, sent.bytes < credit.bytes, let number = waiting.first {
      waiting.removeFirst()
      deliveries[number, default: 0] += 1
      var layers = Layers()
      layers.append(layer(number), line(number))
      sent.messages += 1
      sent.bytes += UInt64(layers.size)
      try send(
        .job(
          .init(
            lease: Lease(job: Self.job(number), delivery: deliveries[number]!), number: number,
            watermark: watermark, attempt: 1, timings: "", layers: layers)))
    }
  }

  private func send(_ message: QueueMessage) throws { try router.send([peer!] + message.frames) }

  private static func job(_ number: UInt64) -> JobID { JobID(key: "document \(number)") }
}
