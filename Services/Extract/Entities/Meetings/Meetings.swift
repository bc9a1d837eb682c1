internal import CExtractTables
internal import Lexicon
internal import Record

/// Meetings that are named or numbered.
///
///     meeting  = party meeting | session | of an organ | numbered | national | quoted | announced
///     session  = [organ's level] N届 (人大 | 政协 | 委) [常委会] [第]N次 [全体] (会议 | 全会)
///     of an organ = organ (numbered | a word of Tables/tails.tsv)
///     numbered = 第N次 {、 第N次} [words] (会议 | 全会)
///     national = (中央 | 国务院 | 全国 | 全省 | 全市 …) topic (工作会议 | 推进会 | 座谈会 | 电视电话会 …)
///     quoted   = “name” (工作会议 | 会议)
struct Meetings: Family {
  let starts = Starts.organ.union(.meeting)
  let organs: Organs
  private static let tails = unsafe WordTable(Table(table_meeting_tails()))

  init(organs: Organs) { self.organs = organs }

  func mention(at offset: Int, _ start: Starts, in reading: Reading) -> Entity? {
    var longest: MeetingReading?
    func consider(_ meeting: MeetingReading?) {
      if let meeting, meeting.end > longest?.end ?? offset { longest = meeting }
    }
    consider(start.contains(.meeting) ? reading.partyMeeting(at: offset) : nil)
    consider(session(at: offset, start, in: reading))
    if !start.isDisjoint(with: .organ) { consider(organMeeting(at: offset, in: reading)) }
    if start.contains(.meeting) {
      consider(numbered(at: offset, in: reading))
      consider(reading.topicMeeting(at: offset))
      consider(reading.quotedMeeting(at: offset))
    }
    guard let meeting = longest else { return nil }
    var entity = Entity(.meeting, offset..<meeting.end, rule: meeting.rule)
    entity.canonical = meeting.canonical
    return entity
  }

  /// The numerals, 第, and the first characters of 党的, 中共, 中央, 国务院, 全国.
  static let heads: Characters = "“第一二三四五六七八九十党中国全"

  /// A meeting behind the organ that holds it: 市政府第50次常务会议, 市委常委会会议, 市委八届五次全会.
  private func organMeeting(at offset: Int, in reading: Reading) -> MeetingReading? {
    guard reading.character(at: offset).isHan else { return nil }
    if let named = organs.named(at: offset, in: reading), let meeting = meeting(of: named, in: reading) {
      return meeting
    }
    return organs.base(at: offset, in: reading).flatMap { meeting(of: $0, in: reading) }
  }

  private func meeting(of organ: OrganReading, in reading: Reading) -> MeetingReading? {
    let term = reading.term(at: organ.end)
    if let session = countedSession(of: organ, in: reading) { return session }
    if let numbered = reading.numberedMeeting(at: term ?? organ.end, isSession: term != nil) {
      let canonical = organ.canonical.map { $0 + reading.fullName(organ.end..<numbered) }
      return MeetingReading(end: numbered, canonical: canonical, rule: "meeting.organ.numbered")
    }
    guard let tail = Self.tails.end(in: reading, at: organ.end) else { return nil }
    let canonical = organ.canonical.map { $0 + reading.fullName(organ.end..<tail) }
    return MeetingReading(end: tail, canonical: canonical.map(Self.joined), rule: "meeting.organ")
  }

  /// A session counted by its term behind the organ: 市委八届五次全会 is 中国共产党…第八届委员会第五次全体会议.
  private func countedSession(of organ: OrganReading, in reading: Reading) -> MeetingReading? {
    guard let term = reading.termNumber(at: organ.end), let session = reading.sessionNumber(at: term.end),
      let name = organ.canonical
    else { return nil }
    let kinds = [("人民代表大会", "会议"), ("委员会", "全体会议")]
    guard let kind = kinds.first(where: { name.hasSuffix($0.0) }) else { return nil }
    let holder = name.dropLast(kind.0.count)
    let canonical = "\(holder)第\(term.words)届\(kind.0)第\(session.words)次\(kind.1)"
    return MeetingReading(end: session.end, canonical: canonical, rule: "meeting.organ.session")
  }

  /// The committee's name with the meeting's behind it, no part of it twice.
  private static func joined(_ name: String) -> String {
    name.replacing("委员会常委会", with: "委员会常务委员会").replacing("常务委员会会议会议", with: "常务委员会会议")
  }

  /// 第53次常务会议, held by the government whose report it is.
  private func numbered(at offset: Int, in reading: Reading) -> MeetingReading? {
    guard let end = reading.numberedMeeting(at: offset, isSession: false) else { return nil }
    let name = reading.fullName(offset..<end).replacing("政府", with: "")
    let numbers = name.hasSuffix("常务会议") ? name.dropLast(4).split(separator: "、") : []
    let meetings = numbers.map { "\($0)常务会议" }.joined(separator: "、")
    let canonical = numbers.isEmpty ? nil : organs.home.name.map { "\($0)人民政府\(meetings)" }
    return MeetingReading(end: end, canonical: canonical, rule: "meeting.numbered")
  }
}
