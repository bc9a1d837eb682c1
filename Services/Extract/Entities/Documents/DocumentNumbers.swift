internal import Record

/// The numbers of documents: `镇字〔2021〕10号`, `国办发[2017]47号`, `住建部令第12号`, also where a bracket is lost: `政发〔20215号`.
///
/// The bracket or the 令 is found first; what stands before it is read backwards, so these are looked for before the scan.
struct DocumentNumbers {
  private let reading: Reading
  private let organs: Organs

  init(_ reading: Reading, _ organs: Organs) {
    self.reading = reading
    self.organs = organs
  }

  /// All of a text, in order.
  func all() -> [Entity] {
    var (found, offset): ([Entity], Int) = ([], 0)
    while offset < reading.end {
      guard Self.mayStart(reading.bytes[offset]), Self.heads.contains(reading.character(at: offset)) else {
        offset += 1
        continue
      }
      let span = number(at: offset) ?? damaged(at: offset) ?? order(at: offset)
      if let span, span.lowerBound >= found.last?.span.upperBound ?? 0 {
        found.append(Entity(.docno, span, rule: "document.number"))
        offset = span.upperBound
      } else {
        offset = reading.next(offset)
      }
    }
    return found
  }

  /// Whether a byte may begin a bracket, 令 or 第: the bytes of a text are looked at one by one, and most are turned away here.
  private static func mayStart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x28, 0x5B, 0xE3, 0xE4, 0xE7, 0xEF: true
    default: false
    }
  }

  /// The number whose opening bracket stands at an offset.
  private func number(at offset: Int) -> Range<Int>? {
    guard Self.opening.contains(reading.character(at: offset)),
      let year = reading.digits(at: reading.skippingBlanks(reading.next(offset))), (1949...2099).contains(year.value)
    else { return nil }
    let closing = reading.skippingBlanks(year.end)
    guard Self.closing.contains(reading.character(at: closing)) else { return nil }
    let afterYear = reading.skippingBlanks(reading.next(closing))
    guard let serial = reading.digits(at: reading.end(of: "第", at: afterYear) ?? afterYear), serial.digits <= 5,
      let end = reading.end(of: "号", at: reading.skippingBlanks(serial.end)), let start = signs(before: offset)
    else { return nil }
    return start..<end
  }

  /// The number one of whose brackets is lost, with the year and the serial number run together or not.
  private func damaged(at offset: Int) -> Range<Int>? {
    let bracket = reading.character(at: offset)
    guard Self.strict.contains(bracket) || bracket == "〕" || bracket == "﹞" else { return nil }
    if Self.strict.contains(bracket) { return withoutClosing(at: offset) }
    var year = offset
    for _ in 0..<4 where reading.character(before: year).isDigit { year = reading.previous(year) }
    guard let start = signs(before: year), let number = reading.digits(at: year), (1949...2099).contains(number.value),
      number.end == offset, let serial = reading.digits(at: reading.next(offset)), serial.digits <= 5,
      let end = reading.end(of: "号", at: serial.end)
    else { return nil }
    return start..<end
  }

  private func withoutClosing(at offset: Int) -> Range<Int>? {
    guard let number = reading.digits(at: reading.next(offset)), (5...9).contains(number.digits),
      (1949...2099).contains(Int("\(number.value)".prefix(4)) ?? 0), let start = signs(before: offset)
    else { return nil }
    return start..<(reading.end(of: "号", at: number.end) ?? number.end)
  }

  /// Where the organ's signs before a bracket begin: at most 16 Chinese characters, cut behind words that lead up to a number.
  private func signs(before offset: Int) -> Int? {
    var start = offset
    for _ in 0..<16 {
      guard reading.character(before: start).isHan, !reading.has(anyOf: Self.leads, before: start) else { break }
      start = reading.previous(start)
    }
    return start < offset ? start : nil
  }

  /// `国务院令第700号`, `住建部令第3号`, `令第12号`; behind an organ also `第5号令`.
  private func order(at offset: Int) -> Range<Int>? {
    let isAhead = reading.has("令第", at: offset)
    guard isAhead || reading.has("第", at: offset) else { return nil }
    let tail = offset + (isAhead ? "令第" : "第").utf8.count
    guard let serial = reading.digits(at: tail) ?? reading.numeral(at: tail), serial.digits <= 4,
      let end = isAhead ? reading.end(of: "号", at: serial.end) : reading.end(of: "号令", at: serial.end)
    else { return nil }
    if let organ = organ(before: offset) { return organ..<end }
    return isAhead ? (offset - (reading.has("部", before: offset) ? "部".utf8.count : 0))..<end : nil
  }

  /// Where the longest organ begins that ends at an offset, within 24 characters.
  private func organ(before offset: Int) -> Int? {
    for chair: StaticString in ["中华人民共和国主席", "国家主席", "主席"] where reading.has(chair, before: offset) {
      return offset - chair.utf8CodeUnitCount
    }
    var (start, longest): (Int, Int?) = (offset, nil)
    for _ in 0..<24 where reading.character(before: start).isHan {
      start = reading.previous(start)
      if organs.named(at: start, in: reading)?.end == offset { longest = start }
    }
    return longest
  }

  private static let opening: Characters = "〔[【(﹝〈"
  /// Brackets that nothing but a number of a document has before a year.
  private static let strict: Characters = "〔﹝"
  /// What one of the forms is looked for at.
  private static let heads: Characters = "〔[【(﹝〈〕﹞令第"
  private static let closing: Characters = "〕]】)﹞〉"

  /// Words before a number that are not signs of an organ.
  private static let leads: [StaticString] = [
    "根据", "依据", "按照", "印发", "下发", "转发", "文件", "的", "以", "和", "及", "与", "见", "由", "文号", "通知", "关于",
    "精神", "号", "发布", "执行", "废止", "落实", "决定", "意见", "办法", "规定", "条例", "细则", "方案", "批复", "公告",
    "通告", "通报", "规划", "计划", "要点", "纲要", "报告", "任务", "预案", "措施",
  ]
}
