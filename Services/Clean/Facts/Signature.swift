internal import Text

/// The date under which a document is signed, or that its title block gives: when it was written.
///
///     某某市人民政府            某某市司法局             ——2024年1月20日在某会议上
///     2020年12月24日            (2021年9月16日)
struct Signature {
  private(set) var written: String?
  /// The words of a date line that has lost characters.
  private(set) var damaged: String?

  init(_ text: [Line]) {
    let head = text.prefix { !$0.isProse }.count
    var signed: DateReading?
    var titled: DateReading?
    var (isBehindOrgan, isSigned) = (false, false)
    for (index, line) in text.enumerated() {
      defer { isBehindOrgan = line.length <= 40 && isOrganSuffix(line.last) }
      guard let (reading, isLine) = Self.date(of: line) else { continue }
      if reading.iso == nil {
        if isLine, damaged == nil { damaged = String(decoding: line.bytes, as: UTF8.self) }
      } else if index >= head {
        // The first date under an organ's name signs the document; later ones belong to its annexes.
        if signed == nil || !isSigned { signed = reading }
        isSigned = isSigned || isBehindOrgan || !isLine
      } else if titled == nil {
        titled = reading
      }
    }
    written = (signed ?? titled ?? Self.delivery(text.prefix(min(head, 40))))?.iso
    if written != nil { damaged = nil }
  }

  private static let day = Array("日".utf8)

  /// The date that a line consists of or, behind the name of an organ, ends with, and whether it is the whole line.
  private static func date(of line: Line) -> (DateReading, Bool)? {
    guard line.bytes.span.contains(day) else { return nil }
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
    return signedDate(visible).flatMap { DateReading(visible, at: $0.date.lowerBound) }.map { ($0, false) }
  }

  /// `——2024年1月20日在…会议上`.
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

/// Where the organ and the last full date stand that sign a text behind the end of a sentence:
/// `…落实。某某市人民政府2020年12月24日`. The text is in narrow form.
func signedDate(_ text: [UInt32]) -> (organ: Int, date: Range<Int>)? {
  var found: (organ: Int, date: Range<Int>)?
  var index = 0
  while index < text.count {
    guard let reading = DateReading(text, at: index), reading.isFull, reading.isWritten else {
      index += 1
      continue
    }
    if let organ = signingOrgan(text, reading.range) { found = (organ, reading.range) }
    index = reading.range.upperBound
  }
  return found
}

/// Where the name of the organ starts that stands, blanks apart, between the end of a sentence and a date.
private func signingOrgan(_ text: [UInt32], _ range: Range<Int>) -> Int? {
  var end = range.lowerBound
  while end > 0, isBlank(text[end - 1]) { end -= 1 }
  guard end > 0, isOrganSuffix(text[end - 1]) else { return nil }
  var start = end
  while start > 0, isHan(text[start - 1]) { start -= 1 }
  guard 3...40 ~= end - start else { return nil }
  var before = start
  while before > 0, isBlank(text[before - 1]) { before -= 1 }
  guard before == 0 || isSentenceEnd(text[before - 1]) || isClosing(text[before - 1]) && text[before - 1] != 0x22 else {
    return nil
  }
  // A sentence goes on behind a date that only tells when.
  guard range.upperBound < text.count else { return start }
  let next = text[range.upperBound]
  let goesOn =
    isSentenceEnd(next)
    || [0x2C, 0x3001, 0x524D, 0x8D77, 0x81F3, 0x4EE5, 0x5728, 0x53D1, 0x5370, 0x5236, 0x4E0A, 0x4E0B].contains(next)
  return goesOn ? nil : start
}

extension Span<UInt8> {
  /// The start of the character that holds the byte at an offset.
  func characterStart(_ offset: Int) -> Int {
    var offset = offset
    while offset > 0, self[offset].isContinuation { offset -= 1 }
    return offset
  }
}
