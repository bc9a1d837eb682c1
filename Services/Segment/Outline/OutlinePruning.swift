/// What the automaton took and only the whole shows to be none.
extension [OutlineItem] {
  /// The outline without lists of one item, each item with its parent and level.
  func withoutLoneItems() -> [OutlineItem] { keeping(keptInLists()) }

  /// One `1.` without a `2.` is a slip or a number in running text, as is `首先` without `其次`.
  private func keptInLists() -> [Bool] {
    var counts: [Int: Int] = [:]
    for item in self { counts[item.group, default: 0] += 1 }
    return map { item in
      let style = item.label.style
      let needsCompany = style.needsCompany || style == .unnumbered
      return item.staysAlone || !needsCompany || (counts[item.group] ?? 0) > 1
    }
  }

  /// The items at which `kept` holds true; children of the others belong to the parents of those.
  func keeping(_ kept: [Bool]) -> [OutlineItem] {
    var places: [Int?] = []
    var result: [OutlineItem] = []
    for (index, item) in enumerated() {
      let parent = item.parent.flatMap { places[$0] }
      guard kept[index] else {
        places.append(parent)
        continue
      }
      places.append(result.count)
      var item = item
      item.parent = parent
      item.level = parent.map { result[$0].level + 1 } ?? 1
      result.append(item)
    }
    return result
  }

  /// The outline without the entries of a table of contents: items that come again later, without a sentence before that.
  func withoutContents(_ bytes: [UInt8]) -> [OutlineItem] {
    guard let first, !first.heading.isEmpty else { return self }
    let again = indices.dropFirst().first {
      self[$0].label.style == first.label.style && self[$0].label.number == first.label.number
        && bytes[first.heading].starts(with: bytes[self[$0].heading])
    }
    guard let again, !holdsSentence(bytes, first.label.span.lowerBound..<self[again].label.span.lowerBound) else {
      return self
    }
    return keeping(indices.map { $0 >= again })
  }

  private func holdsSentence(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let mark = [UInt8]("。".utf8)
    return range.dropLast(mark.count - 1).contains { bytes[$0..<$0 + mark.count].elementsEqual(mark) }
  }
}
