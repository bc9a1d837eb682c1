internal import Record
internal import Text

/// Gives each quantity its period and says whether it is done, prior, to be reached or planned.
struct Timing {
  let glyphs: Glyphs
  let record: DocumentRecord
  let outlook: Outlook
  let words: StatusWords
  private let eras: Eras
  private let dates: [(range: Range<Int>, canonical: String?)]

  init(_ glyphs: Glyphs, _ record: DocumentRecord) {
    self.glyphs = glyphs
    self.record = record
    outlook = Outlook(glyphs, record)
    words = .shared
    let dates = record.entities.filter { $0.kind == .date }.map { entity in
      (range: glyphs.places(ofBytes: entity.span), canonical: entity.canonical)
    }
    let opening = dates.filter { $0.canonical != nil && Self.opensSentence(glyphs, $0.range.lowerBound) }
    eras = Eras(glyphs, record, outlook, openingDates: opening.map(\.range.lowerBound))
    self.dates = dates
  }

  /// Whether a place opens a sentence, or the one that a label such as 一是 begins.
  private static func opensSentence(_ glyphs: Glyphs, _ place: Int) -> Bool {
    place == 0 || Glyph.endsSentence(glyphs[place - 1])
      || glyphs[place - 1] == 0x662F && !Glyph.isHan(glyphs[place - 3])
  }

  /// The status of each quantity: by its clause, else by its sentence or the part of the document it stands in.
  func statuses(_ frames: [Frame]) -> [Metric.Status] {
    var sentence = -1
    var statesGoals = false
    var last = Metric.Status.actual
    return frames.map { frame in
      if frame.sentence != sentence {
        sentence = frame.sentence
        let end = frame.quantity.range.lowerBound
        statesGoals = words.statesGoals(glyphs, max(frame.sentenceStart, end - 120)..<end)
        last = .actual
      }
      let own = status(frame, statesGoals)
      // A change of what is to come is to come too: 拟安排5亿元、比上年增加1亿元.
      let isAhead = own == .actual && frame.rules.last == "change" && (last == .planned || last == .target)
      last = isAhead ? .target : own
      return last
    }
  }

  private func status(_ frame: Frame, _ statesGoals: Bool) -> Metric.Status {
    if frame.status == .prior || isCompared(frame) { return .prior }
    let clause = clause(frame)
    if words.plans(glyphs, clause) { return frame.measures || frame.isChange ? .target : .planned }
    guard statesGoals || isAhead(frame), !words.isPast(glyphs, clause) else {
      return words.aims(glyphs, clause) ? .target : .actual
    }
    let isTarget =
      statesGoals || isLevel(frame) || words.aims(glyphs, clause) || !frame.precedes && words.isLevel(glyphs, clause)
    return isTarget ? .target : .planned
  }

  /// Whether a quantity stands in a part that looks ahead, or its sentence names a year after the document's own.
  private func isAhead(_ frame: Frame) -> Bool {
    let place = frame.quantity.core.lowerBound
    if outlook.contains(place) { return true }
    guard let date = lastDate(before: place, from: max(frame.sentenceStart, place - 90)), governs(date.range),
      let year = date.canonical.flatMap({ Int($0.prefix(4)) })
    else { return false }
    return ownYear.map { $0 < year } ?? words.opensGoal(glyphs, date.range.lowerBound)
  }

  /// Whether a date says when: it opens a clause or stands behind 到, and is no attribute (面向2030年的).
  private func governs(_ date: Range<Int>) -> Bool {
    let before: UInt32 = glyphs[date.lowerBound - 1]
    return glyphs[date.upperBound] != 0x7684
      && (!Glyph.isHan(before) || "到于在至".unicodeScalars.contains { $0.value == before })
  }

  /// The year that the document reports on, else the one it is of.
  private var ownYear: Int? {
    let facts = record.document
    return facts.reportYear ?? (facts.written ?? facts.published).flatMap { Int($0.prefix(4)) }
  }

  /// Levels of an indicator: rates, growth, totals with a bound, values of a measure.
  private func isLevel(_ frame: Frame) -> Bool {
    if frame.measures || frame.isChange || frame.direction != .none || frame.from != nil { return true }
    if frame.quantity.kind == .mass, !frame.precedes { return true }
    let isWork = frame.precedes || !frame.verb.isEmpty
    return frame.quantity.bound == .atLeast || frame.quantity.bound == .atMost
      || frame.quantity.bound == .moreThan && !isWork || frame.verb.isEmpty && endsWithMeasure(frame.name)
  }

