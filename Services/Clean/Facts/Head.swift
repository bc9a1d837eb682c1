/// What the first lines of the text say: the title and the document number.
///
/// The title is the first line that is neither a salutation nor prose; in a text whose lines were run together it is what
/// stands before the document number, the salutation or the first article, when it ends as titles end (`titleRange`).
struct Head {
  private(set) var title: String?
  private(set) var documentNumber: String?

  init(_ text: [Line]) {
    let lines = text.prefix(12)
    for (index, line) in lines.enumerated() {
      let (scalars, offsets) = narrowScalars(line.opening(900))
      let number = documentNumberRange(scalars)
      if documentNumber == nil, let number, index == 0 || number.count == line.length {
        documentNumber = String(
          decoding: line.bytes[offsets[number.lowerBound]..<offsets[number.upperBound]], as: UTF8.self)
      }
      if index == 0 { title = Self.title(line, scalars, offsets, number) ?? title }
    }
    if let first = title { title = Self.overLines(first, lines) }
  }

  /// A title that goes on: behind an organ's name, or where 关于 stands in it and it ends as titles do within three lines.
  /// What names the organ's place again is a title of its own.
  private static func overLines(_ first: String, _ lines: ArraySlice<Line>) -> String {
    guard lines.count > 1 else { return first }
    let isOrgan = isOrganLine(lines[0])
    guard isOrgan || first.contains("关于") && !isEnded(first) else { return first }
    var words = first
    for line in lines.dropFirst().prefix(2) {
      guard mayContinue(line) else { break }
      let next = closedUp(String(decoding: line.bytes, as: UTF8.self))
      if isOrgan, next.contains(first.prefix(2)) { return isEnded(next) ? next : first }
      words += next
      if isEnded(words) || isOrgan && next.hasPrefix("关于") { return words }
    }
    return first
  }

  private static func mayContinue(_ line: Line) -> Bool {
    guard line.length <= 100, !line.isSalutation, !line.isNumbered, !line.bytes.span.containsSentenceEnd else {
      return false
    }
    return documentNumberRange(narrowScalars(line.opening(300)).scalars) == nil
  }

  /// Whether a title ends as the names of papers do, a note in brackets left out.
  private static func isEnded(_ title: String) -> Bool {
    let words = title.hasSuffix("）") || title.hasSuffix(")") ? title.prefix { $0 != "（" && $0 != "(" } : title[...]
    let scalars = words.unicodeScalars.map(\.value)
    return kindOfPaper(scalars, endingAt: scalars.count) || ["情况", "总结", "年报"].contains { words.hasSuffix($0) }
  }

  private static func title(_ line: Line, _ scalars: [UInt32], _ offsets: [Int], _ number: Range<Int>?) -> String? {
    let isWhole =
      line.length <= 120 && number == nil && !line.isSalutation && !line.isNumbered
      && !line.bytes.span.containsSentenceEnd
    let end = titleRange(scalars).map { offsets[$0] } ?? (isWhole ? line.bytes.count : nil)
    return end.map { closedUp(String(decoding: line.bytes[..<$0], as: UTF8.self)) }
  }

  /// Whether a line is an organ's name; that of a meeting ends as some of them do (…会).
  private static func isOrganLine(_ line: Line) -> Bool {
    line.length <= 40 && isOrganSuffix(line.last)
      && (line.last != 0x4F1A || line.bytes.suffix(9).elementsEqual("委员会".utf8))
  }
}

/// The end of the title that opens a line and runs on into the text: before a document number, or where a kind of paper
/// is named and a salutation, an article or a date follows.
func titleRange(_ text: [UInt32]) -> Int? {
  let limit = min(text.count, 110)
  var depth = 0
  for index in 1..<max(limit, 1) {
    switch text[index - 1] {
    case 0x300A: depth += 1
    case 0x300B: depth = max(0, depth - 1)
    case 0x2C, 0x3A: if depth == 0 { return nil }
    case let end where isSentenceEnd(end): return nil
    default: break
    }
    guard depth == 0, index >= 6, kindOfPaper(text, endingAt: index) else { continue }
    if let number = documentNumberRange(Array(text.prefix(160))), number.lowerBound == index { return index }
    let next = text[index...].drop(while: isBlank)
    if text[..<index].suffix(4).elementsEqual(interview) || continuations.contains(where: { next.starts(with: $0) }) {
      return index
    }
  }
  return nil
}

private let interview = Array("答记者问".unicodeScalars.map(\.value))

private let continuations = ["第一章", "第一条", "各省", "各市", "各县", "各区", "各镇", "各乡", "各有关", "各街道", "日前", "近日"]
  .map { $0.unicodeScalars.map(\.value) }

private let papers = [
  "决定", "通知", "意见", "报告", "批复", "办法", "方案", "规定", "公告", "命令", "通报", "纪要", "规划", "纲要", "计划", "预案", "条例", "细则",
  "规则", "公报", "通告", "决议", "答记者问", "的函", "措施", "要点", "标准", "指南", "目录", "制度", "总结",
].map { $0.unicodeScalars.map(\.value) }

/// Whether the name of a kind of paper ends at an index.
private func kindOfPaper(_ text: [UInt32], endingAt index: Int) -> Bool {
  papers.contains { index >= $0.count && text[index - $0.count..<index].elementsEqual($0) }
}

/// The first document number in narrow text, 国办发〔2017〕47号, with the organ's sign, or nil where it is quoted.
func documentNumberRange(_ text: [UInt32]) -> Range<Int>? {
  for open in text.indices where [0x3014, 0x5B, 0x3010, 0x28, 0xFE5D].contains(text[open]) {
    guard let end = numberEnd(text, open) else { continue }
    let start = signStart(text, open)
    guard 1...16 ~= open - start else { continue }
    let before = start > 0 ? text[start - 1] : 0
    return before == 0x28 || before == 0x300B || before == 0x3001 || before == 0x2C ? nil : start..<end
  }
  return nil
}

/// The end of `〔2017〕47号` at an index.
private func numberEnd(_ text: [UInt32], _ open: Int) -> Int? {
  var index = open + 1
  while index < text.count, isDigit(text[index]) { index += 1 }
  guard index - open == 5, index < text.count, [0x3015, 0x5D, 0x3011, 0x29, 0xFE5E].contains(text[index]) else {
    return nil
  }
  index += 1
  if index < text.count, text[index] == 0x7B2C { index += 1 }
  let digits = index
  while index < text.count, isDigit(text[index]) || isBlank(text[index]) { index += 1 }
  guard index > digits, index < text.count, text[index] == 0x53F7 else { return nil }
  return index + 1
}

/// Where the organ's sign starts: at the first of the Han characters before the bracket, or behind the title.
private func signStart(_ text: [UInt32], _ open: Int) -> Int {
  var start = open
  while start > 0, isHan(text[start - 1]), open - start < 16 {
    if open - start >= 2, kindOfPaper(text, endingAt: start) { break }
    start -= 1
  }
  return start
}
