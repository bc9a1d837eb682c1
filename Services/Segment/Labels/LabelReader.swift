internal import Lexicon

/// Reads one label, by its style. Each function gets the offset of the first character and what stands in front of it,
/// and gives nil where no label of the style stands there.
extension Reading {
  /// The label that starts at a byte offset.
  mutating func label(at offset: Int, _ context: LabelContext, line: Int) -> Label? {
    let first = character(at: offset).value
    switch first {
    case 0x28: return bracketed(at: offset, context, line)
    case 0x30...0x39: return arabic(at: offset, context, line)
    case 0x7B2C: return ordinal(at: offset, context, line)
    case 0x9996, 0x5176, 0x518D, 0x6700: return adverb(at: offset, context, line)
    case 0x2460...0x249B, 0x2776...0x277F, 0x3220...0x3229: return single(first, at: offset, context, line)
    default: return chinese(at: offset, context, line)
    }
  }

  /// `（一）`, `(1)`; not `(一)至(三)`, `（2021年版）`.
  private mutating func bracketed(at offset: Int, _ context: LabelContext, _ line: Int) -> Label? {
    let inner = skippingBlanks(from: offset + character(at: offset).length)
    guard let number = number(at: inner) else { return nil }
    let closing = skippingBlanks(from: number.end)
    let bracket = character(at: closing)
    guard bracket.value == 0x29 else { return nil }
    let end = closing + bracket.length
    guard !isListed(behind: end), !isReference(before: offset) else { return nil }
    let isArabic = Characters.isDigit(character(at: inner).value)
    var label = make(isArabic ? .bracketedArabic : .bracketedChinese, number.value, offset..<end, context, line)
    label.isDoubtful = context <= .comma
    return label
  }

  /// Whether another bracketed number follows: `(一)至(三)`, `(一)、(二)`, `(一)(二)项`.
  private mutating func isListed(behind end: Int) -> Bool {
    var next = character(at: end)
    if [0x81F3, 0x3001, 0x548C, 0x6216, 0x5230, 0x2D, 0x2014].contains(next.value) {
      next = character(at: end + next.length)
      return next.value == 0x28 || next.value == 0x7B2C
    }
    return [0x9879, 0x6B3E, 0x76EE].contains(next.value) && isCommaOrEnd(character(at: end + next.length).value)
  }

  private func isCommaOrEnd(_ scalar: UInt32) -> Bool {
    Characters.isComma(scalar) || Characters.opensItem(scalar) || scalar == 0x89C4 || scalar == 0x7684
  }

  /// Whether `第`, `款` or `条` stands in front: `第（一）项`, `第二款(三)项`.
  private mutating func isReference(before offset: Int) -> Bool {
    [0x7B2C, 0x6B3E, 0x6761, 0x81F3].contains(character(before: offset))
  }

  /// `1.`, `1、`, `1)`, `1　总则`, `1.1　目的`; not `1.18万件`, `12.4`, `3.0版`.
  private mutating func arabic(at offset: Int, _ context: LabelContext, _ line: Int) -> Label? {
    if context < .closing { return firstArabic(at: offset, context, line) }
    guard let number = arabicNumber(at: offset) else { return nil }
    let mark = character(at: number.end)
    let end = number.end + mark.length
    switch mark.value {
    case 0x2E:
      if !Characters.isDigit(character(at: end).value) || isYear(at: end) {
        return make(.arabic, number.value, offset..<end, context, line)
      }
      return context >= .gap ? decimal(at: offset, context, line) : nil
    case 0x3001:
      if Characters.isDigit(character(at: end).value), !isYear(at: end) { return nil }
      return make(.arabic, number.value, offset..<end, context, line)
    case 0x29: return make(.bracketedArabic, number.value, offset..<end, context, line)
    default: return context >= .gap ? decimal(at: offset, context, line) : nil
    }
  }

