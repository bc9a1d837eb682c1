/// What tail asks a sink: whole lines of a stream, from an offset.
package struct FetchRequest: Sendable, Equatable {
  package enum Stream: String, Sendable, CaseIterable { case records, failures }

  package var stream: Stream
  /// Bytes from the start of the stream.
  package var offset: UInt64
  /// Bytes of lines wanted at most; a single longer line comes whole. With 0, only where the stream begins and ends.
  package var limit: UInt64
  /// Milliseconds for which the sink may keep the request until there are lines.
  package var wait: UInt64

  package enum Command: String, CaseIterable, Sendable { case fetch = "FETCH" }

  package init(stream: Stream, offset: UInt64, limit: UInt64, wait: UInt64 = 0) {
    self.stream = stream
    self.offset = offset
    self.limit = limit
    self.wait = wait
  }

  package var frames: [[UInt8]] {
    let writer = FrameWriter(Command.fetch).adding(stream.rawValue).adding(offset).adding(limit)
    return wait == 0 ? writer.frames : writer.adding(wait).frames
  }

  package init(_ frames: [[UInt8]]) throws(WireError) {
    var (_, reader) = try FrameReader.open(frames, Command.self)
    self.init(stream: try reader.stream(), offset: try reader.u64(), limit: try reader.u64())
    if !reader.isAtEnd { wait = try reader.u64() }
  }
}

/// What a sink answers to a fetch.
package enum FetchReply: Sendable, Equatable {
  case data(stream: FetchRequest.Stream, offset: UInt64, next: UInt64, end: UInt64, lines: [UInt8])
  case error(WireError)

  package enum Command: String, CaseIterable, Sendable {
    case data = "DATA"
    case error = "ERROR"
  }

  package var frames: [[UInt8]] {
    switch self {
    case .data(let stream, let offset, let next, let end, let lines):
      FrameWriter(Command.data).adding(stream.rawValue).adding(offset).adding(next).adding(end).adding(lines).frames
    case .error(let error): FrameWriter(Command.error).adding(error.code).adding(error.message).frames
    }
  }

  package init(_ frames: [[UInt8]]) throws(WireError) {
    var (command, reader) = try FrameReader.open(frames, Command.self)
    switch command {
    case .data:
      let stream = try reader.stream()
      let offset = try reader.u64()
      let next = try reader.u64()
      let end = try reader.u64()
      self = .data(stream: stream, offset: offset, next: next, end: end, lines: try reader.bytes())
    case .error: self = .error(WireError(code: try reader.text(), message: try reader.text()))
    }
  }
}

extension FrameReader {
  fileprivate mutating func stream() throws(WireError) -> FetchRequest.Stream {
    let name = try text()
    guard let stream = FetchRequest.Stream(rawValue: name) else {
      throw WireError(.malformed, "There is no stream '\(name)', only records and failures.")
    }
    return stream
  }
}
