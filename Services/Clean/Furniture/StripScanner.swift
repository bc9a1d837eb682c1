internal import Record
internal import Text

/// Reads a strip item by item; see `Strip` for the grammar.
struct StripScanner {
  private(set) var strip = Strip()
  private let bytes: [UInt8]
  private let line: Folded
  private let words = Vocabulary.shared
  private var at = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    line = Folded(bytes.span)
  }

  private var end: Int { line.bytes.count }

  mutating func scan() -> Bool {
    if let found = part() { take(found, to: end) }
    while at < end {
      if skipOrnament() || pair() || date() || phrase() || source() { continue }
      return false
    }
    return true
  }

  private mutating func take(_ phrase: Vocabulary.Phrase, to next: Int) {
    strip.reasons.append(phrase.reason)
    if phrase.isAnywhere { strip.isAnywhere = true }
    if phrase.ends { strip.ends = true }
    strip.isWeak = false
    at = next
  }

  /// A phrase that makes any short line furniture, wherever in it it stands.
  private func part() -> Vocabulary.Phrase? {
    end <= 600 ? words.firstPhrase(.part, in: line) : nil
  }

  private mutating func skipOrnament() -> Bool {
    let start = at
    while at < end, isOrnamentSign(line.bytes.span.scalar(at: at).value) { at += line.bytes.span.scalar(at: at).length }
    return at > start
  }

  private mutating func phrase() -> Bool {
    if let (_, found) = words.phrase(.start, in: line, at: at) {
      take(found, to: end)
      return true
    }
    if let (length, found) = words.phrase(.word, in: line, at: at) {
      var next = at + length
      while next < end, !hasBlank(before: next) { next += 1 }
      take(found, to: next)
      return true
    }
    guard let (length, found) = words.phrase(.whole, in: line, at: at), isItemEnd(at + length) else { return false }
    take(found, to: at + length)
    return true
  }

  private mutating func date() -> Bool {
    let start = line.origin[at]
    let limit = start + 80 < bytes.count ? bytes.span.characterStart(start + 80) : bytes.count
    let (scalars, offsets) = narrowScalars(Array(bytes[start..<limit]))
    guard let reading = DateReading(scalars, at: 0), reading.iso != nil, reading.isFull else { return false }
    let next = start + offsets[reading.range.upperBound]
    guard let after = line.origin.firstIndex(where: { $0 >= next }), isItemEnd(after) else { return false }
    strip.dates.append(reading)
    strip.reasons.append(.metadata)
    if reading.hasTime { strip.isWeak = false }
    at = after
    return true
  }

  /// A source without a label behind a date with time of day and a bar: `2022-06-28 11:59 | 某某局`.
  private mutating func source() -> Bool {
    guard strip.dates.last?.hasTime ?? false, strip.pairs.isEmpty, at > 0, line.bytes[at - 1] == 0x7C,
      let label = words.label(in: Folded(Array("来源".utf8).span), at: 0)?.1
    else { return false }
    let value = self.value(at, end)
    guard 2...20 ~= value.count, value.unicodeScalars.allSatisfy({ isHan($0.value) }) else { return false }
    strip.pairs.append(Strip.Pair(label: label, value: value))
    at = end
    return true
  }

  /// A label, its separator and its value up to the next item.
  private mutating func pair() -> Bool {
    guard let (label, valueStart) = label(at: at) else { return false }
    var next = valueStart
    while next < end, !startsItem(next, after: valueStart) { next += 1 }
    let value = self.value(valueStart, next)
    // A source of several clauses is the document's own note.
    if label.field == .source, value.contains(where: { "；;。".contains($0) }) { return false }
    strip.pairs.append(Strip.Pair(label: label, value: value))
    strip.reasons.append(label.field.reason)
    if label.isStrong { strip.isWeak = false }
    if label.field == .editors { strip.ends = true }
    if value.isEmpty, next == end { strip.open = label }
    at = next
    return true
  }

  /// The label at an offset and where its value starts.
  private func label(at offset: Int) -> (Vocabulary.Label, Int)? {
    guard let (length, label) = words.label(in: line, at: offset) else { return nil }
    var next = offset + length
    if next < end, line.bytes[next] == 0x29 { next += 1 }
    let isBracketed = offset > 0 && isClosingBracket(next)
    if isBracketed { next += line.bytes.span.scalar(at: next).length }
    if next < end, line.bytes[next] == 0x3A || line.bytes[next] == 0x7C { return (label, next + 1) }
    if isBracketed { return (label, next) }
    // A blank parts label and value only of credits and of cells: 记者 某某.
    guard next < end, label.field == .reporters || label.field == .editors, hasBlank(before: next) else { return nil }
    return (label, next)
  }

  private func isClosingBracket(_ offset: Int) -> Bool {
    guard offset < end else { return false }
    return [0x5D, 0x3011, 0x3015, 0x3009].contains(line.bytes.span.scalar(at: offset).value)
  }

  private func hasBlank(before offset: Int) -> Bool {
    guard offset > 0, offset < end else { return offset >= end }
    let previous = line.origin[offset - 1]
    let length = bytes.span.scalar(at: previous).length
    return line.origin[offset] > previous + length
  }

  /// Whether an item starts behind a value: after a blank, a bar or a bracket, a label with its separator or a phrase.
  private func startsItem(_ offset: Int, after start: Int) -> Bool {
    guard !line.bytes[offset].isContinuation, offset > start || line.bytes.isOrnamented(before: offset) else {
      return false
    }
    guard hasBlank(before: offset) || line.bytes.isOrnamented(before: offset) else { return false }
    if label(at: offset) != nil { return true }
    if let (length, _) = words.phrase(.whole, in: line, at: offset), isItemEnd(offset + length) { return true }
    return words.phrase(.start, in: line, at: offset) != nil
  }

  private func isItemEnd(_ offset: Int) -> Bool {
    guard offset < end else { return true }
    if hasBlank(before: offset) { return true }
    return isOrnamentSign(line.bytes.span.scalar(at: offset).value) || words.label(in: line, at: offset) != nil
      || words.phrase(.whole, in: line, at: offset) != nil
  }

  private func value(_ start: Int, _ end: Int) -> String {
    guard start < end else { return "" }
    var range = trimmed(bytes.span, line.origin[start]..<line.origin[end])
    while range.lowerBound < range.upperBound, isEdge(bytes.span.scalar(before: range.upperBound)?.value ?? 0) {
      range = trimmed(
        bytes.span,
        range.lowerBound..<range.upperBound - (bytes.span.scalar(before: range.upperBound)?.length ?? 1))
    }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  private func isEdge(_ scalar: UInt32) -> Bool {
    scalar == 0x7C || scalar == 0x5B || scalar == 0x3010 || scalar == 0xFF5C
  }
}

/// Signs between items, which mean nothing: brackets, bars, arrows, colons, bullets.
func isOrnamentSign(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0xA9, 0xAB, 0xB7, 0xBB, 0x2013...0x2015, 0x2022, 0x203A,
    0x2190...0x21FF,
    0x2500...0x25FF, 0x3001, 0x3002, 0x3008...0x3011, 0x3014, 0x3015, 0x30FB:
    true
  default: false
  }
}

extension [UInt8] {
  fileprivate func isOrnamented(before offset: Int) -> Bool {
    span.scalar(before: offset).map { isOrnamentSign($0.value) } ?? true
  }
}

/// The characters of a line in narrow form with the byte offset of each, and of the end.
func narrowScalars(_ bytes: [UInt8]) -> (scalars: [UInt32], offsets: [Int]) {
  var scalars: [UInt32] = []
  var offsets: [Int] = []
  let span = bytes.span
  var offset = 0
  while offset < span.count {
    let (value, length) = span.scalar(at: offset)
    scalars.append(narrowed(value))
    offsets.append(offset)
    offset += length
  }
  offsets.append(offset)
  return (scalars, offsets)
}
