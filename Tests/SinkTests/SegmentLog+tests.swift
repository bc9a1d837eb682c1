import Sink
import Wire

/// A job of its own for each number.
func job(_ number: UInt64) -> FinishedJob { FinishedJob(JobID(key: "key \(number)"), number: number) }

extension SegmentLog {
  /// Writes lines as one group, each of another job.
  mutating func write(_ lines: [String]) throws {
    for (place, line) in lines.enumerated() {
      append(Array(line.utf8), of: job(end + UInt64(place)), watermark: 0)
    }
    try commit()
  }

  func text(from offset: UInt64, limit: Int = 1 << 20) throws -> String? {
    try read(from: offset, limit: limit).map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  /// All lines, read piece by piece.
  func all() throws -> [String] {
    var text: [UInt8] = []
    var offset = start
    while let lines = try read(from: offset, limit: 5), !lines.bytes.isEmpty {
      text += lines.bytes
      offset = lines.next
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
