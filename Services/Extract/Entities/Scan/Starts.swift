internal import Lexicon
private import Text

/// What stands at a place of a text, as far as it says which mentions may begin there.
struct Starts: OptionSet {
  let rawValue: UInt16

  init(rawValue: UInt16) { self.rawValue = rawValue }

  private init(bit: UInt16) { self.init(rawValue: 1 << bit) }

  /// A word that heads the name of an organ: 国家, 中国石油.
  static let head = Starts(bit: 0)
  /// The name of a division or another place but a township.
  static let division = Starts(bit: 1)
  static let township = Starts(bit: 2)
  /// The word of a level that stands for a division: 省, 市.
  static let level = Starts(bit: 3)
  /// A word that the names of departments begin with.
  static let department = Starts(bit: 4)
  /// A title, a surname, the name of a leader.
  static let person = Starts(bit: 5)
  /// A character that dates begin with: a digit, a numeral, 今.
  static let date = Starts(bit: 6)
  /// A character that meetings begin with where no organ stands before them.
  static let meeting = Starts(bit: 7)
  /// The first character of a kind of zone: 经, 高.
  static let zone = Starts(bit: 8)
  static let digit = Starts(bit: 9)
  /// An opening bracket, (.
  static let bracket = Starts(bit: 10)
  static let title = Starts(bit: 11)
  static let han = Starts(bit: 12)
  /// A Chinese character of the text's first line.
  static let headline = Starts(bit: 13)
  /// A Chinese character with a dot behind it as names of several parts have it: 买买提·艾力.
  static let dotted = Starts(bit: 14)
  /// A Chinese character with a school, a hospital or a firm behind it that may bear a name of its own: 桃李中学.
  static let institution = Starts(bit: 15)

  /// What the names of organs begin with that say whose they are.
  static let organ: Starts = [.head, .division, .township, .level]
}

/// Tells at the places of one text what may begin there: the first question of the scan, which nearly everywhere is all.
struct Beginnings {
  /// The offset behind the first line, where that has at most 300 bytes.
  private let headlineEnd: Int
  private let regions: Regions?
  private let characters = Self.characters
  private let words = Self.words
  private var dots = Next<Characters>("·•")
  private var kinds = Next(Institutions.kinds)
  private var firms = Next(Institutions.firms)
  private var townships = Next(Gazetteer.shared.townshipEndings)
  private let longestTownship = Gazetteer.shared.longestTownship
  /// Up to this offset a name may stand in a byline: any characters behind a blank.
  private static let bylines = 1000

  /// - Parameter regions: what the families read divisions by, so that a place that only looks like one is passed over.
  init(_ reading: Reading, _ regions: Regions?) {
    headlineEnd = reading.bytes.prefix(300).firstIndex(of: UInt8(ascii: "\n")) ?? 0
    self.regions = regions
  }

  /// The first offset from one to another at which something wanted may begin, with all that may; `limit` where nothing does.
  ///
  /// Offsets only grow from call to call.
  mutating func next(
    from offset: Int, to limit: Int, of wanted: Starts, in reading: Reading
  ) -> (offset: Int, starts: Starts) {
    let bytes = reading.bytes.span
    guard offset < bytes.count else { return (bytes.count, []) }
    var offset = offset
    var (character, length) = bytes.scalar(at: offset)
    while true {
      let end = offset + length
      let (second, width) = end < bytes.count ? bytes.scalar(at: end) : (0, 0)
      var starts = Starts(rawValue: characters[Int(min(character, 0xFFFF))])
      starts.formUnion(Starts(rawValue: UInt16(words.kinds(of: character, before: second))))
      if starts.contains(.han) { addAhead(to: &starts, at: offset, in: reading) }
      if !starts.isDisjoint(with: wanted) { confirm(&starts, at: offset, in: reading) }
      if offset == limit || !starts.isDisjoint(with: wanted) { return (offset, starts) }
      if end >= bytes.count { return (bytes.count, []) }
      (offset, character, length) = (end, second, width)
    }
  }

  /// Adds what stands some way behind the Chinese character at an offset: the kind of an institution behind one to three
  /// characters, that of a firm in full behind up to fourteen, the character by which a township's name ends.
  @inline(__always)
  private mutating func addAhead(to starts: inout Starts, at offset: Int, in reading: Reading) {
    if offset < headlineEnd { starts.insert(.headline) }
    if offset < Self.bylines, reading.character(before: offset) == " " { starts.insert(.person) }
    if dots.distance(from: offset, in: reading) < 18 * 4 { starts.insert(.dotted) }
    if kinds.distance(from: offset + 3, in: reading) <= 2 * 3 || firms.distance(from: offset, in: reading) <= 14 * 3 {
      starts.insert(.institution)
    }
    if townships.distance(from: offset, in: reading) < longestTownship { starts.insert(.township) }
  }

  /// Takes away what only looks like a level, a township or a division by its first two characters.
  private func confirm(_ starts: inout Starts, at offset: Int, in reading: Reading) {
    if starts.contains(.level), reading.level(at: offset) == nil { starts.remove(.level) }
    if starts.contains(.township), !Gazetteer.shared.hasTownship(at: offset, in: reading) { starts.remove(.township) }
    guard !starts.isDisjoint(with: [.division, .township]), let regions else { return }
    if regions.region(at: offset, in: reading) == nil { starts.subtract([.division, .township]) }
  }

  private static let words = OpeningKinds([
    (UInt8(Starts.head.rawValue), OrganWords.shared.headMatchers),
    (UInt8(Starts.division.rawValue), [Gazetteer.shared.names]),
    (UInt8(Starts.level.rawValue), [OrganWords.shared.levels]),
    (UInt8(Starts.department.rawValue), [OrganWords.shared.links]),
    (UInt8(Starts.person.rawValue), Persons.matchers),
  ])

  /// What each character says by itself, by its code; wide forms say what the narrow ones do.
  private static let characters: [UInt16] = (0...0xFFFF).map { code in
    guard let character = Unicode.Scalar(narrowed(UInt32(code))) else { return 0 }
    var starts: Starts = []
    if character.isHan { starts.insert(.han) }
    if character.isDigit { starts.formUnion([.digit, .date, .meeting]) }
    if Dates.heads.contains(character) { starts.insert(.date) }
    if Meetings.heads.contains(character) { starts.insert(.meeting) }
    if Places.zoneStarts.contains(character) { starts.insert(.zone) }
    if character == "(" { starts.insert(.bracket) }
    if character == "《" { starts.insert(.title) }
    return starts.rawValue
  }
}
