/// The outline of a text: labels (`LabelScan`), the automaton that chooses among them (`OutlineBuilder`), headings
/// (`HeadingFinder`) and extents.
struct Outline {
  private(set) var items: [OutlineItem]
  /// How many characters were looked at.
  private(set) var looks: Int
  private var reading: Reading

  init(_ bytes: [UInt8]) {
    let scan = LabelScan(bytes)
    items = OutlineBuilder(scan.labels).items.withoutLoneItems()
    reading = Reading(bytes)
    looks = scan.reading.looks
    findHeadings()
    findEnds()
    items = items.withoutContents(bytes)
    looks += reading.looks
  }

  // MARK: Headings

  private mutating func findHeadings() {
    var finder = HeadingFinder(reading.bytes)
    var extents: [HeadingFinder.Extent] = []
    for index in items.indices {
      let next = index + 1 < items.count ? items[index + 1] : nil
      let limit = next?.label.span.lowerBound ?? reading.bytes.count
      extents.append(finder.extent(items[index].label, limit: limit, isParent: next?.parent == index))
    }
    cutSecondClauses(&extents)
    let runningGroups = runningGroups(extents)
    for index in items.indices {
      let extent = extents[index]
      let isRunning = extent.form == .running || runningGroups.contains(items[index].group)
      let heading = isRunning ? extent.opening : extent.heading
      let labelEnd = items[index].label.span.upperBound
      items[index].heading = heading.isEmpty ? labelEnd..<labelEnd : heading
      items[index].body = heading.isEmpty ? labelEnd : isRunning ? heading.upperBound : extent.body
      let follower = reading.character(at: items[index].heading.upperBound).value
      let isMark = Characters.opensItem(follower) || Characters.isComma(follower)
      items[index].runsIntoBody = !isRunning && !isMark
    }
    looks += finder.reading.looks
  }

  /// Ends headings behind their second clause where at least two of three in a list run on into a third.
  private func cutSecondClauses(_ extents: inout [HeadingFinder.Extent]) {
    var counts: [Int: (all: Int, cut: Int)] = [:]
    for (item, extent) in zip(items, extents) {
      counts[item.group, default: (0, 0)].all += 1
      counts[item.group, default: (0, 0)].cut += extent.secondClause == nil ? 0 : 1
    }
    for (index, item) in items.enumerated() {
      guard let end = extents[index].secondClause, let count = counts[item.group], count.all >= 3,
        count.cut * 3 >= count.all * 2
      else { continue }
      extents[index].heading = extents[index].heading.lowerBound..<end
      extents[index].body = end
      extents[index].form = .heading
    }
  }

  /// Lists whose items are sentences rather than headings: at least as many of them as there are headings for certain.
  /// A list of both kinds is as most items of its style are.
  private func runningGroups(_ extents: [HeadingFinder.Extent]) -> Set<Int> {
    var ofGroups: [Int: Balance] = [:]
    var ofStyles: [LabelStyle: Balance] = [:]
    for (item, extent) in zip(items, extents) {
      ofGroups[item.group, default: Balance()].count(extent.form)
      ofStyles[item.label.style, default: Balance()].count(extent.form)
    }
    let running = zip(items, extents).filter { item, extent in
      let isOne = ofGroups[item.group].map(\.isRunning) ?? false
      return isOne || extent.form == .running && ofStyles[item.label.style].map { $0.running > $0.headings } ?? false
    }
    return Set(running.map(\.0.group))
  }

  /// How many items of a list are sentences, and how many are headings for certain.
  private struct Balance {
    var running = 0
    var headings = 0

    var isRunning: Bool { running >= headings }

    mutating func count(_ form: HeadingFinder.Extent.Form) {
      if form == .running { running += 1 } else if form == .heading { headings += 1 }
    }
  }

  // MARK: Extents

  private mutating func findEnds() {
    var open: [Int] = []
    for index in items.indices {
      let start = items[index].label.span.lowerBound
      while let last = open.last, items[last].level >= items[index].level { close(&open, at: start) }
      open.append(index)
    }
    while !open.isEmpty { close(&open, at: reading.bytes.count) }
    leaveOutClosings()
  }

  private mutating func close(_ open: inout [Int], at end: Int) {
    let item = open.removeLast()
    items[item].end = reading.trimmedEnd(of: items[item].label.span.lowerBound..<end)
  }

  /// Cuts signature, date and contact lines off the end of the parts in which they would otherwise lie.
  private mutating func leaveOutClosings() {
    var root = 0
    var closing = 0
    for index in items.indices {
      if items[index].parent == nil {
        root = index
        let last = items[index...].dropFirst().firstIndex { $0.parent == nil } ?? items.endIndex
        let closingStart = reading.closingStart(in: items[last - 1].body..<items[root].end)
        closing = reading.trimmedEnd(of: items[root].label.span.lowerBound..<closingStart)
      }
      items[index].end = max(items[index].heading.upperBound, min(items[index].end, closing))
    }
  }
}