  /// `1.`, `1、`, `1）` right behind a heading that no mark ends: `（一）摸清底数1.排查隐患。`
  private mutating func firstArabic(at offset: Int, _ context: LabelContext, _ line: Int) -> Label? {
    let before = character(before: offset)
    guard Characters.isIdeograph(before), before != 0x7B2C, let number = arabicNumber(at: offset), number.value == 1
    else { return nil }
    let dot = character(at: number.end)
    let end = number.end + dot.length
    let style: LabelStyle = dot.value == 0x29 ? .bracketedArabic : .arabic
    guard [0x2E, 0x3001, 0x29].contains(dot.value), Characters.isIdeograph(character(at: end).value) else { return nil }
    var label = make(style, 1, offset..<end, context, line)
    label.isDoubtful = true
    return label
  }

  /// Whether `2024年` starts at a byte offset.
  private mutating func isYear(at offset: Int) -> Bool {
    var position = offset
    var year: UInt32 = 0
    for _ in 0..<4 {
      let figure = character(at: position)
      guard Characters.isDigit(figure.value) else { return false }
      year = year * 10 + figure.value - 0x30
      position += figure.length
    }
    return (1900...2100).contains(year) && character(at: position).value == 0x5E74
  }

  /// `1　总则`, `3.2　职责`, `3.2.1 值班`: figures, a blank, and words.
  private mutating func decimal(at offset: Int, _ context: LabelContext, _ line: Int) -> Label? {
    var numbers: [Int] = []
    var position = offset
    while let number = arabicNumber(at: position), numbers.count < 3 {
      numbers.append(number.value)
      position = number.end
      let mark = character(at: position)
      guard mark.value == 0x2E else { break }
      position += mark.length
    }
    let content = skippingBlanks(from: position)
    let style: LabelStyle = numbers.count == 1 ? .decimal : numbers.count == 2 ? .secondDecimal : .thirdDecimal
    guard let last = numbers.popLast(), content > position, Characters.isIdeograph(character(at: content).value)
    else { return nil }
    if numbers.isEmpty, character(at: position).value == 0x09 || hasCells(from: content) { return nil }
    var label = make(style, last, offset..<position, context, line)
    label.prefix = numbers.last ?? 0
    return label
  }

  /// Whether a line goes on with a blank and a quantity, as the row of a table does: `1 县医院 2亿元`.
  private mutating func hasCells(from offset: Int) -> Bool {
    var position = offset
    for _ in 0..<60 {
      let next = character(at: position)
      position += next.length
      if next.value == Characters.newline { return false }
      guard Characters.isBlank(next.value), let number = arabicNumber(at: position) else { continue }
      let unit = character(at: number.end).value
      if unit != 0x2E, !Characters.isBlank(unit) { return true }
    }
    return false
  }

  /// `第一章`, `第一条`, `第一，`; not `第一条规定`, `第一、二产业`.
  private mutating func ordinal(at offset: Int, _ context: LabelContext, _ line: Int) -> Label? {
    guard let number = number(at: offset + 3) else { return nil }
    let mark = character(at: number.end)
    let end = number.end + mark.length
    switch mark.value {
    case 0x7AE0, 0x8282, 0x7BC7, 0x7F16:
      let style: LabelStyle = mark.value == 0x7AE0 ? .chapter : mark.value == 0x8282 ? .chapterSection : .part
      return division(style, number.value, offset..<end, context, line)
    case 0x90E8 where character(at: end).value == 0x5206:
      return division(.part, number.value, offset..<end + 3, context, line)
    case 0x6761: return division(.article, number.value, offset..<end, context, line)
    case 0x2C, 0x3001, 0x3A: return enumerated(number.value, mark.value, offset..<end, context, line)
    default: return nil
    }
  }

  /// `第一，`: the first one also behind a heading that no mark ends, `工作安排第一，抓培训；第二，……`.
  private mutating func enumerated(
    _ number: Int, _ mark: UInt32, _ span: Range<Int>, _ context: LabelContext, _ line: Int
  ) -> Label? {
    let next = character(at: span.upperBound).value
    if next == 0x7B2C || chineseNumber(at: span.upperBound) != nil && mark == 0x3001 { return nil }
    guard context >= .comma || number == 1 else { return nil }
    var label = make(.ordinal, number, span, context, line)
    label.isDoubtful = context < .comma
    return label
  }

