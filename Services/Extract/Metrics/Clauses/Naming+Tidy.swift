internal import Record

/// What no name keeps, by whatever rule it was made.
extension Naming {
  /// A name without words that it says twice and without particles at its ends.
  func tidy(_ name: Phrase) -> Phrase {
    var pieces: [Range<Int>] = []
    for piece in name.pieces {
      if let last = pieces.last, last.upperBound == piece.lowerBound {
        pieces[pieces.count - 1] = last.lowerBound..<piece.upperBound
      } else if !repeats(piece, pieces) {
        pieces.append(piece)
      }
    }
    if let first = pieces.first, glyphs[first.lowerBound] == 0x29 || glyphs[first.lowerBound] == 0x201D {
      pieces[0] = first.lowerBound + 1..<first.upperBound
    }
    if let last = pieces.last { pieces[pieces.count - 1] = last.lowerBound..<trimmer.withoutParticles(last) }
    return Phrase(pieces)
  }

  /// Whether a piece is one of those before it, or the end of the last: 养老服务中心|服务中心.
  private func repeats(_ piece: Range<Int>, _ pieces: [Range<Int>]) -> Bool {
    guard piece.count > 1, let last = pieces.last else { return false }
    return pieces.contains { $0.count == piece.count && isEqual($0, piece) }
      || last.count > piece.count && isEqual(last.suffix(piece.count), piece)
  }

  func isEqual(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    zip(left, right).allSatisfy { glyphs.scalars[$0] == glyphs.scalars[$1] }
  }
}
