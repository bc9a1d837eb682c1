internal import Record
private import Text

/// Words of a document that are not to be read, and their masking in any string.
///
/// A mask has the bytes and the characters of what it stands for, so that every span of the record holds for the masked
/// text too.
struct Mask {
  private let redaction: Redaction
  /// By their first byte, the longest first.
  private var words: [UInt8: [[UInt8]]] = [:]

  init(_ redaction: Redaction) { self.redaction = redaction }

  /// The words that the mentions of a text are.
  mutating func add(_ entities: [Entity], of bytes: [UInt8]) {
    for entity in entities where redaction.masks(entity.kind) { add(Array(bytes[entity.span])) }
  }

  mutating func add(_ word: [UInt8]) {
    guard let first = word.first, words[first]?.contains(word) != true else { return }
    words[first, default: []].append(word)
    words[first]?.sort { $0.count > $1.count }
  }

  /// Notes the mentions in a string that is not of the text.
  mutating func read(_ string: String) {
    let reading = Reading(Array(string.utf8))
    add(scan(reading, [Phones(), Persons()]), of: reading.bytes)
  }

  /// The same bytes with each of the words masked.
  func masked(_ bytes: [UInt8]) -> [UInt8] {
    var (masked, offset): ([UInt8], Int) = (bytes, 0)
    while offset < bytes.count {
      let word = words[bytes[offset]]?.first { bytes[offset...].starts(with: $0) }
      if let word { Self.cover(&masked, offset..<offset + word.count) }
      offset += word?.count ?? 1
    }
    return masked
  }

  func masked(_ string: String) -> String {
    words.isEmpty ? string : String(decoding: masked(Array(string.utf8)), as: UTF8.self)
  }

  /// Puts an asterisk of as many bytes in the place of each character.
  static func cover(_ bytes: inout [UInt8], _ span: Range<Int>) {
    var offset = span.lowerBound
    while offset < span.upperBound {
      let length = bytes.span.scalar(at: offset).length
      let sign: Unicode.Scalar = length == 1 ? "*" : length == 2 ? "×" : length == 3 ? "＊" : "🞶"
      bytes.replaceSubrange(offset..<offset + length, with: Array(String(Character(sign)).utf8))
      offset += length
    }
  }
}
