internal import Text

/// The date under which a document is signed, or that its title block gives: when it was written.
///
///     某某市人民政府            某某市司法局             ——2026年1月25日在某会议上
///     2020年12月24日            (2022年6月28日)
struct Signature {
  private(set) var written: String?
  /// The words of a date line that has lost characters.
  private(set) var damaged: String?

  init(_ text: [Line]) {
    let head = text.prefix { !$0.isProse }.count
    var signed: DateReading?
    var titled: DateReading?
    for (index, line) in text.enumerated() {
      guard let (reading, isLine) = Self.date(of: line) else { continue }
      if reading.iso == nil {
        if isLine, damaged == nil { damaged = String(decoding: line.bytes, as: UTF8.self) }
      } else if index >= head {
        signed = reading
      } else if titled == nil {
        titled = reading
      }
    }
    written = (signed ?? titled ?? Self.delivery(text.prefix(head)))?.iso
    if written != nil { damaged = nil }
  }

  /// The date that a line consists of or, behind the name of an organ, ends with, and whether it is the whole line.
  private static func date(of line: Line) -> (DateReading, Bool)? {
    let tail = line.bytes.count > 400 ? line.bytes.span.characterStart(line.bytes.count - 400) : 0
    let (scalars, _) = narrowScalars(Array(line.bytes[tail...]))
    let visible = scalars.filter { !isBlank($0) }
    if line.bytes.count <= 90 {
      let core = visible.first == 0x28 && visible.last == 0x29 ? Array(visible.dropFirst().dropLast()) : visible
      if let reading = DateReading(core, at: 0), reading.range.upperBound == core.count, reading.isWritten,
        reading.isFull
      {
        return (reading, true)
      }
    }
    return signedEnd(visible).map { ($0, false) }
  }

  /// The last full date behind a sentence's end and an organ's name: `…落实。某某市人民政府2020年12月24日`.
  private static func signedEnd(_ text: [UInt32]) -> DateReading? {
    var found: DateReading?
    var index = 0
    while index < text.count {
      guard let reading = DateReading(text, at: index), reading.isFull, reading.isWritten else { index += 1; continue }
      if isSigned(text, reading.range) { found = reading }
      index = reading.range.upperBound
    }
    return found
  }

  private static func isSigned(_ text: [UInt32], _ range: Range<Int>) -> Bool {
    guard range.lowerBound > 1, isOrganSuffix(text[range.lowerBound - 1]) else { return false }
    let name = text[..<range.lowerBound].reversed().prefix { isHan($0) }
    guard 3...40 ~= name.count else { return false }
    let before = range.lowerBound - name.count - 1
    guard before < 0 || isSentenceEnd(text[before]) else { return false }
    // A sentence goes on behind a date that only tells when.
    guard range.upperBound < text.count else { return true }
    let next = text[range.upperBound]
    return !isSentenceEnd(next) && next != 0x2C
      && ![0x524D, 0x8D77, 0x81F3, 0x4EE5, 0x5728, 0x53D1, 0x5370, 0x5236].contains(next)
  }

  /// `——2026年1月25日在…会议上`.
  private static func delivery(_ head: ArraySlice<Line>) -> DateReading? {
    for line in head {
      let (scalars, _) = narrowScalars(line.bytes)
      let visible = scalars.filter { !isBlank($0) }
      guard
        let start = visible.firstIndex(where: { !(0x2013...0x2015 ~= $0) && $0 != 0x2D && $0 != 0x28 && $0 != 0x2500 })
      else { continue }
      guard let reading = DateReading(visible, at: start), reading.isFull, reading.isWritten, reading.iso != nil else {
        continue
      }
      if reading.range.upperBound < visible.count, visible[reading.range.upperBound] == 0x5728 { return reading }
    }
    return nil
  }
}

extension Span<UInt8> {
  /// The start of the character that holds the byte at an offset.
  func characterStart(_ offset: Int) -> Int {
    var offset = offset
    while offset > 0, self[offset].isContinuation { offset -= 1 }
    return offset
  }
}
