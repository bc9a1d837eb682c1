extension Span<UInt8> {
  /// The offset of the first byte that is not part of a character in strict UTF-8: no overlong forms, no surrogates,
  /// nothing beyond U+10FFFF; nil for valid text.
  var firstInvalidUTF8: Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: self)
      return nil
    } catch { return error.byteOffsets.lowerBound }
  }

  /// The text with each byte that is part of no character replaced by U+FFFD, a run of them by one, and their number.
  var repairedUTF8: (text: [UInt8], damaged: Int) {
    var text: [UInt8] = []
    text.reserveCapacity(count)
    var (damaged, offset, isDamaged) = (0, 0, false)
    while offset < count {
      let length = sequenceLength(at: offset)
      if length == 0 {
        damaged += 1
        if !isDamaged { text.append(contentsOf: [0xEF, 0xBF, 0xBD]) }
      } else {
        for byte in offset..<offset + length { text.append(self[byte]) }
      }
      isDamaged = length == 0
      offset += Swift.max(length, 1)
    }
    return (text, damaged)
  }

  /// The length of the character at an offset; 0 where there is none.
  private func sequenceLength(at offset: Int) -> Int {
    let first = self[offset]
    switch first {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: return hasTail(offset, 1, 0x80...0xBF) ? 2 : 0
    case 0xE0: return hasTail(offset, 2, 0xA0...0xBF) ? 3 : 0
    case 0xED: return hasTail(offset, 2, 0x80...0x9F) ? 3 : 0
    case 0xE1...0xEF: return hasTail(offset, 2, 0x80...0xBF) ? 3 : 0
    case 0xF0: return hasTail(offset, 3, 0x90...0xBF) ? 4 : 0
    case 0xF1...0xF3: return hasTail(offset, 3, 0x80...0xBF) ? 4 : 0
    case 0xF4: return hasTail(offset, 3, 0x80...0x8F) ? 4 : 0
    default: return 0
    }
  }

  private func hasTail(_ offset: Int, _ length: Int, _ second: ClosedRange<UInt8>) -> Bool {
    guard offset + length < count, second ~= self[offset + 1] else { return false }
    var index = offset + 2
    while index <= offset + length {
      guard 0x80...0xBF ~= self[index] else { return false }
      index += 1
    }
    return true
  }
}