  private func endsWithMeasure(_ name: Phrase) -> Bool {
    name.pieces.last.map { ClauseWords.shared.measures.match(glyphs, at: $0.upperBound) != nil } ?? false
  }

  /// 较…的 9323.1亿元: an old value that something is compared with.
  private func isCompared(_ frame: Frame) -> Bool {
    let range = frame.before
    guard glyphs[range.upperBound - 1] == 0x7684, range.count > 3 else { return false }
    return range.dropLast(2).contains { glyphs[$0] == 0x8F83 || glyphs[$0] == 0x6BD4 && glyphs[$0 + 1] != 0x4F8B }
  }

  /// The words from the clause's start, but no further than thirty characters, to a little after the number.
  private func clause(_ frame: Frame) -> Range<Int> {
    let start = max(frame.before.lowerBound, frame.quantity.range.lowerBound - 30)
    return start..<min(frame.quantity.range.upperBound + min(frame.after.count, 12), glyphs.count)
  }

  /// The year or interval that the quantity is about; nil where it is open.
  func period(_ frame: Frame) -> String? {
    let place = frame.quantity.range.lowerBound
    if frame.status == .prior { return oldDate(frame) }
    let own = lastDate(before: place, from: max(frame.sentenceStart, place - 400))
    let era = eras.era(at: place)
    if let own, own.canonical != nil || words.isOpen(glyphs, own.range),
      era.map({ $0.start <= own.range.lowerBound }) ?? true
    {
      return value(own)
    }
    if let era { return era.period }
    if words.isOpen(glyphs, frame.before) { return nil }
    if let later = lastDate(before: frame.after.upperBound, from: frame.after.lowerBound), later.canonical != nil {
      return value(later)
    }
    guard let year = record.document.reportYear else { return nil }
    return String(outlook.contains(place) ? year + 1 : year)
  }

  /// The date of an old value, where one stands right before it: 由2010年的162.4亿元.
  private func oldDate(_ frame: Frame) -> String? {
    guard let date = lastDate(before: frame.before.upperBound, from: frame.before.lowerBound, skipsCompared: false)
    else { return nil }
    return value(date)
  }

  private func lastDate(before place: Int, from start: Int, skipsCompared: Bool = true) -> (
    range: Range<Int>, canonical: String?
  )? {
    var low = 0
    var high = dates.count
    while low < high {
      let middle = (low + high) / 2
      if dates[middle].range.upperBound <= place { low = middle + 1 } else { high = middle }
    }
    while low > 0, dates[low - 1].range.lowerBound >= start {
      let date = dates[low - 1]
      if !skipsCompared || !isComparison(date.range) && !isAttribute(date.range) { return date }
      low -= 1
    }
    return nil
  }

  /// 比2010年增加, 是上年的2倍, 由2010年的5亿元: a date that something is only compared with; 从3月起 is none.
  private func isComparison(_ date: Range<Int>) -> Bool {
    if glyphs.matches("同期", at: date.upperBound) { return true }
    guard words.compares(glyphs, date.lowerBound) else { return false }
    let before: UInt32 = glyphs[date.lowerBound - 1]
    let after: UInt32 = glyphs[date.upperBound]
    return before != 0x4ECE && before != 0x7531 || after == 0x7684 || Glyph.isDigit(after)
  }

  /// 侦破1993年以来的积案: a date that only says which things are meant.
  private func isAttribute(_ date: Range<Int>) -> Bool {
    let end = glyphs.matches("以来", at: date.upperBound) ? date.upperBound + 2 : date.upperBound
    return glyphs[end] == 0x7684 && glyphs.matches("以来", at: end - 2) && Glyph.isHan(glyphs[date.lowerBound - 1])
  }

  /// The date's canonical form; from a day or a month on, or until then, it is the year.
  private func value(_ date: (range: Range<Int>, canonical: String?)) -> String? {
    guard let canonical = date.canonical, canonical.utf8.count > 4, !canonical.utf8.contains(UInt8(ascii: "/")) else {
      return date.canonical
    }
    let isEdge = words.opensSpan(glyphs, date.range.lowerBound) || words.closesSpan(glyphs, date.range)
    return isEdge ? String(canonical.prefix(4)) : canonical
  }
}