  /// `第一章`, `第一条`: behind the end of a sentence, or anywhere with a blank behind it, which running text has not;
  /// not `第二章到第四章`, `第一条规定`.
  private mutating func division(
    _ style: LabelStyle, _ number: Int, _ span: Range<Int>, _ context: LabelContext, _ line: Int
  ) -> Label? {
    let isApart = Characters.isBlank(character(at: span.upperBound).value)
    let references = style == .article ? Vocabulary.shared.behindArticle : Vocabulary.shared.behindChapter
    let isReference = references.longestMatch(in: bytes.span, at: span.upperBound) != nil
    guard isApart || context >= .closing && !isReference else { return nil }
    var label = make(style, number, span, context, line)
    label.isDoubtful = context < .closing
    return label
  }

  /// `首先`, `其次`, `再次`, `最后`, `其一，`.
  private mutating func adverb(at offset: Int, _ context: LabelContext, _ line: Int) -> Label? {
    guard context >= .sentence else { return nil }
    let second = character(at: offset + 3).value
    switch (character(at: offset).value, second) {
    case (0x9996, 0x5148): return make(.adverb, 1, offset..<offset + 6, context, line)
    case (0x5176, 0x6B21): return make(.adverb, 2, offset..<offset + 6, context, line)
    case (0x518D, 0x6B21), (0x518D, 0x8005): return make(.adverb, 3, offset..<offset + 6, context, line)
    case (0x6700, 0x540E): return make(.adverb, Self.lastAdverb, offset..<offset + 6, context, line)
    case (0x5176, _):
      guard let number = chineseNumber(at: offset + 3) else { return nil }
      let mark = character(at: number.end)
      guard Characters.isComma(mark.value) || mark.value == 0x3A || mark.value == 0x662F else { return nil }
      return make(.pronoun, number.value, offset..<number.end + mark.length, context, line)
    default: return nil
    }
  }

  /// The number of `最后`, which follows whatever stands before it.
  static let lastAdverb = 99

  /// `①`, `⑴`, `⒈`, `㈠`.
  private mutating func single(_ scalar: UInt32, at offset: Int, _ context: LabelContext, _ line: Int) -> Label? {
    guard let label = SingleCharacterLabel.label(scalar) else { return nil }
    return make(label.style, label.number, offset..<offset + 3, context, line)
  }

  /// `一、`, `一是`, `一要`; not `统一、协调`, `一、二级`.
  private mutating func chinese(at offset: Int, _ context: LabelContext, _ line: Int) -> Label? {
    guard let number = chineseNumber(at: offset), number.value < 100 else { return nil }
    let isWord = context == .plain && Vocabulary.shared.beforeWord.contains(character(before: offset))
    guard !isWord else { return nil }
    // `一 、` is a slip that only the start of a line excuses.
    let markStart = context >= .gap ? skippingBlanks(from: number.end) : number.end
    let mark = character(at: markStart)
    let end = markStart + mark.length
    let style: LabelStyle
    switch mark.value {
    case 0x3001, 0x2E:
      if context < .gap, chineseNumber(at: end) != nil { return nil }
      style = .chinese
    case 0x662F: style = .clause
    case 0x8981: style = .demand
    default: return nil
    }
    var label = make(style, number.value, offset..<end, context, line)
    label.isDoubtful = context == .plain || style == .chinese && context == .comma
    return label
  }

  private mutating func make(
    _ style: LabelStyle, _ number: Int, _ span: Range<Int>, _ context: LabelContext, _ line: Int
  ) -> Label {
    let content = skippingBlanks(from: span.upperBound)
    return Label(style: style, number: number, span: span, content: content, context: context, line: line)
  }
}
