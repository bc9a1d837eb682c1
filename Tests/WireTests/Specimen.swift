import Record
import Testing
import Wire

/// A message as a value beside the golden file that holds its bytes, and how its kind is read.
struct Specimen: CustomTestStringConvertible, Sendable {
  /// The name of the golden file.
  let name: String
  let command: String
  /// The frames that the code writes.
  let frames: [[UInt8]]
  /// Whether frames are read as exactly this value.
  let isReadFrom: @Sendable ([[UInt8]]) throws(WireError) -> Bool
  /// Frames read and written again.
  let rewritten: @Sendable ([[UInt8]]) throws(WireError) -> [[UInt8]]

  var testDescription: String { name }

  init(_ name: String, _ value: some WireMessage) {
    self.name = name
    command = String(decoding: value.frames[1], as: UTF8.self)
    frames = value.frames
    isReadFrom = { frames throws(WireError) in value == (try value.same(frames)) }
    rewritten = { frames throws(WireError) in try value.same(frames).frames }
  }
}

/// What all messages have in common, for the tests.
protocol WireMessage: Equatable, Sendable {
  var frames: [[UInt8]] { get }
  init(_ frames: [[UInt8]]) throws(WireError)
}

extension WireMessage {
  func same(_ frames: [[UInt8]]) throws(WireError) -> Self { try Self(frames) }
}

extension ClientRequest: WireMessage {}
extension ClientReply: WireMessage {}
extension WorkerMessage: WireMessage {}
extension QueueMessage: WireMessage {}
extension FetchRequest: WireMessage {}
extension FetchReply: WireMessage {}

extension Specimen {
  static let all = clients + workers + tail

  private static let job = JobID(Array(0x10..<0x20))
  private static let lease = Lease(job: job, delivery: 3)
  private static let document: Layers = {
    var layers = Layers()
    layers.append("source", Array(#"{"uri":"公文.txt"}"#.utf8))
    layers.append("raw", [0xFF, 0x00, 0x0A])
    return layers
  }()

  private static let clients = [
    Specimen("hello", ClientRequest.hello(producer: Array(0xA0..<0xB0))),
    Specimen("put", ClientRequest.put(sequence: 258, key: "公文.txt", layers: document)),
    Specimen("ask", ClientRequest.ask(jobs: [job, JobID([UInt8](repeating: 0, count: 16))])),
    Specimen("status", ClientRequest.status),
    Specimen("sinks", ClientRequest.sinks),
    Specimen("letters", ClientRequest.letters(.all, before: 65_536, count: 256)),
    Specimen("tap", ClientRequest.tap(stage: "clean", every: 10, count: 20, layers: ["text"])),
    Specimen("show", ClientRequest.show(job, layers: ["raw", "source"])),
    Specimen("retry", ClientRequest.revise(.retry, jobs: [job, JobID([UInt8](repeating: 0, count: 16))])),
    Specimen("drop", ClientRequest.revise(.drop, jobs: [job])),
    Specimen("welcome", ClientReply.welcome(epoch: 1_700_000_000_000, sequence: 41)),
    Specimen("ok", ClientReply.ok(sequence: 260, known: [])),
    Specimen("ok-known", ClientReply.ok(sequence: 260, known: [258, 259])),
    Specimen("busy", ClientReply.busy(sequence: 260, milliseconds: 500)),
    Specimen(
      "refused", ClientReply.refused(sequence: 261, code: "key_conflict", message: "The key is taken by other bytes.")),
    Specimen("states", ClientReply.states([.pending, .inFlight, .done, .failed, .dead, .unknown])),
    Specimen("report", ClientReply.report(json: Array(#"{"accepted":3}"#.utf8))),
    Specimen(
      "partitions",
      ClientReply.partitions([
        .init(name: "sink-1", address: "ipc:///run/gongwen/sink-1"),
        .init(name: "sink-2", address: "tcp://10.0.0.2:7510"),
      ])),
    Specimen("partitions-away", ClientReply.partitions([.init(name: "sink-1", address: "")])),
    Specimen("listed", ClientReply.listed([Array(#"{"number":3}"#.utf8), Array(#"{"number":2}"#.utf8)])),
    Specimen("tapped", ClientReply.tapped(json: Array(#"{"stage":"clean"}"#.utf8), layers: Layers())),
    Specimen("shown", ClientReply.shown(json: Array(#"{"number":3}"#.utf8), layers: document)),
    Specimen("shown-unknown", ClientReply.shown(json: [], layers: Layers())),
    Specimen("revised", ClientReply.revised([.ok, .dropped, .unfinished, .done, .unknown])),
    Specimen(
      "error-to-client",
      ClientReply.error(WireError(.unsupportedVersion, "Version 2 is not spoken here, only 1."))),
  ]

  private static let workers = [
    Specimen(
      "ready",
      WorkerMessage.ready(.init(stage: "clean", name: "clean-1", credit: .init(messages: 2, bytes: 67_108_864)))),
    Specimen(
      "ready-sink",
      WorkerMessage.ready(
        .init(
          stage: "sink", name: "sink-1", credit: .init(messages: 256, bytes: 67_108_864), partition: "sink-1",
          address: "ipc:///run/gongwen/sink-1"))),
    Specimen("start", WorkerMessage.start(lease)),
    Specimen("heartbeat", WorkerMessage.heartbeat([lease, Lease(job: job, delivery: 4)])),
    Specimen("res", WorkerMessage.result(lease, microseconds: 12_345, layers: document)),
    Specimen("res-empty", WorkerMessage.result(lease, microseconds: 7, layers: Layers())),
    Specimen("res-line", WorkerMessage.result(lease, microseconds: 7, layers: WrittenLine.failure.layers)),
    Specimen(
      "fail", WorkerMessage.fail(lease, code: "no_text", isRetryable: false, message: "The page holds no document.")),
    Specimen(
      "fail-retryable", WorkerMessage.fail(lease, code: "timed_out", isRetryable: true, message: "No answer in 30 s.")),
    Specimen(
      "fail-rest",
      WorkerMessage.fail(lease, code: "http_status", isRetryable: true, message: "Busy.", rest: 30_000)),
    Specimen("return", WorkerMessage.giveBack(lease)),
    Specimen("bye", WorkerMessage.bye),
    Specimen("accepted", QueueMessage.accepted(epoch: 1_700_000_000_000, heartbeat: 1000, lease: 15_000)),
    Specimen(
      "job",
      QueueMessage.job(
        .init(
          lease: lease, number: 65_536, watermark: 65_530, attempt: 2, timings: "fetch=0.0123 clean=0.0021",
          layers: document))),
    Specimen("alive", QueueMessage.alive(epoch: 1_700_000_000_000)),
    Specimen(
      "error-to-worker", QueueMessage.error(WireError(.unknownStage, "There is no stage 'translate' in the topology."))),
  ]

  private static let tail = [
    Specimen("fetch", FetchRequest(stream: .records, offset: 1_048_576, limit: 262_144)),
    Specimen("fetch-wait", FetchRequest(stream: .records, offset: 1_048_576, limit: 262_144, wait: 30_000)),
    Specimen(
      "data",
      FetchReply.data(
        stream: .failures, offset: 100, next: 112, end: 300, lines: Array(#"{"id":"a"}"#.utf8) + [0x0A, 0x0A])),
    Specimen(
      "error-to-tail",
      FetchReply.error(WireError(.offsetOutOfRange, "The stream goes from 4096 to 9000."))),
  ]
}
