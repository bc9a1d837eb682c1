/// The words to end a sentence about an unknown name: `; did you mean 'push'?`, or a full stop where nothing is near.
package func suggestion(for word: String, among known: [String]) -> String {
  nearest(to: word, among: known).map { "; did you mean '\($0)'?" } ?? "."
}

/// The known word with the fewest edits from `word`, if at most a third of its letters (and at least two) must change;
/// of several, one that begins with it.
package func nearest(to word: String, among known: [String]) -> String? {
  let ranked = known.map { (word: $0, edits: edits(from: Array(word.utf8), to: Array($0.utf8))) }
  let fewest = ranked.filter { entry in ranked.allSatisfy { entry.edits <= $0.edits } }
  let best = fewest.first { $0.word.hasPrefix(word) } ?? fewest.first
  return best.flatMap { $0.edits <= max(2, word.utf8.count / 3) ? $0.word : nil }
}

/// The number of bytes to insert, remove, replace or swap with their neighbour.
private func edits(from a: [UInt8], to b: [UInt8]) -> Int {
  var before: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
      row.append(cost)
    }
    (before, last) = (last, row)
  }
  return last[b.count]
}
