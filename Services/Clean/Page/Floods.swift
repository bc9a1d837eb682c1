/// The page with what makes the parser's work grow with the square of its size blanked out.
///
/// The parser compares each attribute of a tag with all before it, and looks for the element that an end tag closes
/// through all that are open. So the attributes of a tag beyond some hundreds, start tags beyond a depth that no page
/// has, and end tags of elements that are not open are replaced by blanks.
func withoutFloods(_ text: [UInt8]) -> [UInt8] {
  var guardian = TagGuard(text)
  guardian.scan()
  return guardian.text
}

private struct TagGuard {
  private(set) var text: [UInt8]
  /// How many elements are open, by a part of their name's hash: where two names share a place, an end tag of one may
  /// pass for one of the other's, and no more of them pass than there were start tags.
  private var open = [Int](repeating: 0, count: 1 << 12)
  private var depth = 0
  private var swallowed = 0

  private static let longestTag = 4096
  private static let mostAttributes = 256
  private static let greatestDepth = 1024
  /// A quote that is not closed within so many bytes does not hide the rest of the page.
  private static let longestQuote = 1 << 22

  init(_ text: [UInt8]) { self.text = text }

  mutating func scan() {
    var offset = 0
    while let start = text[offset...].firstIndex(of: 0x3C) {
      offset = start + 1
      let isEnd = offset < text.count && text[offset] == 0x2F
      let name = start + (isEnd ? 2 : 1)
      guard name < text.count, 0x61...0x7A ~= text[name] | 0x20 else { continue }
      offset = endOfTag(from: name)
      let element = hash(name)
      if Self.unnested[element] != nil { continue }
      if isEnd { close(element, start..<offset) } else { open(element, start..<offset) }
    }
  }

  private mutating func open(_ element: NameHash, _ range: Range<Int>) {
    guard depth < Self.greatestDepth else {
      swallowed += 1
      blank(range)
      return
    }
    open[place(element)] += 1
    depth += 1
  }

  private func place(_ element: NameHash) -> Int { Int(truncatingIfNeeded: element.value >> 20) & (open.count - 1) }

  private mutating func close(_ element: NameHash, _ range: Range<Int>) {
    if swallowed > 0 {
      swallowed -= 1
      blank(range)
    } else if open[place(element)] > 0 {
      open[place(element)] -= 1
      depth -= 1
    } else {
      blank(range)
    }
  }

  private mutating func blank(_ range: Range<Int>) {
    for index in range.clamped(to: 0..<text.count) { text[index] = 0x20 }
    if range.upperBound < text.count, text[range.upperBound] == 0x3E { text[range.upperBound] = 0x20 }
  }

  /// The offset of the `>` of a tag; what lies beyond the greatest number of attributes is blanked out on the way.
  private mutating func endOfTag(from start: Int) -> Int {
    var (end, quote, quoteStart, attributes, limit) = (start, UInt8(0), 0, 0, Int?.none)
    while end < text.count, quote != 0 || text[end] != 0x3E {
      let byte = text[end]
      if quote != 0 {
        if byte == quote { quote = 0 } else if end - quoteStart > Self.longestQuote { break }
      } else if byte == 0x22 || byte == 0x27, text[end - 1] == 0x3D || text[end - 1] == 0x20 {
        (quote, quoteStart) = (byte, end)
      } else if byte <= 0x20 || byte == 0x2F {
        attributes += 1
        if attributes == Self.mostAttributes { limit = end }
      }
      end += 1
    }
    if end - start > Self.longestTag, let limit { blank(limit..<end) }
    return end
  }

  /// The hash of the letters and digits at an offset.
  private func hash(_ start: Int) -> NameHash {
    var hash = NameHash()
    var offset = start
    while offset < text.count, isNameByte(lowered(text[offset])) {
      hash.add(text[offset])
      offset += 1
    }
    return hash
  }

  private func isNameByte(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte || 0x30...0x39 ~= byte }

  /// Elements that close by themselves: their start and end tags do not pair.
  private static let unnested = NameTable<Bool>(
    [
      "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
      "p", "li", "dd", "dt",
      "option", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "html", "body", "head", "script", "style",
      "title", "textarea",
    ].map { ($0, true) })
}
