/// A meeting read in a text.
struct MeetingReading {
  var end: Int
  var canonical: String?
  var rule: String
}

/// Congresses of the party and plenary sessions of its Central Committee, with the names they are known by.
///
///     congress = [党的 | 中共] (N大 | 第N次全国代表大会)
///     plenum   = [党的 | 中共] N届 N中 {、 N中} 全会
extension Reading {
  func partyMeeting(at offset: Int) -> MeetingReading? {
    let prefixes: [StaticString] = ["党的", "中国共产党", "中共"]
    let prefix = prefixes.lazy.compactMap { self.end(of: $0, at: offset) }.first
    let start = prefix ?? offset
    let number = end(of: "第", at: start) ?? start
    return plenum(at: number) ?? congress(at: start, isNamed: prefix != nil)
  }

  private func plenum(at offset: Int) -> MeetingReading? {
    guard let term = smallNumber(at: offset), var end = end(of: "届", at: term.end) else { return nil }
    var sessions: [String] = []
    while sessions.count < 8, let session = smallNumber(at: end), let middle = self.end(of: "中", at: session.end) {
      sessions.append(self[end..<session.end])
      end = self.end(of: "、", at: middle) ?? middle
    }
    guard !sessions.isEmpty, let end = self.end(of: "全会", at: end) ?? self.end(of: "全体会议", at: end) else { return nil }
    let names = sessions.map { "第\($0)次全体会议" }.joined(separator: "、")
    let canonical = "中国共产党第\(self[offset..<term.end])届中央委员会\(names)"
    return MeetingReading(end: end, canonical: canonical, rule: "meeting.plenum")
  }

  /// Without `党的` only the numbers that nothing else has: 十六大 and later, not 十大 or 三大.
  private func congress(at offset: Int, isNamed: Bool) -> MeetingReading? {
    if isNamed, let number = end(of: "第", at: offset).flatMap(smallNumber), let count = end(of: "次", at: number.end) {
      return end(of: "全国代表大会", at: count).map { congress(number, end: $0, offset: number.end) }
    }
    guard let number = numeral(at: offset), let end = end(of: "大", at: number.end),
      isNamed || number.value >= 16, number.value <= 25
    else { return nil }
    return congress(number, end: end, offset: offset)
  }

  private func congress(_ number: ReadNumber, end: Int, offset: Int) -> MeetingReading {
    let ordinal = chineseNumeral(number.value)
    return MeetingReading(end: end, canonical: "中国共产党第\(ordinal)次全国代表大会", rule: "meeting.congress")
  }
}

/// A number below 100 in Chinese numerals.
func chineseNumeral(_ value: Int) -> String {
  let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
  guard value >= 10 else { return digits[max(0, value)] }
  return (value / 10 == 1 ? "" : digits[value / 10]) + "十" + digits[value % 10]
}
