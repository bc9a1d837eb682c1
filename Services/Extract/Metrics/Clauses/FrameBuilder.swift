/// Cuts the clauses around the quantities of a text.
struct FrameBuilder {
  let glyphs: Glyphs
  let quantities: [Quantity]
  private let words = ClauseWords.shared
  /// No clause is looked at further than this, so that a text without punctuation costs no more.
  private static let reach = 90

  init(_ glyphs: Glyphs, _ quantities: [Quantity]) {
    self.glyphs = glyphs
    self.quantities = quantities
  }

  func frames() -> [Frame] {
    let brackets = brackets()
    var frames: [Frame] = []
    frames.reserveCapacity(quantities.count)
    var sentence = 0
    var sentenceStart = 0
    var place = 0
    for (index, quantity) in quantities.enumerated() {
      while place < quantity.range.lowerBound {
        if Glyph.endsSentence(glyphs.scalars[place]) {
          sentence += 1
          sentenceStart = place + 1
        }
        place += 1
      }
      let previous = index > 0 ? afterMilestone(quantities[index - 1].range.upperBound) : 0
      let next = index + 1 < quantities.count ? quantities[index + 1].range.lowerBound : glyphs.count
      let before = before(quantity, after: previous)
      var frame = Frame(
        quantity: quantity, before: before, after: after(quantity, before: next), sentence: sentence,
        sentenceStart: sentenceStart)
      frame.sharesClause = index > 0 && before.lowerBound == previous
      frame.bracket = brackets[index]
      frames.append(frame)
    }
    return frames
  }

  /// 100亿元|大关，达…: the place behind what only says that a mark was passed.
  private func afterMilestone(_ place: Int) -> Int {
    guard let milestone = words.milestones.match(glyphs, at: place) else { return place }
    let end = place + milestone.length
    return Glyph.endsClause(glyphs[end]) || glyphs[end] == 0x3001 ? end : place
  }

  /// For each quantity the place of the innermost bracket around it.
  private func brackets() -> [Int?] {
    var open: [Int] = []
    var place = 0
    return quantities.map { quantity in
      while place < quantity.range.lowerBound {
        let scalar = glyphs.scalars[place]
        if Glyph.opensBracket(scalar), open.count < 8 { open.append(place) }
        if Glyph.closesBracket(scalar), !open.isEmpty { open.removeLast() }
        if scalar == 0x0A { open.removeAll() }
        place += 1
      }
      return open.last
    }
  }

  private func before(_ quantity: Quantity, after previous: Int) -> Range<Int> {
    let end = quantity.range.lowerBound
    let limit = max(previous, end - Self.reach)
    var place = end
    if place > limit, glyphs[place - 1] == 0x3A { place -= 1 }
    while place > limit {
      let scalar: UInt32 = glyphs[place - 1]
      if let open = Self.opening(of: scalar) {
        guard let start = opening(open, scalar, before: place - 1, limit) else { break }
        place = start
      } else if Glyph.endsClause(scalar) || Glyph.opensBracket(scalar) || scalar == 0x201C {
        break
      } else {
        place -= 1
      }
    }
    return place..<end
  }

  private static func opening(of scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x29: 0x28
    case 0x201D: 0x201C
    case 0x300B: 0x300A
    default: nil
    }
  }

  private func opening(_ open: UInt32, _ close: UInt32, before place: Int, _ limit: Int) -> Int? {
    var place = place
    var depth = 1
    while place > limit {
      place -= 1
      if glyphs[place] == close { depth += 1 }
      if glyphs[place] == open { depth -= 1 }
      if depth == 0 { return place }
    }
    return nil
  }

  private func after(_ quantity: Quantity, before next: Int) -> Range<Int> {
    let start = quantity.range.upperBound
    let limit = min(next, start + Self.reach / 2, glyphs.count)
    var place = start
    while place < limit {
      let scalar = glyphs.scalars[place]
      if scalar == 0x201C || scalar == 0x300A || (scalar == 0x28 && place > start) {
        guard let end = closing(of: scalar, after: place, limit) else { break }
        place = end
      } else if Glyph.endsClause(scalar) || Glyph.opensBracket(scalar) || Glyph.closesBracket(scalar)
        || scalar == 0x201D
      {
        break
      } else {
        place += 1
      }
    }
    if glyphs[start] == 0x7684, place == start + 1 || place == start + 2 && isLink(glyphs[start + 1]) {
      return start..<start
    }
    let end = trimmedEnd(start..<place, touches: place == next)
    return isApart(start..<end) ? start..<start : start..<end
  }

  /// Whether the words after a quantity are no noun that it counts: they go on with a conjunction (雏鹰企业9户|和瞪羚企业), or
  /// only say that a mark was passed (突破5000亿元|大关, 80万人次的|历史性突破).
  private func isApart(_ range: Range<Int>) -> Bool {
    guard !range.isEmpty, words.kept.match(glyphs, at: range.lowerBound) == nil else { return false }
    if words.joints.match(glyphs, at: range.lowerBound) != nil { return true }
    if range.count == 1, words.others.match(glyphs, at: range.lowerBound) != nil { return true }
    guard let mark = words.milestones.match(glyphs, at: range.lowerBound) else { return false }
    return mark.length == range.count || glyphs[range.lowerBound + mark.length] == 0x7684
  }

  /// 占比超过10%的|有44种: a verb that only leads on to the next number.
  private func isLink(_ scalar: UInt32) -> Bool {
    scalar == 0x6709 || scalar == 0x4E3A || scalar == 0x662F || scalar == 0x8FBE
  }

  /// A bracket after a noun belongs to it where it is short: 乡镇(街道).
  private func closing(of open: UInt32, after place: Int, _ limit: Int) -> Int? {
    let close: UInt32 = open == 0x28 ? 0x29 : open == 0x201C ? 0x201D : 0x300B
    let reach = open == 0x28 ? min(limit, place + 10) : limit
    var end = place + 1
    while end < reach {
      if glyphs[end] == close { return end + 1 }
      end += 1
    }
    return nil
  }

  /// The end of the words after a quantity without the conjunction before the next one.
  private func trimmedEnd(_ range: Range<Int>, touches: Bool) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, "、和及与 以".unicodeScalars.contains(glyphs[end - 1] as Unicode.Scalar) { end -= 1 }
    if touches, end == range.upperBound, let comma = (range.lowerBound..<end).last(where: { glyphs[$0] == 0x3001 }) {
      end = comma
    }
    if glyphs[range.lowerBound] == 0x3001 { end = range.lowerBound }
    return touches ? withoutReaching(range.lowerBound..<end) : end
  }

  /// 断面水质优良率|达 100%: the verb belongs to the number behind it, as does 分别为; 雷达 and 表达 are nouns.
  private func withoutReaching(_ range: Range<Int>) -> Int {
    if let tail = words.tails.match(glyphs, at: range.upperBound), tail.length + 1 < range.count,
      glyphs.matches("分别", at: range.upperBound - tail.length)
    {
      return range.upperBound - tail.length
    }
    let end = glyphs[range.upperBound - 1] == 0x5230 ? range.upperBound - 1 : range.upperBound
    guard end - range.lowerBound > 2, glyphs[end - 1] == 0x8FBE,
      !"雷表发到抵传".unicodeScalars.contains(glyphs[end - 2] as Unicode.Scalar)
    else { return range.upperBound }
    return end - 1
  }
}
