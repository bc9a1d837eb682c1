package import Disk
private import Glibc

extension SegmentLog {
  /// Whole lines of the stream, as they are on the disk.
  package struct Lines: Sendable, Equatable {
    package var bytes: [UInt8]
    /// The offset after them.
    package var next: UInt64
  }

  /// Durable lines from an offset on: as many whole ones as `limit` bytes hold, at least one if there is one.
  ///
  /// They come from one segment. Nil means that no line starts at the offset: retention has removed it, or the stream does
  /// not go so far.
  package func read(from offset: UInt64, limit: Int) throws(DiskError) -> Lines? {
    guard offset >= start, offset <= end else { return nil }
    let place = firsts.lastIndex { $0 <= offset } ?? 0
    let first = firsts[place]
    let last = place + 1 < firsts.count ? firsts[place + 1] : end
    guard offset < last else { return Lines(bytes: [], next: offset) }
    let file = try File(Segment.dataPath(in: folder, first), .read)
    if offset > first, try file.read(1, at: offset - first - 1) != [newline] { return nil }
    var bytes = try file.read(min(max(1, limit), Int(last - offset)), at: offset - first)
    var end = bytes.lastIndex(of: newline)
    if end == nil { end = try endOfFirstLine(&bytes, of: file, at: offset - first) }
    bytes.removeLast(bytes.count - end! - 1)
    return Lines(bytes: bytes, next: offset + UInt64(bytes.count))
  }

  /// Reads on until the line that starts the bytes ends, and returns the place of its end.
  private func endOfFirstLine(_ bytes: inout [UInt8], of file: File, at place: UInt64) throws(DiskError) -> Int {
    while true {
      let more = try file.read(max(64 << 10, bytes.count), at: place + UInt64(bytes.count))
      guard !more.isEmpty else { throw DiskError(call: "read", path: file.path, number: EIO) }
      defer { bytes += more }
      if let end = more.firstIndex(of: newline) { return bytes.count + end }
    }
  }

  /// Calls the body with the index's entries from the last line back, until it returns false.
  func backward(_ body: (IndexEntry) -> Bool) throws(DiskError) {
    try SegmentIndex.backward(in: folder, firsts, body)
  }
}

private let newline = UInt8(ascii: "\n")
