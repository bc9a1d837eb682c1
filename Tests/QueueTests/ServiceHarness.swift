import Foundation
import Logging
import Record
import Testing
import Wire
import ZeroMQ
import TestSupport

@testable import Queue

/// A queue in this process, in a folder of its own, with its sockets.
final class RunningQueue: Sendable {
  let folder: TemporaryFolder
  let address: QueueAddress
  private let service: QueueService
  private let task: Task<Void, any Error>

  init(
    in folder: TemporaryFolder, _ topology: String = "clean sink", limits: Limits = Limits(),
    address: QueueAddress? = nil, http: HTTPAddress? = nil
  ) throws {
    self.folder = folder
    let home = Home(path: folder.path)
    self.address = address ?? home.queueAddress(environment: [:])
    let service = QueueService(
      QueueConfiguration(
        home: home, address: self.address, topology: try Topology(topology), limits: limits,
        http: http),
      logger: Logger(label: "queue") { _ in SwiftLogNoOpLogHandler() })
    self.service = service
    task = Task { try await service.run() }
  }

  /// Ends it as SIGTERM does and waits until it has.
  func stop() async throws {
    service.stop()
    try await task.value
  }

  func askToStop() { service.stop() }

  deinit { service.stop() }
}

/// A client or a worker that is nothing but a socket: each call sends or awaits one message.
struct HandMade {
  private let socket: Socket
  private var poller: Poller

  /// Long enough for a busy machine; reached only where something is wrong.
  static let patience = Duration.seconds(30)

  init(_ context: Context, _ address: String) throws {
    socket = try Socket(.dealer, in: context, .reconnect(first: .milliseconds(10), longest: .milliseconds(100)))
    try socket.connect(address)
    poller = Poller([socket])
  }

  func say(_ request: ClientRequest) throws { try socket.send(request.frames, wait: true) }

  func say(_ message: WorkerMessage) throws { try socket.send(message.frames, wait: true) }

  func say(_ frames: [[UInt8]]) throws { try socket.send(frames, wait: true) }

  /// The next message; throws if none comes for a long time.
  mutating func hear(within time: Duration = patience) throws -> [[UInt8]] {
    let end = ContinuousClock.now + time
    while true {
      if let frames = try socket.receive() { return frames }
      guard ContinuousClock.now < end else { throw Silence() }
      try poller.wait(.milliseconds(100))
    }
  }

  mutating func reply(within time: Duration = patience) throws -> ClientReply { try ClientReply(hear(within: time)) }

  /// The next JOB; what else comes meanwhile is passed over.
  mutating func job() throws -> QueueMessage.Job {
    while true { if case .job(let job) = try QueueMessage(hear()) { return job } }
  }

  func ready(_ name: String, _ stage: String, partition: String = "", messages: UInt64 = 100) throws {
    try say(
      .ready(
        .init(
          stage: stage, name: name, credit: .init(messages: messages, bytes: 1 << 30), partition: partition,
          address: partition.isEmpty ? "" : "ipc:///\(partition)")))
  }

  func finish(_ job: QueueMessage.Job, adding name: String? = nil) throws {
    var layers = Layers()
    if let name { layers.append(name, Array("{}".utf8)) }
    try say(.result(job.lease, microseconds: 10, layers: layers))
  }

  /// Asks until the report is as wanted.
  mutating func awaitReport(_ isWanted: (Report) -> Bool) throws -> Report {
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end {
      try say(.status)
      if case .report(let json) = try reply() {
        let report = try Report(json)
        if isWanted(report) { return report }
      }
    }
    throw Silence()
  }

  /// HELLO until it is answered; the sequence to go on after.
  mutating func hello(_ producer: String) throws -> UInt64 {
    try say(.hello(producer: id(producer)))
    while true { if case .welcome(_, let sequence) = try reply() { return sequence } }
  }

  /// The OK that covers a sequence.
  mutating func awaitOK(_ sequence: UInt64) throws {
    while true { if case .ok(let last, _) = try reply(), last >= sequence { return } }
  }

  struct Silence: Error {}
}

/// Runs on a thread that may wait: the queue needs those of the test runner.
func blocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await DedicatedThread.run("test", body)
}
