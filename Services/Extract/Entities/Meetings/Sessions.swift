/// Sessions of congresses and committees, counted by their terms: 省十三届人大常委会第十九次会议, 十四届全国人大四次会议.
extension Meetings {
  func session(at offset: Int, _ start: Starts, in reading: Reading) -> MeetingReading? {
    guard start.contains(.han) else { return nil }
    let holder = start.isDisjoint(with: .organ) ? nil : holder(at: offset, in: reading)
    let start = holder?.end ?? offset
    if let holder, let congress = partyCongress(of: holder, in: reading) { return congress }
    guard let term = reading.termNumber(at: start) else { return nil }
    let national = reading.end(of: "全国", at: term.end)
    let at = national ?? term.end
    guard let body = Self.bodies.first(where: { reading.has($0.0, at: at) }),
      let number = reading.sessionNumber(at: at + body.0.utf8CodeUnitCount), holder != nil || national != nil
    else { return nil }
    let name = holder.flatMap(\.name) ?? (national == nil ? nil : "")
    let canonical = name.map {
      "\($0)第\(term.words)届\(national == nil ? "" : "全国")\(body.1)第\(number.words)次\(number.tail)"
    }
    return MeetingReading(end: number.end, canonical: canonical, rule: "meeting.session")
  }

  private static let bodies: [(StaticString, String)] = [
    ("人大常委会", "人民代表大会常务委员会"), ("人民代表大会常务委员会", "人民代表大会常务委员会"), ("人大", "人民代表大会"),
    ("人民代表大会", "人民代表大会"), ("政协常委会", "政协常务委员会"), ("政协", "政协"), ("市委", "委员会"), ("省委", "委员会"), ("县委", "委员会"),
    ("区委", "委员会"), ("党委", "委员会"), ("纪委", "纪律检查委员会"), ("委员会", "委员会"),
  ]

  /// A congress of the party in a division: 省第十三次党代会.
  private func partyCongress(of holder: (end: Int, name: String?), in reading: Reading) -> MeetingReading? {
    guard let number = reading.end(of: "第", at: holder.end).flatMap(reading.smallNumber),
      let count = reading.end(of: "次", at: number.end)
    else { return nil }
    let tails: [StaticString] = ["党代会", "党代表大会", "党员代表大会", "代表大会"]
    return tails.lazy.compactMap { reading.end(of: $0, at: count) }.first.map { end in
      let name = holder.name.map { "中国共产党\($0)第\(chineseNumeral(number.value))次代表大会" }
      return MeetingReading(end: end, canonical: name, rule: "meeting.congress.local")
    }
  }

  private func holder(at offset: Int, in reading: Reading) -> (end: Int, name: String?)? {
    if let region = organs.regions.region(at: offset, in: reading), region.sense.form != .geographic {
      return (region.end, region.name)
    }
    return reading.level(at: offset).map { ($0.end, organs.home.name(of: $0.word)) }
  }
}

extension Reading {
  /// `十三届`, `第十三届`, `13届`, with the number in Chinese numerals.
  func termNumber(at offset: Int) -> (words: String, end: Int)? {
    guard let number = smallNumber(at: end(of: "第", at: offset) ?? offset), number.value > 0,
      let end = end(of: "届", at: number.end)
    else { return nil }
    return (chineseNumeral(number.value), end)
  }

  /// The offset behind `N届` where a session of it follows: 八届五次全会.
  func term(at offset: Int) -> Int? { termNumber(at: offset)?.end }

  /// `第十九次会议`, `四次会议`, `七次全会`.
  func sessionNumber(at offset: Int) -> (words: String, tail: String, end: Int)? {
    let offset = character(at: offset) == "\n" ? next(offset) : offset
    guard let number = smallNumber(at: end(of: "第", at: offset) ?? offset), let count = end(of: "次", at: number.end)
    else { return nil }
    let tails: [StaticString] = ["全体会议", "会议", "全会"]
    guard let end = tails.lazy.compactMap({ self.end(of: $0, at: count) }).first else { return nil }
    return (chineseNumeral(number.value), self[count..<end], end)
  }

  /// The offset behind `第53次常务会议`, `第五次、第八次政府常务会议`; of a session also behind `五次全会`.
  func numberedMeeting(at offset: Int, isSession: Bool) -> Int? {
    if isSession { return sessionNumber(at: offset)?.end }
    var (end, start) = (offset, Int?(offset))
    while end - offset < 90, let ordinal = start.flatMap(ordinal) {
      end = ordinal
      start = self.end(of: "、", at: end)
    }
    return end > offset ? meetingWords(at: end) : nil
  }

  /// `第N次`.
  private func ordinal(at offset: Int) -> Int? {
    guard let number = end(of: "第", at: offset).flatMap(smallNumber) else { return nil }
    return end(of: "次", at: number.end)
  }

  /// The words of a numbered meeting up to `会议`: at most ten Chinese characters.
  private func meetingWords(at offset: Int) -> Int? {
    var end = offset
    for _ in 0..<11 {
      let tails: [StaticString] = ["会议", "全会", "常务会议", "常务会"]
      if let tail = tails.lazy.compactMap({ self.end(of: $0, at: end) }).first { return tail }
      guard character(at: end).isHan, character(at: end) != "的" else { return nil }
      end = next(end)
    }
    return nil
  }

  /// The words with `常务会` in full.
  func fullName(_ span: Range<Int>) -> String {
    let words = self[span]
    return words.hasSuffix("会") && !words.hasSuffix("全会") ? words + "议" : words
  }
}
