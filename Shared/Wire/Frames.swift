internal import Record

/// The version byte of every message.
package let wireVersion: UInt8 = 1

/// A message that cannot be understood, with what to answer.
package struct WireError: Error, Sendable, Equatable {
  /// The codes of ERROR and REFUSED; the wire page says what each means.
  package enum Code: String, Sendable, CaseIterable {
    case unsupportedVersion = "unsupported_version"
    case unknownCommand = "unknown_command"
    case malformed
    case unknownStage = "unknown_stage"
    case noSession = "no_session"
    case keyConflict = "key_conflict"
    case tooLarge = "too_large"
    case offsetOutOfRange = "offset_out_of_range"
  }

  package var code: String
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code.rawValue
    self.message = message
  }

  init(code: String, message: String) {
    self.code = code
    self.message = message
  }
}

/// Builds the frames of one message.
struct FrameWriter {
  private(set) var frames: [[UInt8]]

  init(_ command: some RawRepresentable<String>) { frames = [[wireVersion], Array(command.rawValue.utf8)] }

  consuming func adding(_ bytes: [UInt8]) -> Self {
    frames.append(bytes)
    return self
  }

  /// One frame for each of the fields.
  consuming func adding(each fields: [[UInt8]]) -> Self {
    frames += fields
    return self
  }

  consuming func adding(_ text: String) -> Self { adding(Array(text.utf8)) }

  consuming func adding(_ number: UInt64) -> Self { adding(bigEndian(number)) }

  consuming func adding(_ number: UInt32) -> Self { adding(bigEndian(number)) }

  consuming func adding(_ lease: Lease) -> Self { adding(lease.bytes) }

  consuming func adding(_ layers: Layers) -> Self {
    adding(each: layers.all.flatMap { [Array($0.name.utf8), $0.bytes] })
  }
}

/// Takes the frames of one message apart, field by field.
struct FrameReader {
  private let frames: [[UInt8]]
  private var next = 2

  /// The reader of a message, and its command.
  static func open<Command: RawRepresentable<String>>(
    _ frames: [[UInt8]], _ type: Command.Type
  ) throws(WireError) -> (Command, FrameReader) {
    guard frames.count >= 2, frames[0].count == 1 else {
      throw WireError(.malformed, "A message starts with a version byte and a command.")
    }
    guard frames[0][0] == wireVersion else {
      throw WireError(.unsupportedVersion, "Version \(frames[0][0]) is not spoken here, only \(wireVersion).")
    }
    let name = String(decoding: frames[1].prefix(12), as: UTF8.self)
    guard let command = Command(rawValue: name) else {
      throw WireError(.unknownCommand, "There is no command '\(name)' in this conversation.")
    }
    return (command, FrameReader(frames: frames))
  }

  private init(frames: [[UInt8]]) { self.frames = frames }

  var isAtEnd: Bool { next >= frames.count }

  mutating func bytes() throws(WireError) -> [UInt8] {
    guard next < frames.count else { throw WireError(.malformed, "The message ends before field \(next - 1).") }
    defer { next += 1 }
    return frames[next]
  }

  mutating func bytes(width: Int) throws(WireError) -> [UInt8] {
    let field = next - 1
    let bytes = try bytes()
    guard bytes.count == width else {
      throw WireError(.malformed, "Field \(field) has \(bytes.count) bytes, not \(width).")
    }
    return bytes
  }

  mutating func text() throws(WireError) -> String {
    let field = next - 1
    guard let text = String(validating: try bytes(), as: UTF8.self) else {
      throw WireError(.malformed, "Field \(field) is not UTF-8.")
    }
    return text
  }

  mutating func u64() throws(WireError) -> UInt64 { UInt64(bigEndianBytes: try bytes(width: 8)) }

  mutating func u32() throws(WireError) -> UInt32 { UInt32(bigEndianBytes: try bytes(width: 4)) }

  mutating func lease() throws(WireError) -> Lease { Lease(try bytes(width: Lease.width)) }

  mutating func jobs() throws(WireError) -> [JobID] {
    try rest { (reader) throws(WireError) in JobID(try reader.bytes(width: JobID.width)) }
  }

  mutating func layers() throws(WireError) -> Layers {
    var layers = Layers()
    while !isAtEnd { layers.append(try text(), try bytes()) }
    return layers
  }

  /// All fields that are left, each read the same way.
  mutating func rest<Field>(_ read: (inout FrameReader) throws(WireError) -> Field) throws(WireError) -> [Field] {
    var fields: [Field] = []
    while !isAtEnd { fields.append(try read(&self)) }
    return fields
  }
}

func bigEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
}

extension FixedWidthInteger {
  init(bigEndianBytes bytes: some Sequence<UInt8>) { self = bytes.reduce(0) { $0 << 8 | Self($1) } }
}
