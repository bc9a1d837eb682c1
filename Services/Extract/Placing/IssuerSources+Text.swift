internal import Record

/// What the text itself says of whose it is: its byline, the congress that it reports to, its signature.
extension IssuerSources {
  /// The organ on a line of its own under the title, with a date or without.
  func byline(_ text: Reading) -> DocumentFacts.Issuer? {
    for line in lines(text, from: 0, count: 8).dropFirst() {
      let start = text.skippingBlanks(line.lowerBound)
      if let head = headOfGovernment(at: start, in: text) { return head }
      guard let found = organs(at: start, in: text) else { continue }
      let end = text.skippingBlanks(found[found.count - 1].upperBound)
      let isDated = end > found[found.count - 1].upperBound && text.year(at: end) != nil && line.upperBound - end < 24
      guard end >= line.upperBound || isDated else { continue }
      return issuer(found, in: text)
    }
    return nil
  }

  /// The government whose head delivers a report: `国务院总理 …`, `广东省省长 …`, `四川省人民政府省长 …`.
  func headOfGovernment(at offset: Int, in text: Reading) -> DocumentFacts.Issuer? {
    let heads: [StaticString] = ["省长", "市长", "县长", "区长", "州长", "旗长", "主席", "总理", "代省长", "代市长"]
    if let found = organs(at: offset, in: text), found.count == 1, text.has(anyOf: heads, at: found[0].upperBound) {
      return issuer(found, in: text)
    }
    let regions = Regions(home: county)
    guard let region = regions.region(at: offset, in: text), region.isCertain, text.has(anyOf: heads, at: region.end)
    else {
      return nil
    }
    return government(of: region, regions)
  }

  /// The government that reports to a session of its congress: `——2023年1月5日在英山县第十九届人民代表大会第二次会议上`.
  func session(_ text: Reading) -> DocumentFacts.Issuer? {
    let regions = Regions(home: county)
    var offset = 0
    while offset < min(text.end, 900) {
      if let start = text.end(of: "在", at: offset), let region = regions.region(at: start, in: text), region.isCertain,
        text.termNumber(at: region.end).map({ text.has(anyOf: ["人民代表大会", "人大"], at: $0.end) }) ?? false
      {
        return government(of: region, regions)
      }
      offset = text.next(offset)
    }
    return nil
  }

  /// The first words of the clause at the head of a report that says who did its work: `英山县坚持依法行政`, `清波街道在区委的领导下`.
  /// They are the division's name, or nothing.
  func subject(of text: Reading) -> Reading {
    let regions = Regions(home: county)
    let verbs: [StaticString] = [
      "坚持", "在", "深入", "认真", "全面", "紧紧", "严格", "按照", "围绕", "始终", "扎实", "持续", "积极", "推进", "法治", "党委",
      "党工委", "办事处", "人民政府",
    ]
    var offset = 0
    while offset < min(text.end, 900) {
      if text.isClauseStart(offset),
        let end = Township.end(at: offset, in: text) ?? regions.region(at: offset, in: text)?.end,
        text.has(anyOf: verbs, at: end)
      {
        return Reading(Array(text.bytes[offset..<end]))
      }
      offset = text.next(offset)
    }
    return Reading([])
  }

  /// The organ before the date at the end of a document, also where lines are lost.
  func signature(_ text: Reading) -> DocumentFacts.Issuer? {
    var offset = max(0, text.end - 900)
    while offset < text.end, text.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    var last: [Range<Int>]?
    while offset < text.end {
      guard text.isClauseStart(offset) || text.character(before: offset) == "。",
        let found = organs(at: offset, in: text)
      else {
        offset = text.next(offset)
        continue
      }
      let end = found[found.count - 1].upperBound
      var date = end
      for _ in 0..<12 where [" ", "\n"].contains(text.character(at: date)) { date = text.next(date) }
      if text.year(at: date) != nil { last = found }
      offset = end
    }
    return last.map { issuer($0, in: text) }
  }
}

/// The lines of a text from an offset on that are not empty, the first ones only.
func lines(_ text: Reading, from offset: Int, count: Int) -> [Range<Int>] {
  var (lines, start): ([Range<Int>], Int) = ([], offset)
  while start < text.end, text.bytes[start] & 0xC0 == 0x80 { start += 1 }
  while lines.count < count, start < text.end {
    let end = text.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.end
    if text.skippingBlanks(start) < end { lines.append(start..<end) }
    start = end + 1
  }
  return lines
}
