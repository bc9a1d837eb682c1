internal import Record

/// A job's identity: the first half of the SHA-256 of its key.
package struct JobID: Hashable, Sendable, CustomStringConvertible {
  package static let width = 16

  /// One number rather than 16 bytes in an array: ids are the keys of whatever a queue looks up.
  private let value: UInt128

  /// The id of the job with a key.
  package init(key: String) { self.init(Array(Record.sha256(Array(key.utf8)).prefix(Self.width))) }

  /// The id that 16 bytes state.
  package init(_ bytes: [UInt8]) {
    precondition(bytes.count == Self.width, "a job id has 16 bytes")
    value = UInt128(bigEndianBytes: bytes)
  }

  /// The id that 32 hexadecimal digits state.
  package init?(_ digits: String) {
    let values = digits.utf8.compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
    guard digits.utf8.count == Self.width * 2, values.count == Self.width * 2 else { return nil }
    self.init((0..<Self.width).map { values[$0 * 2] << 4 | values[$0 * 2 + 1] })
  }

  package var bytes: [UInt8] { bigEndian(value) }

  package var description: String { bytes.hexadecimal }
}

/// The right to work on a job for a while: the job and the number of its delivery.
package struct Lease: Hashable, Sendable {
  static let width = JobID.width + 4

  package let job: JobID
  /// From 1, another one each time the job is given out.
  package let delivery: UInt32

  package init(job: JobID, delivery: UInt32) {
    self.job = job
    self.delivery = delivery
  }

  init(_ bytes: [UInt8]) {
    job = JobID(Array(bytes.prefix(JobID.width)))
    delivery = UInt32(bigEndianBytes: bytes.suffix(4))
  }

  var bytes: [UInt8] { job.bytes + bigEndian(delivery) }
}
