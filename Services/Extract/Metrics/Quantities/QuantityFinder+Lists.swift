internal import Record

/// Bounds that hold for a list of values.
extension QuantityFinder {
  /// Gives each value of a list that only 、 or 和 joins the bound behind its last or apart before its first.
  func sharingBounds(_ quantities: [Quantity]) -> [Quantity] {
    var quantities = quantities
    var start = 0
    while start < quantities.count {
      var end = start
      while end + 1 < quantities.count, isJoined(quantities[end], quantities[end + 1]) { end += 1 }
      if end > start { shareBound(in: start...end, &quantities) }
      start = end + 1
    }
    return quantities
  }

  private func isJoined(_ left: Quantity, _ right: Quantity) -> Bool {
    left.kind == right.kind && right.range.lowerBound == left.range.upperBound + 1
      && "、和与及".unicodeScalars.contains(glyphs[left.range.upperBound] as Unicode.Scalar)
  }

  private func shareBound(in list: ClosedRange<Int>, _ quantities: inout [Quantity]) {
    let (first, last) = (list.lowerBound, list.upperBound)
    if quantities[last].boundPlace == .behind, (first..<last).allSatisfy({ quantities[$0].bound == .exact }) {
      for index in first..<last { quantities[index].bound = quantities[last].bound }
    } else if quantities[first].boundPlace == .front, list.dropFirst().allSatisfy({ quantities[$0].bound == .exact }) {
      for index in list.dropFirst() { quantities[index].bound = quantities[first].bound }
    }
  }
}
