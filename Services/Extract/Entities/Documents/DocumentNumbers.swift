internal import Record

/// The numbers of documents: `镇字〔2021〕10号`, `国办发[2017]47号`, `令第12号`.
///
/// The bracket or the 令 is found first; what stands before it is read backwards, so these are looked for before the scan.
struct DocumentNumbers {
  private let reading: Reading

  init(_ reading: Reading) { self.reading = reading }

  /// All of a text, in order.
  func all() -> [Entity] {
    var (found, offset): ([Entity], Int) = ([], 0)
    while offset < reading.end {
      if let span = number(at: offset) ?? order(at: offset), span.lowerBound >= found.last?.span.upperBound ?? 0 {
        found.append(Entity(.docno, span, rule: "document.number"))
        offset = span.upperBound
      } else {
        offset = reading.next(offset)
      }
    }
    return found
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

  /// Where the organ's signs before a bracket begin: at most 16 Chinese characters, cut behind words that lead up to a number.
  private func signs(before offset: Int) -> Int? {
    var start = offset
    for _ in 0..<16 {
      guard reading.character(before: start).isHan, !reading.has(anyOf: Self.leads, before: start) else { break }
      start = reading.previous(start)
    }
    return start < offset ? start : nil
  }

  /// `部令第3号`, `国务院令第700号`, `省政府令第12号`, with a year in brackets before 第 or without.
  private func order(at offset: Int) -> Range<Int>? {
    guard let tail = reading.end(of: "令第", at: offset), let serial = reading.digits(at: tail), serial.digits <= 4,
      let end = reading.end(of: "号", at: serial.end)
    else { return nil }
    let organs: [StaticString] = ["国务院", "主席", "省政府", "市政府", "人民政府", "部"]
    let organ = organs.first { reading.has($0, before: offset) }
    return (offset - (organ?.utf8CodeUnitCount ?? 0))..<end
  }

  private static let opening: Characters = "〔[【(﹝〈"
  private static let closing: Characters = "〕]】)﹞〉"

  /// Words before a number that are not signs of an organ.
  private static let leads: [StaticString] = [
    "根据", "依据", "按照", "印发", "下发", "转发", "文件", "的", "以", "和", "及", "与", "见", "由", "文号", "通知", "关于",
    "精神", "号", "发布", "执行", "废止", "落实", "决定", "意见", "办法", "规定", "条例", "细则", "方案", "批复", "公告",
    "通告", "通报", "规划", "计划", "要点", "纲要", "报告", "任务", "预案", "措施",
  ]
}
