internal import Record

extension Furniture {
  /// Captions of pictures between the title and the salutation.
  mutating func markCaptions() {
    guard let start = lines.firstIndex(where: { $0.isText && $0.isSalutation }), start < 40 else { return }
    for index in 0..<start where index > 0 && lines[index].isText && lines[index].length <= 120 {
      if isCaption(lines[index]) { lines[index].reason = .other }
    }
  }

  /// A title block that is printed again above the text: the line that the text starts with, and what followed it there.
  mutating func markRepeatedTitle() {
    guard body.lowerBound < lines.count else { return }
    var head: [(index: Int, words: [UInt8])] = []
    for (index, line) in lines.enumerated().prefix(body.lowerBound) where line.isText {
      let words = line.bytes
      head.append((index, Folded(words.span).bytes))
    }
    guard let title = head.first, let start = head.dropFirst().firstIndex(where: { $0.words == title.words }) else {
      return
    }
    for (again, first) in zip(head[start...], head[..<start]) {
      guard again.words == first.words else { return }
      lines[again.index].reason = .other
    }
  }
}
