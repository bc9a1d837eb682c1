internal import CExtractTables
internal import Lexicon
internal import Record

/// Dates and periods.
///
///     date     = damaged | plan | range | point
///     point    = year [part] | deictic [part] | part
///     year     = four digits in either script, 年 [度]
///     part     = month [day | 份 | 底 | 初 | 旬] | months | quarter | half | edge
///     range    = point (- | — | ~ | 至 | 到) point
///     deictic  = a word of Tables/deictic.tsv | 近 N 年 [来] | 今后/未来/过去/这 N 年 | N 年来
///     plan     = “十四五”时期
///
/// and behind any of them `以来`. `以前`, `前`, `起`, `版` do not belong to a date.
struct Dates: Family {
  let starts: Starts = .date
  private static let table = unsafe Table(table_deictic())
  private static let rows = table.rows
  private static let words = Matcher(table.column("word").enumerated().map { ($1, UInt32($0)) })

  private let timeline: Timeline
  /// The last full year that the text named, and where.
  private var lastYear: (year: Int, offset: Int)?
  /// The last day that the text named, and where.
  private var lastDay: (point: DatePeriod.Point, offset: Int)?

  init(_ timeline: Timeline) { self.timeline = timeline }

  mutating func mention(at offset: Int, _ start: Starts, in reading: Reading) -> Entity? {
    guard mayStart(at: offset, in: reading) else { return nil }
    let date =
      reading.damagedDate(at: offset) ?? planPeriod(at: offset, in: reading)
      ?? reading.calendarDate(at: offset) ?? deictic(at: offset, in: reading) ?? span(at: offset, in: reading)
      ?? shortYear(at: offset, in: reading) ?? nextDay(at: offset, in: reading)
    return date.map { entity($0, at: offset, in: reading) }
  }

  mutating func took(_ entity: Entity, in reading: Reading) {
    guard entity.kind == .date, let year = entity.canonical.flatMap({ Int($0.prefix(4)) }) else { return }
    lastYear = (year, entity.span.upperBound)
    let end = entity.canonical?.split(separator: "/").last?.split(separator: "-").compactMap { Int($0) } ?? []
    guard end.count == 3 else { return }
    lastDay = (DatePeriod.Point(year: end[0], month: end[1], day: end[2]), entity.span.upperBound)
  }

  private func entity(_ date: DateReading, at offset: Int, in reading: Reading) -> Entity {
    var entity = Entity(.date, offset..<date.end, rule: date.rule)
    entity.isDamaged = date.isDamaged
    guard !date.isDamaged, date.period != .year(nil) else { return entity }
    entity.canonical = date.period.inYear(openYear(at: offset, in: reading)).iso
    return entity
  }

  /// The year of a date that states none: that of the sentence, else in a plan the coming year that its section has named,
  /// else that of the section, else that of the document.
  private func openYear(at offset: Int, in reading: Reading) -> Int? {
    guard let lastYear else { return timeline.year(at: offset) }
    if reading.isSameSentence(lastYear.offset, offset) { return lastYear.year }
    if let plan = timeline.plan(at: offset), lastYear.offset > plan, lastYear.year > timeline.reportYear ?? 9999 {
      return lastYear.year
    }
    return timeline.year(at: offset)
  }

  /// A date does not begin within a number, nor behind `每年` or `第` (but for `第一季度`).
  private func mayStart(at offset: Int, in reading: Reading) -> Bool {
    let first = reading.character(at: offset)
    guard first.isDigit || Self.heads.contains(first) else { return false }
    let before = reading.character(before: offset)
    if first.isDigit, let number = reading.digits(at: offset),
      !Self.behindDigits.contains(reading.character(at: number.end))
    {
      return false
    }
    if first.isDigit || reading.numeral(at: offset) != nil {
      let isYear = reading.yearDigits(at: offset).map { reading.has("年", at: $0.end) } ?? false
      let isDecimal = before == "." && !isYear && reading.character(before: reading.previous(offset)).isDigit
      return !before.isDigit && !isDecimal && before != "第" && before != "十"
    }
    return !reading.has("每年", before: offset) && !reading.has("每", before: offset)
  }

  /// The characters but digits that dates begin with: numerals, quotation marks, the first ones of the words of the tables.
  static let heads: Characters = "一二三四五六七八九十两几“‘\"第前上下今去明后本年全目截日未过这近最"

  /// What stands behind the digits that dates begin with: the units of the calendar, signs of ranges, blanks, and the words
  /// that a bare year stands before.
  private static let behindDigits: Characters = "年月日季 -/.—–―~至到主工重"

  /// `“十四五”时期`: the five years of a plan.
  private func planPeriod(at offset: Int, in reading: Reading) -> DateReading? {
    let opener = reading.character(at: offset)
    let isQuoted = opener == "“" || opener == "‘" || opener == "\""
    let start = isQuoted ? reading.next(offset) : offset
    guard let number = reading.numeral(at: start) else { return nil }
    let isNamedInFull = reading.has("五", at: number.end)
    let plan = isNamedInFull ? reading.next(number.end) : number.end
    let ordinal = isNamedInFull ? number.value : number.value % 10 == 5 ? number.value - 5 : 0
    guard (6...30).contains(ordinal) else { return nil }
    let end = isQuoted ? reading.next(plan) : plan
    let words: [StaticString] = ["时期", "期间"]
    guard let end = words.lazy.compactMap({ reading.end(of: $0, at: end) }).first else { return nil }
    let first = 1981 + 5 * (ordinal - 6)
    return DateReading(period: .years(first, first + 4), end: end, rule: "date.plan")
  }

