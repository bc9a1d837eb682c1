internal import Record

extension Furniture {
  /// The first end mark behind which little of the page is left ends the document.
  mutating func markTail() {
    let total = lines.reduce(0) { $0 + ($1.isText ? $1.length : 0) }
    var left = total
    for index in lines.indices {
      if lines[index].isText { left -= lines[index].length }
      guard left * 5 <= total else { continue }
      if strips[index]?.ends ?? (lines[index].reason == .credits) {
        cutTail(from: index)
        return
      }
    }
  }

  private mutating func cutTail(from mark: Int) {
    if lines[mark].isText { lines[mark].reason = strips[mark]?.reasons.first }
    let isList = lines[mark].reason == .toolbar || lines[mark].reason == .navigation
    var reason = lines[mark].reason == .credits ? .notice : isList ? .related : lines[mark].reason
    for index in mark + 1..<lines.count where !(strips[index]?.isOrnament ?? false) {
      if let own = strips[index]?.reasons.first {
        lines[index].reason = own
        if own == .related || own == .footer { reason = own }
      } else if let label = strips[index - 1]?.open, lines[index].length <= (label.field.reason == .credits ? 12 : 40) {
        lines[index].reason = label.field.reason
        strips[index - 1]?.close(with: String(decoding: lines[index].bytes, as: UTF8.self))
      } else if lines[index].isText {
        lines[index].reason = reason
      }
    }
  }

  /// The first toolbar below the text.
  mutating func markLoose() {
    for index in body.upperBound..<lines.count where lines[index].reason == .toolbar {
      cutLoose(from: index + 1)
      return
    }
  }

  /// Behind a toolbar below the text only what signs and annexes a document still belongs to it.
  private mutating func cutLoose(from start: Int) {
    for index in start..<lines.count where lines[index].isText && !(strips[index]?.isOrnament ?? false) {
      if !lines[index].belongsToSignature { lines[index].reason = strips[index]?.reasons.first ?? .related }
    }
  }

  /// Teasers of other pages that a mirror appended: a closed group of lines behind the last gap, at least one of which is
  /// cut off in the middle of a sentence and glued to the name of a category.
  mutating func markForeignTail() {
    guard stamps.isEmpty == false || strips.contains(where: { $0?.dates.first?.hasTime ?? false }) else { return }
    guard let last = lines.lastIndex(where: \.isText), let first = lines[...last].lastIndex(where: { $0.gap > 0 })
    else { return }
    let group = lines[first...last].filter(\.isText)
    guard group.count >= 2, first > body.lowerBound, lines[..<first].contains(where: { $0.gap > 0 && $0.isProse })
    else { return }
    guard group.contains(where: { $0.isCutOff }), !group.contains(where: \.isFinished) else { return }
    for index in first...last where lines[index].isText { lines[index].reason = .notice }
  }
}
