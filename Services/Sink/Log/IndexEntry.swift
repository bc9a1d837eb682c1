package import Wire

/// What the index of a segment says of one line: whose it is and where it ends.
///
/// | bytes | |
/// | --- | --- |
/// | 16 | job |
/// | 8 | number of the job, in the order of acceptance |
/// | 8 | highest number in the stream up to this entry |
/// | 8 | watermark of the queue when the line was written |
/// | 8 | end of the line, in bytes from the start of the stream |
/// | 8 | FNV-1a of the bytes before |
///
/// Numbers are big-endian. An entry that was written only in part, or whose place holds zeros, fails its check.
package struct IndexEntry: Sendable, Equatable {
  static let width = 56

  package var job: FinishedJob
  package var highest: UInt64
  package var watermark: UInt64
  package var end: UInt64

  package init(job: FinishedJob, highest: UInt64, watermark: UInt64, end: UInt64) {
    self.job = job
    self.highest = highest
    self.watermark = watermark
    self.end = end
  }

  /// The entry that bytes state, or nil if they are not one that was written whole.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.width else { return nil }
    let start = bytes.startIndex
    func field(_ place: Int) -> UInt64 { Self.number(bytes[start + place * 8..<start + place * 8 + 8]) }
    guard Self.check(bytes.dropLast(8)) == field(6) else { return nil }
    job = FinishedJob(high: field(0), low: field(1), number: field(2))
    (highest, watermark, end) = (field(3), field(4), field(5))
  }

  var bytes: [UInt8] {
    let fields = [job.high, job.low, job.number, highest, watermark, end].flatMap(Self.bytes)
    return fields + Self.bytes(of: Self.check(fields[...]))
  }

  private static func check(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

  private static func bytes(of number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - $0 * 8)) }
  }
}

/// A job whose line is written: its id, and the number under which the queue accepted it.
///
/// A document that is tried once more after its failure is accepted anew under another number, so it gets another line.
package struct FinishedJob: Hashable, Sendable {
  let high: UInt64
  let low: UInt64
  package let number: UInt64

  init(high: UInt64, low: UInt64, number: UInt64) {
    self.high = high
    self.low = low
    self.number = number
  }

  package init(_ job: JobID, number: UInt64) {
    func half(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(high: half(job.bytes.prefix(8)), low: half(job.bytes.suffix(8)), number: number)
  }
}
