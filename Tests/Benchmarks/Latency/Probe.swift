import Foundation
import Record
import Wire
import ZeroMQ

/// Where the time of one document went.
struct Journey {
  let total: Duration
  /// From PUT to OK.
  let accept: Duration
  /// As its record states them.
  let stages: [String: Double]
}

/// A producer and a reader of all sinks in one, so that one clock measures both ends. One thread owns it.
struct Probe {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  private struct Sink {
    let socket: Socket
    var offset: UInt64

    func ask() throws {
      try socket.send(FetchRequest(stream: .records, offset: offset, limit: 1 << 20, wait: 30_000).frames)
    }
  }

  private static let patience = Duration.seconds(30)

  private let context: Context
  private let producer = (0..<16).map { _ in UInt8.random(in: 0...255) }
  private let queue: Socket
  private var sinks: [Sink] = []
  private var poller: Poller
  private var sequence: UInt64 = 0

  init(queue address: String, _ keys: (any KeyRing)?) throws {
    context = Context(keys: keys)
    queue = try Socket(.dealer, in: context)
    poller = Poller([queue])
    try queue.connect(address)
    try queue.send(ClientRequest.hello(producer: producer).frames)
    guard case .welcome = try answer() else { throw Failed(description: "The queue gives no welcome.") }
    try queue.send(ClientRequest.sinks.frames)
    guard case .partitions(let partitions) = try answer() else {
      throw Failed(description: "The queue names no sinks.")
    }
    for partition in partitions where !partition.address.isEmpty { sinks.append(try sink(at: partition.address)) }
    poller = Poller([queue] + sinks.map(\.socket))
  }

  /// The next word of the queue.
  private mutating func answer() throws -> ClientReply {
    try poller.wait(Self.patience)
    guard let frames = try queue.receive() else {
      throw Failed(description: "No queue answers. Start the pipeline with 'gongwen up -d', and say where with --home.")
    }
    return try ClientReply(frames)
  }

  /// A sink that is asked for what comes after its last line.
  private func sink(at address: String) throws -> Sink {
    let socket = try Socket(.dealer, in: context)
    try socket.connect(address)
    try socket.send(FetchRequest(stream: .records, offset: 0, limit: 0).frames)
    guard let frames = try socket.receive(wait: true), case .data(_, _, _, let end, _) = try FetchReply(frames) else {
      throw Failed(description: "The sink at \(address) does not say where it is.")
    }
    let sink = Sink(socket: socket, offset: end)
    try sink.ask()
    return sink
  }

  /// Pushes a report and waits for its line.
  mutating func journey(of report: Report) throws -> Journey {
    var layers = Layers()
    layers.append("source", Array("{\"uri\":\"\(report.uri)\"}".utf8))
    layers.append("raw", Array(report.text.utf8))
    sequence += 1
    let put = ClientRequest.put(sequence: sequence, key: "\(producer.hexadecimal)-\(sequence)", layers: layers)
    let start = ContinuousClock.now
    try queue.send(put.frames, wait: true)
    var (accept, line): (Duration?, (time: Duration, stages: [String: Double])?) = (nil, nil)
    while ContinuousClock.now - start < Self.patience {
      try poller.wait(Self.patience)
      let now = ContinuousClock.now - start
      if let frames = try queue.receive(), case .ok = try ClientReply(frames) { accept = now }
      if let stages = try stages(of: report.uri) { line = (now, stages) }
      if let accept, let line { return Journey(total: line.time, accept: accept, stages: line.stages) }
    }
    throw Failed(description: "The line of \(report.uri) has not come. See 'gongwen status' and 'gongwen dlq ls'.")
  }

  /// Takes the lines that are there, and returns the times by stage in the record of a document if it is one of them.
  private mutating func stages(of uri: String) throws -> [String: Double]? {
    var found: [String: Double]?
    for place in sinks.indices {
      guard let frames = try sinks[place].socket.receive() else { continue }
      guard case .data(_, _, let next, _, let lines) = try FetchReply(frames) else { continue }
      sinks[place].offset = next
      try sinks[place].ask()
      for line in lines.split(separator: UInt8(ascii: "\n")) {
        let record = try JSONDecoder().decode(Line.self, from: Data(line))
        if record.source.uri == uri { found = record.run.seconds }
      }
    }
    return found
  }
}

/// What a record says of its document and of the times.
private struct Line: Decodable {
  struct Source: Decodable { let uri: String }
  struct Run: Decodable { let seconds: [String: Double] }

  let source: Source
  let run: Run
}
