internal import Record

/// Meetings named by their topic.
extension Reading {
  /// 中央全面依法治国工作会议, 全省法治政府建设电视电话会, 国务院常务会议.
  func topicMeeting(at offset: Int) -> MeetingReading? {
    guard let head = Self.topicHeads.end(in: self, at: offset),
      let end = topic(from: head, to: Self.topicTails, atMost: 24)
    else { return nil }
    let isCentral = has("中央", at: offset) && has("工作会议", before: end)
    return MeetingReading(end: end, canonical: isCentral ? self[offset..<end] : nil, rule: "meeting.topic")
  }

  private static let topicHeads: Words = ["中央", "国务院", "全国", "全省", "全市", "全县", "全区", "全州", "全镇"]
  private static let topicTails: Words = [
    "工作会议", "推进会议", "推进会", "电视电话会议", "电视电话会", "视频会议", "视频会", "座谈会议", "座谈会", "动员会议", "动员会", "动员大会", "部署会议", "部署会",
    "现场会议", "现场会", "常务会议", "表彰大会", "推进大会", "工作会",
  ]

  /// “每月一题”工作会议.
  func quotedMeeting(at offset: Int) -> MeetingReading? {
    guard character(at: offset) == "“" else { return nil }
    var position = next(offset)
    for _ in 0..<14 where character(at: position) != "”" {
      guard !character(at: position).isSentenceEnd else { return nil }
      position = next(position)
    }
    guard character(at: position) == "”" else { return nil }
    return Self.quotedTails.end(in: self, at: next(position))
      .map { MeetingReading(end: $0, canonical: nil, rule: "meeting.quoted") }
  }

  private static let quotedTails: Words = ["工作会议", "推进会议", "推进会", "专题会议", "联席会议", "会议"]

  /// A press conference or another meeting that a title announces behind 召开.
  func announcedMeeting(at offset: Int) -> MeetingReading? {
    guard has(anyOf: ["召开", "举行", "举办"], before: offset), numeral(at: offset) == nil,
      !"两几多首第".unicodeScalars.contains(character(at: offset)),
      let end = topic(from: offset, to: Self.announcedTails, atMost: 40), end - offset > 18
    else { return nil }
    return MeetingReading(end: end, canonical: nil, rule: "meeting.announced")
  }

  private static let announcedTails: Words = [
    "新闻发布会", "新闻通气会", "发布会", "工作会议", "推进会议", "推进会", "座谈会", "听证会", "动员会", "部署会", "培训会",
  ]

  /// The offset behind the last of the tails that a topic of Chinese characters leads to.
  private func topic(from offset: Int, to tails: Words, atMost count: Int) -> Int? {
    var position = offset
    for _ in 0..<count {
      if let end = tails.end(in: self, at: position) { return end }
      let character = character(at: position)
      let isQuote = character == "“" || character == "”"
      guard character.isHan || isQuote, OrganWords.shared.stops.end(in: self, at: position) == nil else { return nil }
      position = next(position)
    }
    return nil
  }
}

/// Meetings that a document's title announces.
///
///     announced = in the title behind 召开: topic (新闻发布会 …)
struct AnnouncedMeetings: Family {
  let starts: Starts = .headline

  func mention(at offset: Int, _ start: Starts, in reading: Reading) -> Entity? {
    reading.announcedMeeting(at: offset).map { Entity(.meeting, offset..<$0.end, rule: $0.rule) }
  }
}
