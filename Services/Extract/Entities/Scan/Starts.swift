internal import Lexicon
private import Text

/// What stands at a place of a text, as far as it says which mentions may begin there.
struct Starts: OptionSet {
  let rawValue: UInt16

  /// A word that heads the name of an organ: 国家, 省, 中国石油.
  static let head = Starts(rawValue: 1)
  /// The name of a division or another place.
  static let division = Starts(rawValue: 2)
  /// A word that the names of departments begin with.
  static let department = Starts(rawValue: 4)
  /// A title, a surname, the name of a leader.
  static let person = Starts(rawValue: 8)
  /// A character that dates begin with: a digit, a numeral, 今.
  static let date = Starts(rawValue: 16)
  /// A character that meetings begin with where no organ stands before them.
  static let meeting = Starts(rawValue: 32)
  /// The first character of a kind of zone: 经, 高.
  static let zone = Starts(rawValue: 64)
  static let digit = Starts(rawValue: 128)
  /// An opening bracket, (.
  static let bracket = Starts(rawValue: 256)
  static let title = Starts(rawValue: 512)
  static let han = Starts(rawValue: 1024)
  /// A Chinese character of the text's first line.
  static let headline = Starts(rawValue: 2048)
  /// A Chinese character with a dot behind it as names of several parts have it: 买买提·艾力.
  static let dotted = Starts(rawValue: 4096)
}

/// Tells at every place of one text what may begin there: the first question of the scan, answered by three loads.
struct Beginnings {
  /// The offset behind the first line, where that has at most 300 bytes.
  let headlineEnd: Int
  private let reading: Reading
  /// Where the next dot of a name stands, at or behind the offset asked for last.
  private var nextDot = -1

  init(_ reading: Reading) {
    self.reading = reading
    headlineEnd = reading.bytes.prefix(300).firstIndex(of: UInt8(ascii: "\n")) ?? 0
  }

  /// What stands at an offset before the end; offsets are asked for in order.
  mutating func starts(at offset: Int) -> Starts {
    if nextDot < offset { nextDot = reading.nextDot(from: offset) }
    let bytes = reading.bytes.span
    var starts = Starts(rawValue: Self.characters[Int(min(bytes.scalar(at: offset).value, 0xFFFF))])
    starts.formUnion(Starts(rawValue: UInt16(Self.words.kinds(in: bytes, at: offset))))
    guard starts.contains(.han) else { return starts }
    if offset < headlineEnd { starts.insert(.headline) }
    if nextDot - offset < 18 * 4 { starts.insert(.dotted) }
    return starts
  }

  private static let words = OpeningKinds([
    (UInt8(Starts.head.rawValue), OrganWords.shared.headMatchers),
    (UInt8(Starts.division.rawValue), Gazetteer.shared.matchers),
    (UInt8(Starts.department.rawValue), OrganWords.shared.departmentMatchers),
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

extension Reading {
  /// The offset of the first · or • from an offset on; the end of the text where none follows.
  func nextDot(from offset: Int) -> Int {
    var offset = offset
    while offset < end {
      switch bytes[offset] {
      case 0xC2, 0xE2: if has("·", at: offset) || has("•", at: offset) { return offset }
      default: break
      }
      offset += 1
    }
    return end
  }
}
