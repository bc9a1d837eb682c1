package import Disk

/// How much of a stream is kept. Without bounds, all of it is.
package struct Retention: Sendable, Equatable {
  /// Bytes of the youngest lines that are kept at least; files beyond them go.
  package var bytes: UInt64?
  /// Seconds after its last line from which on a file goes.
  package var seconds: Double?

  package init(bytes: UInt64? = nil, seconds: Double? = nil) {
    self.bytes = bytes
    self.seconds = seconds
  }

  /// Whether anything is ever removed.
  var isBounded: Bool { bytes != nil || seconds != nil }
}

extension SegmentLog {
  /// Removes the oldest segment if it is beyond what is kept, and returns the offsets that went with it.
  ///
  /// The segment that is written stays, and so does one with a job that the queue may deliver again: without its index
  /// entry the job would get another line after a restart.
  ///
  /// - Parameter time: seconds since 1970.
  package mutating func removeOldest(_ retention: Retention, at time: Double) throws(DiskError) -> Range<UInt64>? {
    guard firsts.count > 1, try isBeyond(retention, time), try !mayComeAgain() else { return nil }
    try Segment.remove(in: folder, first: start)
    let removed = firsts.removeFirst()..<start
    return removed
  }

  private func isBeyond(_ retention: Retention, _ time: Double) throws(DiskError) -> Bool {
    if let bytes = retention.bytes, end - firsts[1] >= bytes { return true }
    guard let seconds = retention.seconds else { return false }
    return time - (try File(Segment.dataPath(in: folder, start), .read).modified()) > seconds
  }

  /// Whether the oldest segment may hold a job at or above the watermark. One without an index is recognised by nobody.
  private func mayComeAgain() throws(DiskError) -> Bool {
    guard let last = try SegmentIndex.lastEntry(in: folder, [start]) else { return false }
    return last.highest >= watermark
  }
}

extension Segment {
  /// Removes a segment of which a crash at any moment leaves all, the lines without an index, or nothing.
  ///
  /// Lines without an index are served like others and removed by the next attempt. Names are synced one by one: no power
  /// loss brings an older segment back when a younger one is gone, which would be a hole in the stream.
  fileprivate static func remove(in folder: Folder, first: UInt64) throws(DiskError) {
    for path in [indexPath(in: folder, first), dataPath(in: folder, first)] {
      try File.remove(path)
      try folder.sync()
    }
  }
}
