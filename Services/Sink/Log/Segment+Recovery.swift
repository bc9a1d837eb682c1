internal import Disk
private import Glibc

extension Segment {
  /// Where a segment ends after recovery.
  struct Tail {
    var end: UInt64
    var indexEnd: UInt64
    /// Bytes of lines that were cut off.
    var cut: UInt64
  }

  /// The segment of a folder that was written last, cut back to the last line that it and its index both have whole.
  ///
  /// - Parameter before: the segments before it, which end as they were written.
  static func recover(
    in folder: Folder, first: UInt64, before: [UInt64]
  ) throws(DiskError) -> (Segment, Tail) {
    let data = try File(dataPath(in: folder, first), .write)
    let path = indexPath(in: folder, first)
    guard unsafe access(path, F_OK) == 0 else {
      let segment = Segment(first: first, data: data, index: try File(path, .create))
      return (segment, try segment.adopt(in: folder, after: SegmentIndex.lastEntry(in: folder, before)))
    }
    let segment = Segment(first: first, data: data, index: try File(path, .write))
    return (segment, try segment.cutBack())
  }

  private func cutBack() throws(DiskError) -> Tail {
    let size = try data.size()
    let entries = try SegmentIndex(index)
    var count = try wholeEntries(entries, size)
    while count > 0, let entry = try entries[count - 1], try !isLineEnd(entry.end) { count -= 1 }
    let end = count > 0 ? try entries[count - 1]?.end ?? first : first
    return try cut(size, to: end, entries: count)
  }

  /// How many entries, from the first on, were written whole and lie within `size` bytes of lines.
  private func wholeEntries(_ entries: SegmentIndex, _ size: UInt64) throws(DiskError) -> Int {
    var count = 0
    var end = first
    try entries.forward { entry in
      guard entry.end > end, entry.end - first <= size else { return false }
      end = entry.end
      count += 1
      return true
    }
    return count
  }

  private func isLineEnd(_ offset: UInt64) throws(DiskError) -> Bool {
    try data.read(1, at: offset - first - 1) == [UInt8(ascii: "\n")]
  }

  private func cut(_ size: UInt64, to end: UInt64, entries: Int) throws(DiskError) -> Tail {
    let tail = Tail(end: end, indexEnd: UInt64(entries * IndexEntry.width), cut: size - (end - first))
    try data.cut(to: end - first)
    try index.cut(to: tail.indexEnd)
    try data.sync()
    try index.sync()
    return tail
  }

  /// Keeps the whole lines of a segment without an index, under one entry that names no job. It repeats the highest number
  /// and the watermark of the last entry before it, so that the jobs before it are recognised as ever.
  ///
  /// No crash takes an index away, as its name is on the disk before the first line is. Somebody did, and the lines may
  /// be all there is of their documents.
  private func adopt(in folder: Folder, after last: IndexEntry?) throws(DiskError) -> Tail {
    let size = try data.size()
    var end = first + size
    while end > first, try !isLineEnd(end) { end -= 1 }
    if end > first {
      let entry = IndexEntry(
        job: FinishedJob(high: 0, low: 0, number: 0), highest: last?.highest ?? 0, watermark: last?.watermark ?? 0,
        end: end)
      try index.write(entry.bytes, at: 0)
    }
    try folder.sync()
    return try cut(size, to: end, entries: end > first ? 1 : 0)
  }
}
