internal import Record

/// Meetings that are named or numbered.
///
///     meeting  = party meeting | numbered
///     numbered = 第N次 {、 第N次} [words] (会议 | 全会 | 大会)
struct Meetings: Family {
  func mention(at offset: Int, in reading: Reading) -> Entity? {
    guard let meeting = reading.partyMeeting(at: offset) ?? reading.numberedMeeting(at: offset) else { return nil }
    var entity = Entity(.meeting, offset..<meeting.end, rule: meeting.rule)
    entity.canonical = meeting.canonical
    return entity
  }
}

extension Reading {
  /// `第53次常务会议`, `第五次、第八次政府常务会议`.
  func numberedMeeting(at offset: Int) -> MeetingReading? {
    var (end, start) = (offset, Int?(offset))
    while let ordinal = start.flatMap(ordinal) {
      end = ordinal
      start = self.end(of: "、", at: end)
    }
    guard end > offset, let end = meetingWords(at: end) else { return nil }
    return MeetingReading(end: end, canonical: nil, rule: "meeting.numbered")
  }

  /// `第N次` or `N次`.
  private func ordinal(at offset: Int) -> Int? {
    guard let number = end(of: "第", at: offset).flatMap(smallNumber) else { return nil }
    return end(of: "次", at: number.end)
  }

  /// The words of a meeting's name up to `会议`: at most ten Chinese characters.
  func meetingWords(at offset: Int) -> Int? {
    var end = offset
    for _ in 0..<11 {
      let tails: [StaticString] = ["会议", "全会", "常务会议", "常务会"]
      if let tail = tails.lazy.compactMap({ self.end(of: $0, at: end) }).first { return tail }
      guard character(at: end).isHan, character(at: end) != "的" else { return nil }
      end = next(end)
    }
    return nil
  }
}
