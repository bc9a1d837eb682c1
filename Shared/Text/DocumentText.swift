/// The text of one document as valid UTF-8, with both ways of counting in it: rules work in bytes, records
/// state Unicode code points.
package struct DocumentText: Sendable {
  package let bytes: [UInt8]
  private let marks: [Int]

  /// A mark holds the number of code points before every 64th byte, so that a conversion looks at 64 bytes at most.
  private static let stride = 64

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var marks: [Int] = []
    marks.reserveCapacity(bytes.count / Self.stride + 1)
    var count = 0
    for (offset, byte) in bytes.enumerated() {
      if offset % Self.stride == 0 { marks.append(count) }
      if !byte.isContinuation { count += 1 }
    }
    if marks.isEmpty { marks.append(0) }
    self.marks = marks
    codePointCount = count
  }

  package init(_ string: String) { self.init(Array(string.utf8)) }

  /// The length in Unicode code points.
  package let codePointCount: Int

  /// The number of code points before the byte at `offset`, which stands at the start of a character or at the end.
  package func codePoint(atByte offset: Int) -> Int {
    let mark = min(offset / Self.stride, marks.count - 1)
    var count = marks[mark]
    for position in mark * Self.stride..<offset where !bytes[position].isContinuation { count += 1 }
    return count
  }

  /// The byte at which the code point numbered `index` starts; `bytes.count` for the index after the last one.
  ///
  /// O(log n) for a text of n bytes.
  package func byte(atCodePoint index: Int) -> Int {
    var low = 0
    var high = marks.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if marks[middle] <= index { low = middle } else { high = middle - 1 }
    }
    var count = marks[low]
    var offset = low * Self.stride
    while offset < bytes.count {
      if !bytes[offset].isContinuation {
        if count == index { return offset }
        count += 1
      }
      offset += 1
    }
    return bytes.count
  }

  /// The words at a range of bytes.
  package subscript(range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension UInt8 {
  /// Whether this is a second or later byte of a character in UTF-8.
  @inlinable
  package var isContinuation: Bool { self & 0xC0 == 0x80 }
}
