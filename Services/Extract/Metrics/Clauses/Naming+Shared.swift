internal import Record

/// Names of quantities that stand side by side before one noun.
extension Naming {
  /// 1万元以上|5万元以下罚款, 12个|750千伏和|330千伏工程: the noun behind the last is the noun of all.
  func shareNoun(_ index: Int, _ frames: inout [Frame]) {
    guard frames[index].after.isEmpty || isSize(frames[index].after), frames[index].from == nil,
      frames[index + 1].precedes || frames[index + 1].rules.last == "beside", !frames[index + 1].measures,
      isBeside(index, frames), !frames[index + 1].name.isEmpty
    else { return }
    let verb = frames[index].verb.isEmpty ? leadingVerbs(frames[index].before) : frames[index].verb
    frames[index].name = verb + frames[index + 1].name
    frames[index].rules.append("beside")
  }

  /// Whether nothing, or only 和 between numbers of one unit, stands between a quantity and the next.
  private func isBeside(_ index: Int, _ frames: [Frame]) -> Bool {
    let gap = frames[index].quantity.range.upperBound..<frames[index + 1].quantity.range.lowerBound
    if gap.isEmpty || isSize(gap) {
      return frames[index].quantity.kind != .percent
        && (frames[index + 1].quantity.kind != .count || frames[index + 1].quantity.bound == .atMost)
    }
    return gap.count == 1 && "和、至".unicodeScalars.contains(glyphs[gap.lowerBound] as Unicode.Scalar)
      && frames[index].quantity.unit == frames[index + 1].quantity.unit && frames[index].quantity.kind != .count
  }

  /// 投资额, 面积: the measure whose value the next number is.
  private func isSize(_ range: Range<Int>) -> Bool {
    words.measures.match(glyphs, at: range.upperBound)?.length == range.count
  }

  /// The words before a number where they are verbs alone.
  private func leadingVerbs(_ before: Range<Int>) -> Phrase {
    let phrase = trimmer.before(before)
    guard phrase.pieces.count == 1, let piece = phrase.pieces.first, trimmer.verbs(piece) == piece.upperBound else {
      return Phrase()
    }
    return phrase
  }
}
