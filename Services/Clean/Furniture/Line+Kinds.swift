internal import Text

extension Line {
  /// The first bytes, at most so many, in whole characters.
  func opening(_ count: Int) -> [UInt8] {
    count < bytes.count ? Array(bytes[..<bytes.span.characterStart(count)]) : bytes
  }

  /// 各位代表:, 某某省人民政府:
  var isSalutation: Bool { length <= 60 && last == 0x3A && length >= 3 && !startsWithLabel }

  /// Whether a short name and a colon start it: 地点:某地.
  var startsWithLabel: Bool {
    let (scalars, _) = narrowScalars(opening(48))
    let visible = scalars.filter { !isBlank($0) }
    guard let colon = visible.firstIndex(of: 0x3A) else { return false }
    return 2...8 ~= colon && colon + 1 < visible.count
  }

  /// Whether it opens with the number of a heading or an article: 一、 （一） 1. 第一章.
  var isNumbered: Bool {
    guard !bytes.isEmpty else { return false }
    let opening = narrowed(bytes.span.scalar(at: 0).value)
    guard isHanNumeral(opening) || isDigit(opening) || opening == 0x28 || opening == 0x7B2C else { return false }
    let (scalars, _) = narrowScalars(self.opening(24))
    guard let first = scalars.first else { return false }
    var rest = scalars[...]
    let isBracketed = first == 0x28
    let isOrdinal = first == 0x7B2C
    if isBracketed || isOrdinal { rest = rest.dropFirst() }
    let number = rest.prefix { isHanNumeral($0) || isDigit($0) }
    guard 1...4 ~= number.count, let mark = rest.dropFirst(number.count).first else { return false }
    if isOrdinal { return [0x7AE0, 0x6761, 0x8282, 0x7F16].contains(mark) }
    if isBracketed { return mark == 0x29 }
    guard mark == 0x3001 || mark == 0x2E else { return false }
    return !isDigit(rest.dropFirst(number.count + 1).first ?? 0)
  }

  /// Whether it is what stands under a document: an organ, a date, an annex, a note, a contact.
  var belongsToSignature: Bool {
    if length <= 40, isOrganSuffix(last) { return true }
    let (scalars, _) = narrowScalars(opening(600))
    if let start = scalars.firstIndex(where: { !isBlank($0) && $0 != 0x28 }),
      DateReading(scalars, at: start)?.isWritten ?? false
    {
      return length <= 30
    }
    let text = String(decoding: Folded(opening(60).span).bytes, as: UTF8.self)
    return ["附件", "附:", "附表", "(此件", "(此文", "联系人", "联系电话", "抄送", "注:", "备注", "(联系"].contains { text.hasPrefix($0) }
  }

  /// Whether it stops in the middle of a sentence, at the name of an organ that has nothing to do with it.
  var isCutOff: Bool { length >= 20 && !isFinished && isOrganSuffix(last) }
}

/// 一 … 十, 百, 〇.
func isHanNumeral(_ scalar: UInt32) -> Bool {
  scalar == 0x5341 || scalar == 0x767E || hanDigit(scalar) != nil
}

/// The last character of an organ's name: 府 委 局 厅 办 院 会 室 处 部 署 社 所 队 站 党 组 心 司.
func isOrganSuffix(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x5E9C, 0x59D4, 0x5C40, 0x5385, 0x529E, 0x9662, 0x4F1A, 0x5BA4, 0x5904, 0x90E8, 0x7F72, 0x6240, 0x961F, 0x7AD9,
    0x7EC4, 0x5FC3,
    0x53F8:
    true
  default: false
  }
}

/// Whether a line is a path through a site: short names between arrows.
func isBreadcrumb(_ line: Line) -> Bool {
  guard line.bytes.contains(where: { $0 == 0x3E || $0 == 0xC2 || $0 == 0xE2 || $0 == 0xEF }) else { return false }
  let (scalars, _) = narrowScalars(line.bytes)
  let parts = scalars.split(omittingEmptySubsequences: false) {
    $0 == 0x3E || $0 == 0xBB || $0 == 0x203A || $0 == 0x2192
  }
  guard parts.count >= 3 else { return false }
  return parts.allSatisfy { $0.count <= 20 }
}

/// Whether a breadcrumb goes on with an item on the next line.
func isOpenBreadcrumb(_ line: Line) -> Bool {
  line.last == 0x3A || line.last == 0x3E
}

/// Whether a line above the text describes a picture.
func isCaption(_ line: Line) -> Bool {
  let folded = Folded(line.bytes.span)
  // At the end of the line, or where its first sentence ends.
  return Vocabulary.shared.firstPhrase(.caption, in: folded) { place in
    guard place.lowerBound > 0 else { return false }
    let end = place.upperBound
    return end == folded.bytes.count || isSentenceEnd(folded.bytes.span.scalar(at: end).value)
  } != nil
}
