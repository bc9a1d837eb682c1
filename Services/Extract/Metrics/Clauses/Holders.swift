internal import Record

/// Finds whose a quantity is: the organ that is the subject of its clause.
struct Holders {
  private let organs: [(range: Range<Int>, entity: Int)]
  private let glyphs: Glyphs

  init(_ glyphs: Glyphs, _ record: DocumentRecord) {
    self.glyphs = glyphs
    organs = record.entities.enumerated().filter { $1.kind == .org }.map { index, entity in
      (glyphs.places(ofBytes: entity.span), index)
    }
  }

  /// The place of the organ in the list of entities, where one stands in the clause before the number and no preposition
  /// makes it an object: 市司法局办理…, but not 向省政府报送….
  func holder(of frame: Frame) -> Int? {
    var low = 0
    var high = organs.count
    while low < high {
      let middle = (low + high) / 2
      if organs[middle].range.lowerBound < frame.before.lowerBound { low = middle + 1 } else { high = middle }
    }
    guard low < organs.count, organs[low].range.upperBound <= frame.before.upperBound else { return nil }
    return isObject(organs[low].range.lowerBound) ? nil : organs[low].entity
  }

  private func isObject(_ place: Int) -> Bool {
    "向对为与和受被报给到在至的送接".unicodeScalars.contains(glyphs[place - 1] as Unicode.Scalar)
  }
}
