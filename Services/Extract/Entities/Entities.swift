internal import Record
private import Text

/// The mentions in a document whose `document` is placed: in order, not nested, the longest one wherever several begin.
func findEntities(in record: DocumentRecord) -> [Entity] {
  let reading = Reading(record.text.bytes)
  let home = Home(record, reading)
  let regions = Regions(home: home.division?.code, township: home.township, year: record.document.reportYear)
  let organs = Organs(regions: regions, home: home)
  let families: [any Family] = [
    Documents(), Dates(Timeline(record)), Phones(), Meetings(organs: organs), AnnouncedMeetings(),
    organs, Institutions(), Places(regions: regions), Persons(),
  ]
  return scan(reading, families, known: DocumentNumbers(reading, organs).all(), regions: regions)
}

/// One pass over a text: at every character the longest mention of any family, and on behind it.
///
/// - Parameters:
///   - known: mentions that were found before, in order; they stand wherever the scan meets them.
///   - regions: what the families read divisions by.
func scan(
  _ reading: Reading, _ families: [any Family], known: [Entity] = [], regions: Regions? = nil
) -> [Entity] {
  var families = families
  var starts = families.map(\.starts)
  var any = starts.reduce(into: Starts()) { $0.formUnion($1) }
  var beginnings = Beginnings(reading, regions)
  var (found, offset, nextKnown): ([Entity], Int, Int) = ([], 0, 0)
  while true {
    while nextKnown < known.count, known[nextKnown].span.lowerBound < offset { nextKnown += 1 }
    let limit = nextKnown < known.count ? known[nextKnown].span.lowerBound : reading.end
    let start: Starts
    (offset, start) = beginnings.next(from: offset, to: limit, of: any, in: reading)
    if offset == reading.end { return found }
    var best = offset == limit ? known[nextKnown] : nil
    for index in families.indices where !starts[index].isDisjoint(with: start) {
      guard let mention = families[index].mention(at: offset, start, in: reading) else { continue }
      if mention.span.upperBound > best?.span.upperBound ?? offset { best = mention }
    }
    guard let best else {
      offset = reading.next(offset)
      continue
    }
    for index in families.indices {
      families[index].took(best, in: reading)
      starts[index] = families[index].starts
    }
    any = starts.reduce(into: Starts()) { $0.formUnion($1) }
    found.append(best)
    offset = best.span.upperBound
  }
}
