package import Disk

/// One stream of a sink: lines on disk, in segments, with an index that says whose line each is.
///
/// Lines are added to a group in memory; `commit` makes the group durable as a whole. Offsets count bytes from the start
/// of the stream, over all segments. `DESIGN.md` states the invariants and the recovery.
package struct SegmentLog: ~Copyable {
  /// Where the lines that are durable end.
  package private(set) var end: UInt64
  /// Bytes of lines that were cut off when the log was opened.
  package let cut: UInt64

  let folder: Folder
  /// Where the segments begin, in order.
  var firsts: [UInt64]
  /// The last watermark of the queue that is known: no job with a lower number comes again.
  package var watermark: UInt64
  private let segmentLimit: UInt64
  private var active: Segment
  private var indexEnd: UInt64
  private var highest: UInt64
  private var lines: [UInt8] = []
  private var entries: [UInt8] = []

  /// Opens the log in a folder, which is made where it is missing, and cuts what a crash left unfinished.
  ///
  /// - Parameter segmentLimit: bytes from which on a segment is followed by a new one.
  package init(_ path: String, segmentLimit: UInt64 = 128 << 20) throws(DiskError) {
    let folder = try Folder(path)
    let firsts = try Segment.firsts(in: folder)
    let (segment, tail) =
      if let first = firsts.last {
        try Segment.recover(in: folder, first: first, before: firsts.dropLast())
      } else {
        (try Segment.create(in: folder, first: 0), Segment.Tail(end: 0, indexEnd: 0, cut: 0))
      }
    let last = try SegmentIndex.lastEntry(in: folder, firsts)
    (highest, watermark) = (last?.highest ?? 0, last?.watermark ?? 0)
    (self.folder, self.segmentLimit) = (folder, segmentLimit)
    self.firsts = firsts.isEmpty ? [0] : firsts
    (active, end, indexEnd, cut) = (segment, tail.end, tail.indexEnd, tail.cut)
  }

  /// The offset of the first byte that is still there.
  package var start: UInt64 { firsts[0] }

  /// Bytes of the lines that were added since the last commit.
  package var groupSize: Int { lines.count }

  /// Adds a line, given without its end, to the group.
  package mutating func append(_ line: [UInt8], of job: FinishedJob, watermark: UInt64) {
    lines += line
    lines.append(UInt8(ascii: "\n"))
    highest = max(highest, job.number)
    self.watermark = watermark
    entries += IndexEntry(job: job, highest: highest, watermark: watermark, end: end + UInt64(lines.count)).bytes
  }

  /// Makes the group durable: lines first, then the index, each followed by a sync.
  ///
  /// When it throws, nothing of the group counts as written, and the group is still there: committing again writes all of
  /// it anew, so that a sync which failed need not be trusted.
  package mutating func commit() throws(DiskError) {
    guard !lines.isEmpty else { return }
    if end - active.first >= segmentLimit { try rotate() }
    do throws(DiskError) {
      try active.data.write(lines, at: end - active.first)
      try active.data.sync()
      try active.index.write(entries, at: indexEnd)
      try active.index.sync()
    } catch {
      giveBackRoom()
      throw error
    }
    end += UInt64(lines.count)
    indexEnd += UInt64(entries.count)
    lines.removeAll(keepingCapacity: lines.capacity <= 1 << 20)
    entries.removeAll(keepingCapacity: entries.capacity <= 1 << 20)
  }

  private mutating func rotate() throws(DiskError) {
    active = try Segment.create(in: folder, first: end)
    firsts.append(end)
    indexEnd = 0
  }

  /// Takes back what an attempt wrote; if that fails too, the next attempt or the recovery sees to it.
  private func giveBackRoom() {
    try? active.data.cut(to: end - active.first)
    try? active.index.cut(to: indexEnd)
  }
}
