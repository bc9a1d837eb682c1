internal import Lexicon

/// Turns of speakers in press conferences and interviews: `问：`, `新华社记者：`, `问题1：`, `【网友】`.
extension Reading {
  /// The label of a turn that asks, or nil where nobody's turn starts or somebody answers.
  mutating func turn(at offset: Int, _ context: LabelContext, _ line: Int) -> Label? {
    guard let words = speaker(at: offset, context), let role = role(of: words, context) else { return nil }
    let content = skippingBlanks(from: words.end)
    var label = Label(
      style: .question, number: role.number, span: offset..<words.end, content: content, context: context, line: line)
    if !isBareQuestionWord(words.name) { label.speaker = words.name }
    switch role.role {
    case .asks: return asks(from: content, enough: 8) ? label : nil
    case .moderates: return asks(from: content, enough: .max) ? label : nil
    case .answers: return nil
    }
  }

  /// The words that name a speaker.
  private struct SpeakerName {
    var name: Range<Int>
    /// Behind the colon or the bracket.
    var end: Int
    /// Whether any words may stand in front of the role: at the start of a line, and in brackets.
    var isFree: Bool
  }

  /// The words in front of a colon, or in brackets.
  private mutating func speaker(at offset: Int, _ context: LabelContext) -> SpeakerName? {
    let opening = character(at: offset)
    let isBracketed = opening.value == 0x3010 || opening.value == 0x5B
    let isFree = context >= .gap || isBracketed
    let start = isBracketed ? offset + opening.length : offset
    var position = start
    for _ in 0..<20 {
      let next = character(at: position)
      if next.value == 0x3A, position > start, !isBracketed {
        return SpeakerName(name: start..<position, end: position + next.length, isFree: isFree)
      }
      if isBracketed, Characters.closes(next.value), position > start {
        let end = position + next.length
        let colon = character(at: end)
        return SpeakerName(
          name: start..<position, end: colon.value == 0x3A ? end + colon.length : end, isFree: isFree)
      }
      let isName =
        Characters.isIdeograph(next.value) || Characters.isDigit(next.value) || Characters.isLatin(next.value)
        || isFree && [0x20, 0x28, 0x29, 0x201C, 0x201D].contains(next.value)
      guard isName else { return nil }
      position += next.length
    }
    return nil
  }

  /// The role of a speaker, by the last word of the label: `新华社记者` asks.
  private mutating func role(of words: SpeakerName, _ context: LabelContext) -> (role: SpeakerRole, number: Int)? {
    var start = words.name.lowerBound
    while start < words.name.upperBound {
      if let word = Vocabulary.shared.speakers.longestMatch(in: bytes.span, at: start) {
        let end = start + word.length
        let number = end < words.name.upperBound ? self.number(at: end) : nil
        let role = SpeakerRole.allCases[Int(word.value)]
        if end == words.name.upperBound || number?.end == words.name.upperBound {
          let isSure = start == words.name.lowerBound || words.isFree || isMedium(before: start)
          let isNumberedWord = needsNumber(start..<end)
          guard isSure || role == .asks && context == .sentence, number != nil || !isNumberedWord else { return nil }
          return (isNumberedWord || !isSure ? .moderates : role, number?.value ?? 0)
        }
        // `网友小李：`, `记者张三：`, which only what they say tells from `市民服务中心：`.
        if start == words.name.lowerBound, role == .asks, words.isFree, !needsNumber(start..<end) {
          return (.moderates, 0)
        }
      }
      start += character(at: start).length
    }
    return nil
  }

  /// Whether the name of a medium stands in front of a role: `…社记者`.
  private mutating func isMedium(before start: Int) -> Bool {
    [0x793E, 0x62A5, 0x53F0, 0x7F51, 0x520A, 0x89C6, 0x64AD].contains(character(before: start))
  }

  /// `问题` is a label only with a number and a question: `问题1：`, not `存在问题：`, nor `问题一：` in a list of faults.
  private func needsNumber(_ word: Range<Int>) -> Bool { bytes[word].elementsEqual("问题".utf8) }

  /// Whether a word names no person: `问`, `问题`, `Q`.
  private func isBareQuestionWord(_ name: Range<Int>) -> Bool {
    bytes[name].starts(with: "问".utf8) || bytes[name].starts(with: "Q".utf8) || bytes[name].starts(with: "提问".utf8)
  }

  /// Whether what a speaker says holds a question mark or `请您`, or at least as many characters as are `enough`:
  /// `记者：张三` is a credit. It stands on the speaker's line, or on the next one where that is empty, up to the next turn.
  private mutating func asks(from content: Int, enough: Int) -> Bool {
    var position = content
    let isBelow = character(at: position).value == Characters.newline
    if isBelow { position = nextLine(behind: position) }
    for count in 0..<400 {
      if count >= enough, !isBelow { return true }
      let next = character(at: position)
      if next.value == Characters.newline { return false }
      if next.value == 0x3F || next.value == 0x8BF7 && begs(at: position + next.length) { return true }
      position += next.length
      if next.value == 0x3002, startsTurn(at: position) { return false }
    }
    return false
  }

  private mutating func startsTurn(at offset: Int) -> Bool {
    guard let words = speaker(at: offset, .sentence) else { return false }
    return role(of: words, .sentence) != nil
  }

  /// Whether `请` goes on to a request: 您 你 问 谈 介绍 解读 说 简.
  private mutating func begs(at offset: Int) -> Bool {
    [0x60A8, 0x4F60, 0x95EE, 0x8C08, 0x4ECB, 0x89E3, 0x8BF4, 0x7B80].contains(character(at: offset).value)
  }
}
