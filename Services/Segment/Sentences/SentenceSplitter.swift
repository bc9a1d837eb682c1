/// Cuts a text into sentences.
///
/// A sentence ends at 。！？ (and their narrow forms), at the end of a line, and where an item of the outline or the body
/// behind a heading starts. A mark inside quotation marks or round brackets ends a sentence only right in front of the
/// closing one, and inside 《》 never. A semicolon ends none.
struct SentenceSplitter {
  private(set) var sentences: [Range<Int>] = []
  private(set) var reading: Reading
  private var open = OpenMarks()
  private var start = 0

  /// - Parameter breaks: byte offsets, in order, at which a sentence ends whatever stands there.
  init(_ bytes: [UInt8], breaks: [Int]) {
    reading = Reading(bytes)
    var position = 0
    var nextBreak = 0
    while position < bytes.count {
      while nextBreak < breaks.count, breaks[nextBreak] <= position {
        if breaks[nextBreak] == position { cut(at: position) }
        nextBreak += 1
      }
      position = step(at: position)
    }
    cut(at: bytes.count)
  }

  /// Reads a character, or the end of a sentence with all that belongs to it, and gives the offset behind.
  private mutating func step(at position: Int) -> Int {
    let next = reading.character(at: position)
    let end = position + next.length
    let wasInside = open.isInside(at: position)
    open.read(next.value, at: position)
    if next.value == Characters.newline {
      cut(at: position)
    } else if Characters.endsSentence(next.value) {
      return endSentence(at: end, wasInside: wasInside)
    }
    return end
  }

  private mutating func endSentence(at end: Int, wasInside: Bool) -> Int {
    var position = end
    var closesTitle = false
    while true {
      let next = reading.character(at: position)
      guard next.length > 0, Characters.endsSentence(next.value) || Characters.closes(next.value) else { break }
      closesTitle = closesTitle || next.value == 0x300B || next.value == 0x3009
      open.read(next.value, at: position)
      position += next.length
    }
    let follower = reading.character(at: position).value
    let goesOn = Characters.isComma(follower) || follower == 0x3B || follower == 0x7684
    if !open.isInside(at: position), !closesTitle, !(wasInside && goesOn) { cut(at: position) }
    return position
  }

  private mutating func cut(at end: Int) {
    var first = start
    while first < end {
      let next = reading.character(at: first)
      guard Characters.isBlank(next.value) || next.value == Characters.newline else { break }
      first += next.length
    }
    let last = reading.trimmedEnd(of: first..<max(first, end))
    if first < last { sentences.append(first..<last) }
    start = end
  }
}
