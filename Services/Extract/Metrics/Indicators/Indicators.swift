internal import CExtractTables
internal import Lexicon
internal import Record

/// Binds quantities to the indicators of the catalogue: by the words of the name, the unit, and words near by.
///
/// A wording is parts that stand in the name in order (`收到 复议`). Of several that fit, the one with most characters
/// holds; one that covers too little of the name does not: a wrong indicator is worse than none. A rate is what the end
/// of its name says, however long the name: 平台全部接口的数据按期|更新率.
struct Indicators: Sendable {
  static let shared = Indicators()

  private struct Wording: Sendable {
    var indicator: String
    var parts: [[UInt32]]
    var context: [String]
    var without: [String]
    var filter: UInt64
    var length: Int
  }

  private let wordings: [String: [Wording]]

  /// How much of a name its wording must cover, in hundredths; read off the names of the acceptance reports.
  private static let coverage = 20
  /// How far words of the context may stand before the quantity, in its line, and behind it, in characters.
  private static let reach = (before: 120, behind: 30)

  init() {
    var wordings: [String: [Wording]] = [:]
    for row in unsafe Table(table_wordings()).rows where row.count > 2 {
      let wording = Self.wording(row)
      for unit in row[1].split(separator: " ") {
        wordings[unit == "-" ? "" : String(unit), default: []].append(wording)
      }
    }
    self.wordings = wordings
  }

  private static func wording(_ row: [String]) -> Wording {
    let parts = row[2].split(separator: " ").map { $0.unicodeScalars.map(\.value) }
    func list(_ column: Int) -> [String] {
      row.count > column ? row[column].split(separator: "|").map(String.init) : []
    }
    return Wording(
      indicator: row[0], parts: parts, context: list(3), without: list(4), filter: parts.reduce(0) { $0 | filter($1) },
      length: parts.reduce(0) { $0 + $1.count })
  }

  /// A bit for every character, to pass over wordings whose characters are not all there.
  private static func filter(_ scalars: [UInt32]) -> UInt64 { scalars.reduce(0) { $0 | 1 << UInt64($1 & 63) } }

  /// The indicator of a named quantity, or nil where none is sure.
  func indicator(_ frame: Frame, _ glyphs: Glyphs) -> String? {
    guard let candidates = wordings[frame.quantity.unit], !frame.name.isEmpty, !isIncrease(frame) else { return nil }
    let ownWords = frame.name.pieces.flatMap { glyphs.scalars[$0] }.filter { !Self.isMark($0) }
    let name = subject(of: frame, glyphs) + ownWords
    let filter = Self.filter(name)
    var best: (score: Int, indicator: String)?
    for wording in candidates where wording.filter & filter == wording.filter {
      let score = wording.length * 2 + (wording.context.isEmpty ? 0 : 1)
      guard score > best?.score ?? 0, fits(wording, name), covers(wording, ownWords, frame),
        isNear(wording, frame, glyphs)
      else { continue }
      best = (score, wording.indicator)
    }
    return best?.indicator
  }

  /// Whether a wording is enough of a name, or the head of a rate's name.
  private func covers(_ wording: Wording, _ name: [UInt32], _ frame: Frame) -> Bool {
    if wording.length * 100 >= name.count * Self.coverage { return true }
    guard frame.quantity.kind == .percent, let head = wording.parts.last else { return false }
    return name.reversed().starts(with: head.reversed())
  }

  /// By how many more than last year is no count of its own.
  private func isIncrease(_ frame: Frame) -> Bool {
    frame.isChange && (frame.quantity.kind == .count || frame.quantity.kind == .money)
      && frame.rules.contains("change")
  }

  /// The end of the body before a name, which tells who did it: 各部门|开展专题学习.
  private func subject(of frame: Frame, _ glyphs: Glyphs) -> [UInt32] {
    guard let start = frame.name.first, ClauseWords.shared.subjects.match(glyphs, at: start) != nil else { return [] }
    return Array(glyphs.scalars[max(0, start - 4)..<start])
  }

  /// Quotation marks and 、 do not matter in names.
  private static func isMark(_ scalar: UInt32) -> Bool {
    scalar == 0x201C || scalar == 0x201D || scalar == 0x3001 || scalar == 0x20
  }

  private func fits(_ wording: Wording, _ name: [UInt32]) -> Bool {
    var place = 0
    for part in wording.parts {
      guard let found = Self.find(part, in: name, from: place) else { return false }
      place = found + part.count
    }
    return wording.without.allSatisfy { word in
      let scalars = word.unicodeScalars.map(\.value)
      if scalars.last == 0x24 { return !name.reversed().starts(with: scalars.dropLast().reversed()) }
      return Self.find(scalars, in: name, from: 0) == nil
    }
  }

  private static func find(_ part: [UInt32], in name: [UInt32], from start: Int) -> Int? {
    guard start + part.count <= name.count else { return nil }
    return (start...name.count - part.count).first { place in
      part.indices.allSatisfy { name[place + $0] == part[$0] }
    }
  }

  private func isNear(_ wording: Wording, _ frame: Frame, _ glyphs: Glyphs) -> Bool {
    guard !wording.context.isEmpty else { return true }
    let place = frame.quantity.range.lowerBound
    let reach = max(0, place - Self.reach.before)..<place
    let start = reach.last { glyphs.scalars[$0] == 0x0A } ?? reach.lowerBound
    let end = min(glyphs.count, frame.quantity.range.upperBound + Self.reach.behind)
    return wording.context.contains { word in (start..<end).contains { glyphs.matches(word, at: $0) } }
  }
}
