internal import Disk

/// One file of a stream and its index, named by the offset of its first byte: `00000000000000000000.ndjson`, `….index`.
struct Segment: Sendable {
  let first: UInt64
  let data: File
  let index: File

  /// A new, empty segment whose names are on the disk when this returns.
  static func create(in folder: Folder, first: UInt64) throws(DiskError) -> Segment {
    let segment = Segment(
      first: first, data: try File(dataPath(in: folder, first), .create),
      index: try File(indexPath(in: folder, first), .create))
    // What may lie there comes from an attempt that the disk did not take whole.
    for file in [segment.data, segment.index] {
      try file.cut(to: 0)
      try file.sync()
    }
    try folder.sync()
    return segment
  }

  /// The first offsets of the segments in a folder, in order.
  static func firsts(in folder: Folder) throws(DiskError) -> [UInt64] {
    try folder.names().compactMap { name in
      guard name.hasSuffix(".ndjson"), name.utf8.count == 27 else { return nil }
      return UInt64(name.dropLast(7))
    }.sorted()
  }

  static func dataPath(in folder: Folder, _ first: UInt64) -> String { "\(folder.path)/\(name(first)).ndjson" }

  static func indexPath(in folder: Folder, _ first: UInt64) -> String { "\(folder.path)/\(name(first)).index" }

  private static func name(_ first: UInt64) -> String {
    let digits = String(first)
    return String(repeating: "0", count: 20 - digits.utf8.count) + digits
  }
}
