internal import Record
internal import Text

/// What may not hold a quantity: mentions of dates, documents and numbered things, names of places and organs, labels of
/// the outline, quotations.
struct Zones: Sendable {
  enum Zone: UInt8, Sendable {
    case free
    /// A quotation of some length: a service standard may stand in it, a slogan too.
    case quoted
    /// A short quotation: a name or a slogan.
    case named
    case closed
  }

  private var zones: [UInt8]

  init(_ glyphs: Glyphs, _ record: DocumentRecord) {
    zones = [UInt8](repeating: 0, count: glyphs.count)
    markQuotations(glyphs)
    for entity in record.entities where Self.closes(entity.kind) { close(glyphs, entity.span) }
    for section in record.sections {
      let start = section.span.lowerBound
      close(glyphs, start..<min(section.span.upperBound, start + section.label.utf8.count))
    }
  }

  subscript(place: Int) -> Zone { place < zones.count ? Zone(rawValue: zones[place]) ?? .closed : .closed }

  private static func closes(_ kind: Entity.Kind) -> Bool {
    switch kind {
    case .date, .doc, .docno, .phone, .meeting, .org, .place: true
    case .person: false
    }
  }

  private mutating func close(_ glyphs: Glyphs, _ span: Range<Int>) {
    mark(glyphs.place(atByte: span.lowerBound)..<glyphs.place(atByte: span.upperBound), .closed)
  }

  private mutating func mark(_ range: Range<Int>, _ zone: Zone) {
    for place in range { zones[place] = max(zones[place], zone.rawValue) }
  }

  private mutating func markQuotations(_ glyphs: Glyphs) {
    var open: Int?
    for place in 0..<glyphs.count {
      switch glyphs.scalars[place] {
      case 0x201C, 0x300A, 0x300C: if open == nil || glyphs.scalars[place] == 0x300A { open = place }
      case 0x201D, 0x300D:
        if let start = open { mark(start..<place, Self.zone(ofLength: place - start)) }
        open = nil
      case 0x300B:
        if let start = open { mark(start..<place, .closed) }
        open = nil
      case 0x0A: open = nil
      default: break
      }
    }
  }

  /// Longer quotations are speech and count like the rest of the text. The lengths were read off the corpus: names and
  /// slogans have up to twelve characters, service standards up to sixty.
  private static func zone(ofLength length: Int) -> Zone { length < 14 ? .named : length < 60 ? .quoted : .free }
}
