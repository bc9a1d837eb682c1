internal import Lexicon

/// Names that nothing but themselves tells: those of schools, firms and villages.
extension OrganWords {
  /// Whether nothing in a name describes or joins; behind the first two characters of a long one a firm names its trade.
  func isOwnName(_ span: Range<Int>, in reading: Reading) -> Bool {
    var (offset, count) = (span.lowerBound, 0)
    while offset < span.upperBound {
      let isTrade = count > 1 && span.count > 9
      if stops.end(in: reading, at: offset) != nil || !isTrade && describes(offset, in: reading)
        || Self.never.contains(reading.character(at: offset))
      {
        return false
      }
      (offset, count) = (reading.next(offset), count + 1)
    }
    return true
  }

  private func describes(_ offset: Int, in reading: Reading) -> Bool {
    descriptors.end(in: reading, at: offset) != nil || parts.end(in: reading, at: offset) != nil
  }

  /// What no name holds: words of amount, joints, adverbs, levels.
  private static let never: Characters = "两几多各每全该此其本这那些个家所间户批了和与及或在向从由使将把已未不需级类性化型省市县区镇乡旗"
}
