internal import Record

/// Tells the lines of a page that are furniture from those that are the document.
///
///     page = head body tail
///     head = { title | byline | strip | breadcrumb | caption }     before the first paragraph
///     tail = { signature | note | strip | credit | end mark … }    behind the last one
///
/// A strip (`Strip.swift`) at an edge is furniture; inside the body only what is furniture wherever it stands. Behind an
/// end mark (相关阅读, 责任编辑, 版权所有, a credit in brackets) all is, when little is left of the page.
struct Furniture {
  /// The lines in the page's order, each with its fate.
  var lines: [Line]
  /// What labels say, in the page's order.
  private(set) var pairs: [Strip.Pair] = []
  /// Dates with a time of day or beside labels: when the page was published. Never the date of the crawl.
  private(set) var stamps: [DateReading] = []

  var strips: [Strip?]
  /// Which lines were known as furniture from the start, by the structure of an HTML page.
  private let isGiven: [Bool]
  private(set) var body: Range<Int>

  init(_ lines: [Line]) {
    self.lines = splitCredits(lines)
    isGiven = self.lines.map { !$0.isText && $0.reason != .credits }
    strips = readStrips(self.lines)
    body = 0..<0
    markTail()
    body = bodyRange(self.lines, strips)
    markCertain()
    markBreadcrumbs()
    markOpenValues()
    markWeak()
    markCaptions()
    markRepeatedTitle()
    markLoose()
    markForeignTail()
    markOrnaments()
    collect()
  }

  private func isEdge(_ index: Int) -> Bool { !body.contains(index) }

  /// Strips that need no neighbour to be furniture.
  private mutating func markCertain() {
    for index in lines.indices {
      guard let strip = strips[index], let reason = strip.reasons.first else { continue }
      if isGiven[index] {
        if !strip.isWeak { lines[index].reason = reason }
      } else if lines[index].isText, strip.isAnywhere || isEdge(index) && !strip.isWeak {
        lines[index].reason = reason
      }
    }
  }

  /// 首页 > 政务公开 > 文件, on one line or one item a line.
  private mutating func markBreadcrumbs() {
    var index = 0
    while index < lines.count {
      defer { index += 1 }
      guard isEdge(index), lines[index].length <= 80 else { continue }
      guard isBreadcrumb(lines[index]) || strips[index]?.reasons.first == .navigation else { continue }
      if lines[index].isText { lines[index].reason = .navigation }
      guard lines[index].reason == .navigation else { continue }
      var next = index + 1
      var expectsItem = isOpenBreadcrumb(lines[index])
      while next < min(lines.count, index + 30), isEdge(next) {
        let isSeparator = strips[next]?.isOrnament ?? false
        guard isSeparator || expectsItem && lines[next].length <= 30 else { break }
        lines[next].reason = .navigation
        expectsItem = isSeparator
        next += 1
      }
      index = max(index, next - 1)
    }
  }

  /// The value of a label that ends its line stands on the next line.
  private mutating func markOpenValues() {
    for index in lines.indices.dropLast() where lines[index].reason != nil {
      guard let label = strips[index]?.open, label.field != .toolbar else { continue }
      guard lines[index + 1].isText && !isGiven[index] || isGiven[index] && isGiven[index + 1] else { continue }
      guard lines[index + 1].length <= 40, !lines[index + 1].isFinished, strips[index + 1]?.pairs.isEmpty ?? true else {
        continue
      }
      if label.field.reason == .credits, lines[index + 1].length > 12 { continue }
      if label.field == .views, Int(String(decoding: lines[index + 1].bytes, as: UTF8.self)) == nil { continue }
      lines[index + 1].reason = label.field.reason
      let value = String(decoding: lines[index + 1].bytes, as: UTF8.self)
      strips[index]?.close(with: value)
    }
  }

