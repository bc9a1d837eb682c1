internal import Disk
private import Glibc

/// The entries of a segment's index, read piece by piece: there may be a million.
struct SegmentIndex {
  let file: File
  let count: Int

  init(_ file: File) throws(DiskError) {
    self.file = file
    count = Int(try file.size()) / IndexEntry.width
  }

  /// The index of a segment that is not written any more, or nil where there is none.
  init?(in folder: Folder, _ first: UInt64) throws(DiskError) {
    do throws(DiskError) {
      try self.init(File(Segment.indexPath(in: folder, first), .read))
    } catch  where error.number == ENOENT {
      return nil
    }
  }

  /// The entry at a place; nil if it was not written whole.
  subscript(place: Int) -> IndexEntry? {
    get throws(DiskError) { IndexEntry(try file.read(IndexEntry.width, at: UInt64(place * IndexEntry.width))[...]) }
  }

  /// Calls the body with entries from the first on, until it returns false or an entry was not written whole.
  func forward(_ body: (IndexEntry) -> Bool) throws(DiskError) {
    for start in stride(from: 0, to: count, by: Self.piece) {
      for entry in try entries(start..<min(count, start + Self.piece)) {
        guard let entry, body(entry) else { return }
      }
    }
  }

  /// Calls the body with entries from the last one back, until it returns false; returns false then.
  func backward(_ body: (IndexEntry) -> Bool) throws(DiskError) -> Bool {
    for end in stride(from: count, to: 0, by: -Self.piece) {
      for entry in try entries(max(0, end - Self.piece)..<end).reversed() {
        if let entry, !body(entry) { return false }
      }
    }
    return true
  }

  /// Calls the body with the entries of several segments from the last line back, until it returns false.
  static func backward(in folder: Folder, _ firsts: [UInt64], _ body: (IndexEntry) -> Bool) throws(DiskError) {
    for first in firsts.reversed() {
      if let index = try SegmentIndex(in: folder, first), try !index.backward(body) { return }
    }
  }

  /// The entry of the last line in several segments.
  static func lastEntry(in folder: Folder, _ firsts: [UInt64]) throws(DiskError) -> IndexEntry? {
    var last: IndexEntry?
    try backward(in: folder, firsts) { entry in
      last = entry
      return false
    }
    return last
  }

  /// Entries that are read at once.
  private static let piece = 1024

  private func entries(_ places: Range<Int>) throws(DiskError) -> [IndexEntry?] {
    let bytes = try file.read(places.count * IndexEntry.width, at: UInt64(places.lowerBound * IndexEntry.width))
    return stride(from: 0, to: bytes.count, by: IndexEntry.width).map {
      IndexEntry(bytes[$0..<min(bytes.count, $0 + IndexEntry.width)])
    }
  }
}