  /// A word of the table with a part of the year behind it: `去年`, `今年一季度`, `今年以来`.
  private func deictic(at offset: Int, in reading: Reading) -> DateReading? {
    guard let match = Self.words.longestMatch(in: reading.bytes.span, at: offset) else { return nil }
    let row = Self.rows[Int(match.value)]
    let end = offset + match.length
    guard isWord(row[0], offset..<end, in: reading) else { return nil }
    let year: Int?
    switch row[1] {
    case "this": year = timeline.spokenYear(at: offset).map { $0 + (Int(row[2]) ?? 0) }
    case "section": year = timeline.year(at: offset).map { $0 + (Int(row[2]) ?? 0) }
    case "report": year = timeline.reportedYear(at: offset)
    default: return DateReading(period: .year(nil), end: end, rule: "date.open")
    }
    var date = DateReading(period: .year(year), end: end, rule: "date.deictic")
    if let month = Int(row[3]) { date.period = DatePeriod(.init(year: year, month: month)) }
    if let part = reading.partOfYear(at: end) ?? reading.edgeOfYear(at: end) {
      date = DateReading(period: part.period.inYear(year), end: part.end, rule: "date.deictic.part")
    }
    return reading.withSince(date)
  }

  /// Whether the words of the table stand there as words, not as parts of others: not 安全年, 三年内, 全年龄, 年初一.
  private func isWord(_ word: String, _ span: Range<Int>, in reading: Reading) -> Bool {
    let before = reading.character(before: span.lowerBound)
    if word.hasPrefix("年") {
      let isCounted = before.isDigit || reading.numeral(at: reading.previous(span.lowerBound)) != nil
      return !isCounted && !Self.beforeYear.contains(before)
    }
    if word == "全年" {
      return !Self.beforeWhole.contains(before)
        && !reading.has(anyOf: ["龄", "级", "制"], at: span.upperBound)
    }
    if word == "目前" { return !"项题科条栏书账名".unicodeScalars.contains(before) }
    return !(before == "最" && word.hasPrefix("近"))
  }

  /// What stands before 年 in `两年内`, `周年`, `当年底`.
  private static let beforeYear: Characters = "两几半周当整同百千万多"

  /// What stands before 全 in `安全年`, `健全年度`.
  private static let beforeWhole: Characters = "安健完齐周成"

  /// `近三年来`, `今后五年`, `未来几年`, `过去一年`, `这五年`, `五年来`.
  private func span(at offset: Int, in reading: Reading) -> DateReading? {
    let heads: [StaticString] = ["今后", "未来", "过去", "这", "近", "最近"]
    let head = heads.lazy.compactMap { reading.end(of: $0, at: offset) }.first
    let start = head ?? offset
    let count = reading.smallNumber(at: start)
    guard let number = count?.end ?? reading.end(of: "几", at: start) ?? reading.end(of: "两", at: start),
      let years = reading.end(of: "年", at: number)
    else { return nil }
    let since = reading.end(of: "来", at: years)
    guard head != nil ? !reading.has("以", at: years) || since != nil : since != nil && (count?.value ?? 2) <= 10 else {
      return nil
    }
    return DateReading(
      period: period(of: count?.value, at: offset, in: reading), end: since ?? years, rule: "date.span")
  }

  /// The years that a span back from the report covers where that is certain: the last one, or those of a plan that it closes.
  private func period(of years: Int?, at offset: Int, in reading: Reading) -> DatePeriod {
    let isAhead = reading.has(anyOf: ["今后", "未来"], at: offset)
    guard !isAhead, !reading.has(anyOf: ["近", "最近"], at: offset), let last = timeline.reportYear else {
      return .year(nil)
    }
    if years == 1 { return .year(last) }
    return years == 5 && last % 5 == 0 ? .years(last - 4, last) : .year(nil)
  }

  /// `21年` for 2021, at the start of a clause, near the year of the document.
  private func shortYear(at offset: Int, in reading: Reading) -> DateReading? {
    guard let number = reading.digits(at: offset), number.digits == 2, let now = timeline.thisYear,
      let end = reading.end(of: "年", at: number.end), abs(2000 + number.value - now) <= 3
    else { return nil }
    if var part = reading.partOfYear(at: end) {
      part.period = part.period.inYear(2000 + number.value)
      return part
    }
    guard reading.isClauseStart(offset), !Self.behindDuration.contains(reading.character(at: end)) else { return nil }
    return DateReading(period: .year(2000 + number.value), end: end, rule: "date.year.short")
  }

  /// A day that takes its month from an earlier one of the sentence: `9日` in `6月3日培训，9日考核`.
  private func nextDay(at offset: Int, in reading: Reading) -> DateReading? {
    guard let lastDay, let day = reading.smallNumber(at: offset), let end = reading.end(of: "日", at: day.end),
      day.value > lastDay.point.day ?? 31, reading.isSameSentence(lastDay.offset, offset),
      reading.isClauseStart(offset) || reading.has(anyOf: ["和", "及", "、", "于"], before: offset),
      !reading.has(anyOf: ["内", "以内", "之内", "游", "后", "前", "报", "均", "常"], at: end)
    else { return nil }
    let point = DatePeriod.Point(year: lastDay.point.year, month: lastDay.point.month, day: day.value)
    return point.exists ? DateReading(period: DatePeriod(point), end: end, rule: "date.day.next") : nil
  }

  /// What stands behind 年 where a number of years is meant.
  private static let behindDuration: Characters = "来以间内后前期的之多余左限制"
}
