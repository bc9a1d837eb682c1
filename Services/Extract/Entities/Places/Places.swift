internal import Record

/// Places: divisions by full and short name, with their codes, and geographic names.
///
///     place = division {division within it} | geographic name
///     我省, 全市 and bare 省、市 are none.
struct Places: Family {
  let regions: Regions

  func mention(at offset: Int, in reading: Reading) -> Entity? {
    guard reading.character(at: offset).isHan, let region = regions.region(at: offset, in: reading) else { return nil }
    var entity = Entity(.place, offset..<region.end, rule: region.rule)
    guard region.isCertain else { return entity }
    entity.canonical = regions.canonicalName(of: region.sense)
    entity.code = regions.code(of: region.sense)
    return entity
  }
}

extension Regions {
  func canonicalName(of sense: Gazetteer.Sense) -> String {
    switch sense.form {
    case .geographic: return sense.division.name
    case .township:
      let county = Gazetteer.shared.division(sense.division.code)
      return (county.map(Gazetteer.shared.officialName) ?? "") + sense.division.name
    case .former(let ended, let successor):
      guard let year, year > ended, let successor, let division = Gazetteer.shared.division(successor) else {
        return sense.division.name
      }
      return Gazetteer.shared.officialName(of: division)
    default: return Gazetteer.shared.officialName(of: sense.division)
    }
  }

  /// The six digits, where the division has them.
  func code(of sense: Gazetteer.Sense) -> String? {
    switch sense.form {
    case .township, .geographic: nil
    case .former(let ended, let successor):
      if let year, year > ended { successor.map { String($0) } } else { String(sense.division.code) }
    default: String(sense.division.code)
    }
  }
}
