internal import Text

/// The text lines with paragraphs put together again whose rows all break at one width, as those of a printed page do.
///
/// A full row goes on in the next one, unless that is indented, has a number, or stands behind an empty line; one that stops
/// in the middle of a sentence goes on there too, for the empty line may be the foot of a page.
///
///     各村要在六月底前完成登记，逐户核对面积，   →  各村要在六月底前完成登记，逐户核对面积，张榜公示，接受监督。
///     张榜公示，接受监督。
func unwrapped(_ lines: [Line]) -> [Line] {
  guard let rows = Rows(lines) else { return lines }
  var result: [Line] = []
  var paragraph: [UInt8] = []
  var head: Line?
  func close() {
    if let head { result.append(Line(paragraph, gap: head.gap, indent: head.indent)) }
  }
  var (isOpen, isFinished) = (false, false)
  for line in lines {
    if isOpen, line.gap <= rows.gap || !isFinished, line.indent <= rows.margin + 1, !line.isNumbered {
      paragraph += line.bytes
    } else {
      close()
      (head, paragraph) = (line, line.bytes)
    }
    isFinished = line.isFinished
    isOpen = rows.goesOn(line)
  }
  close()
  return result
}

/// The measures of a text in Han characters whose rows break at one width.
private struct Rows {
  /// The indent of a row that goes on, and the empty lines in front of it.
  let margin, gap: Int
  /// A page may break its rows by the width or by the number of characters.
  private let width, length: Int

  /// Nil where the text has no such width: few rows have it, or most of those end a sentence.
  init?(_ lines: [Line]) {
    margin = lines.map(\.indent).min() ?? 0
    gap = lines.dropFirst().map(\.gap).min() ?? 0
    width = Self.widest(lines.map(\.width))
    length = Self.widest(lines.map(\.length))
    guard 40...120 ~= width, width * 2 > length * 3 else { return nil }
    let full = lines.filter(isNearlyFull)
    guard full.count >= 8, full.count * 5 >= lines.count * 2 else { return nil }
    guard full.count(where: \.isFinished) * 5 <= full.count * 2 else { return nil }
  }

  /// The measure that hardly any row exceeds.
  private static func widest(_ measures: [Int]) -> Int {
    measures.isEmpty ? 0 : measures.sorted()[measures.count * 98 / 100]
  }

  func goesOn(_ line: Line) -> Bool {
    line.isFinished ? line.width >= width - 2 || line.length >= length - 1 : isNearlyFull(line)
  }

  /// Whether no more is missing than a word in figures, or a mark that may not open a row. The row of a table never is.
  private func isNearlyFull(_ line: Line) -> Bool {
    (line.width >= width - 8 || line.length >= length - 4) && !line.bytes.contains(0x09)
  }
}

extension Line {
  fileprivate var width: Int { bytes.span.width(of: 0..<bytes.count) }
}
