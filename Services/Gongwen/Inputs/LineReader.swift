/// Cuts what a descriptor gives into lines, and remembers no more of a line than `limit` bytes.
struct LineReader: Sendable {
  struct Line: Sendable, Equatable {
    /// From 1.
    var number: Int
    /// Nil where the line is longer than the limit.
    var bytes: [UInt8]?
  }

  private let descriptor: Int32
  private let limit: Int
  private var buffer: [UInt8] = []
  /// Bytes of the buffer that were given out, and bytes in which no line end is.
  private var taken = 0
  private var searched = 0
  private var number = 0
  private var isTooLong = false
  private var isAtEnd = false

  init(_ descriptor: Int32, limit: Int) {
    self.descriptor = descriptor
    self.limit = limit
  }

  /// The next line that is not blank, without its end; nil at the end of the input.
  mutating func next() -> Line? {
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        if let line = take(upTo: end, skipping: 1) { return line }
      } else if isAtEnd {
        return buffer.count > taken || isTooLong ? take(upTo: buffer.count, skipping: 0) : nil
      } else {
        readOn()
      }
    }
  }

  private mutating func readOn() {
    searched = buffer.count
    if searched - taken > limit {
      isTooLong = true
      taken = searched
    }
    if taken > 0 {
      buffer.removeFirst(taken)
      searched -= taken
      taken = 0
    }
    isAtEnd = readMore(descriptor, into: &buffer) <= 0
  }

  private mutating func take(upTo end: Int, skipping: Int) -> Line? {
    let bytes = buffer[taken..<end]
    let isTooLong = isTooLong || bytes.count > limit
    defer { self.isTooLong = false }
    taken = end + skipping
    searched = taken
    number += 1
    if isTooLong { return Line(number: number, bytes: nil) }
    let isBlank = bytes.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
    return isBlank ? nil : Line(number: number, bytes: Array(bytes))
  }
}
