/// The next label of each style behind a place that only moves forward: linear over a whole text.
struct Successors {
  private let labels: [Label]
  private var places: [[Int]]
  private var heads: [Int]

  init(_ labels: [Label]) {
    self.labels = labels
    places = Array(repeating: [], count: LabelStyle.allCases.count)
    heads = Array(repeating: 0, count: LabelStyle.allCases.count)
    for (index, label) in labels.enumerated() { places[label.style.rawValue].append(index) }
  }

  mutating func advance(past index: Int) {
    let style = labels[index].style.rawValue
    while heads[style] < places[style].count, places[style][heads[style]] <= index { heads[style] += 1 }
  }

  /// The next label of a style behind the place.
  func next(_ style: LabelStyle) -> Label? {
    let head = heads[style.rawValue]
    return head < places[style.rawValue].count ? labels[places[style.rawValue][head]] : nil
  }
}