  /// Weak labels and bare dates at the head: furniture, unless they belong to a list of the document's own.
  private mutating func markWeak() {
    for index in lines.indices where lines[index].isText && isEdge(index) {
      guard let strip = strips[index], let reason = strip.reasons.first else { continue }
      let isBeside = index > 0 && !lines[index - 1].isText || index + 1 < lines.count && !lines[index + 1].isText
      if strip.pairs.isEmpty {
        if isBeside, index < body.lowerBound, !strip.isBareDate || !isBehindOrgan(index) {
          lines[index].reason = reason
        }
      } else if isBeside || index < body.lowerBound && !hasForeignLabel(beside: index) {
        lines[index].reason = reason
      }
    }
    markOpenValues()
  }

  /// A date under an organ's name is the signature, 某某市司法局 / 2021年9月16日.
  private func isBehindOrgan(_ index: Int) -> Bool {
    index > 0 && lines[index - 1].isText && isOrganSuffix(lines[index - 1].last)
  }

  /// Whether a neighbour is a labelled line of the document's own: 地点:, 参会人员:.
  private func hasForeignLabel(beside index: Int) -> Bool {
    [index - 1, index + 1].contains {
      lines.indices.contains($0) && lines[$0].isText && strips[$0] == nil && lines[$0].startsWithLabel
    }
  }

  /// Ornament goes with the furniture beside it.
  private mutating func markOrnaments() {
    for index in lines.indices where lines[index].isText && strips[index]?.isOrnament ?? false {
      let isBehind = index > 0 && !lines[index - 1].isText
      let isBefore = index + 1 < lines.count && !lines[index + 1].isText
      if isBehind || isBefore { lines[index].reason = (isBehind ? lines[index - 1] : lines[index + 1]).reason }
    }
  }

  /// What the strips state; of those around the document of an HTML page only labels, and dates above the text.
  private mutating func collect() {
    let end = lines.lastIndex(where: \.isText) ?? 0
    for index in lines.indices where !lines[index].isText {
      guard let strip = strips[index], strip.reasons.first != .navigation else { continue }
      pairs += strip.pairs
      if !isGiven[index] || index < end { stamps += strip.dates }
    }
  }
}

/// The first line of the text, when it is short and a strip stands under it: a title, though it may read as prose.
private func titleIndex(_ lines: [Line], _ strips: [Strip?]) -> Int? {
  guard let first = lines.indices.first(where: { lines[$0].isText && strips[$0] == nil }), lines[first].length <= 60,
    let below = strips[(first + 1)...].first
  else { return nil }
  return below.map { !$0.isWeak && !$0.ends } == true ? first : nil
}

/// The lines from the first paragraph of the document to the last.
private func bodyRange(_ lines: [Line], _ strips: [Strip?]) -> Range<Int> {
  let title = titleIndex(lines, strips)
  let isBody = { (index: Int) in
    lines[index].isText && strips[index] == nil && index != title
      && (lines[index].isProse || lines[index].isSalutation || lines[index].isNumbered)
  }
  guard let first = lines.indices.first(where: isBody), let last = lines.indices.last(where: isBody) else {
    return lines.count..<lines.count
  }
  return first..<last + 1
}

extension Furniture {
  /// What is not text, in the page's order.
  var chrome: [Chrome] {
    lines.compactMap { line in line.reason.map { Chrome(String(decoding: line.bytes, as: UTF8.self), $0) } }
  }

  /// Credits in brackets.
  var credits: [String] {
    lines.filter { $0.reason == .credits && $0.bytes.last == 0x29 || $0.reason == .credits && $0.last == 0x29 }
      .map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}

/// What each line is as a strip. Of a page of very many lines only the first and the last are looked at, and of lines that
/// are known as furniture only those near the text.
private func readStrips(_ lines: [Line]) -> [Strip?] {
  let edge = 5000
  let (above, below) = (60, 25)
  let first = lines.firstIndex(where: \.isText) ?? 0
  let last = lines.lastIndex(where: \.isText) ?? 0
  return lines.indices.map { index in
    guard index < edge || index >= lines.count - edge, first - above...last + below ~= index else { return nil }
    return lines[index].reason == .credits ? nil : Strip(lines[index])
  }
}
