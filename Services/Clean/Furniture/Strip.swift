internal import Record
internal import Text

/// A line that is nothing but furniture, read item by item.
///
///     strip  = item { blank | ornament } …
///     item   = label separator value        发布机构:某某局 · | 索引号 | 0001 | · [ 文号 ] 某发〔2021〕1号
///            | date with or without time    2022-06-28 11:59
///            | phrase                       打印本页 · 【关闭窗口】
///            | phrase and what follows      版权所有 … · 当前位置: …
///
/// A line that holds anything else is no strip.
struct Strip {
  struct Pair {
    var label: Vocabulary.Label
    var value: String
  }

  var pairs: [Pair] = []
  var dates: [DateReading] = []
  /// In order; a line counts for what its first item is.
  var reasons: [Chrome.Reason] = []
  /// Whether one item is furniture wherever it stands.
  var isAnywhere = false
  /// Whether all that was found is a weak label, a bare date or ornament.
  var isWeak = true
  /// Whether the document is over here, when it is near the end of a page.
  var ends = false
  /// The label whose value must be on the next line.
  var open: Vocabulary.Label?

  /// Longer lines are prose.
  static let longest = 1200

  init?(_ line: Line) {
    guard line.bytes.count <= Self.longest else { return nil }
    var scanner = StripScanner(line.bytes)
    guard scanner.scan() else { return nil }
    self = scanner.strip
  }

  init() {}

  /// Whether it is ornament alone: `>`, `|`, `【`.
  var isOrnament: Bool { reasons.isEmpty }

  /// Whether it is a date without time of day or label and nothing else.
  var isBareDate: Bool {
    pairs.isEmpty && dates.count == 1 && reasons.count == 1 && !dates[0].hasTime && dates[0].isWritten
  }
}

extension Strip {
  /// Gives the label at the end of the line its value.
  mutating func close(with value: String) {
    guard open != nil, !pairs.isEmpty else { return }
    pairs[pairs.count - 1].value = value
    open = nil
  }
}
