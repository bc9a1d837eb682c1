/// The short names that a text gives its organs: `…指挥部（以下简称“县环指”）`.
struct Aliases {
  private var names: [(words: [UInt8], canonical: String?)] = []

  var isEmpty: Bool { names.isEmpty }

  /// Notes the short name defined right behind an organ, if one is.
  mutating func note(behind end: Int, canonical: String?, in reading: Reading) {
    guard names.count < 32, reading.character(at: end) == "(" else { return }
    let leads: [StaticString] = ["以下简称", "以下统称", "简称", "下称"]
    guard let lead = leads.lazy.compactMap({ reading.end(of: $0, at: reading.next(end)) }).first else { return }
    let start =
      Self.isQuote(reading.character(at: lead)) || reading.character(at: lead) == ":" ? reading.next(lead) : lead
    var position = start
    for _ in 0..<12 {
      let character = reading.character(at: position)
      if character == ")" || Self.isQuote(character) {
        if position - start >= 6 { names.append((Array(reading.bytes[start..<position]), canonical)) }
        return
      }
      guard character.isHan else { return }
      position = reading.next(position)
    }
  }

  /// The longest of the names that stands at an offset.
  func organ(at offset: Int, in reading: Reading) -> OrganReading? {
    let here = names.filter { name in
      offset + name.words.count <= reading.end
        && reading.bytes[offset..<offset + name.words.count].elementsEqual(name.words)
    }
    return here.max { $0.words.count < $1.words.count }
      .map { OrganReading(end: offset + $0.words.count, canonical: $0.canonical, rule: "organ.alias") }
  }

  private static func isQuote(_ character: Unicode.Scalar) -> Bool { "“”\"‘’".unicodeScalars.contains(character) }
}
