/// The automaton that decides which labels are items of the outline, and under which item each stands.
///
/// It keeps the stack of open items, from the outermost to the innermost, and takes the labels in order. A label whose
/// style is open continues that run if its number is the next one; otherwise it may start a run inside the innermost
/// item of an outer style. Numbers decide what characters alone cannot: a `3.` behind a full stop is an item where the
/// open run has come to 2, and part of a sentence elsewhere. For each style the next label is known, so that a run that
/// goes on behind a label shows that the label is nested, whatever the usual order of the styles.
struct OutlineBuilder {
  private(set) var items: [OutlineItem] = []
  private let labels: [Label]
  private var successors: Successors
  private var stack: [Int] = []
  private var groups = 0
  /// The last number of each style: some documents number （五） on across 一、 and 二、.
  private var lastNumber: [LabelStyle: Int] = [:]
  private let hasOutermostNumbers: Bool

  init(_ labels: [Label]) {
    self.labels = labels
    successors = Successors(labels)
    hasOutermostNumbers = labels.contains {
      [.part, .chapter, .chinese].contains($0.style) && !$0.isDoubtful && $0.number == 1
    }
    for index in labels.indices {
      successors.advance(past: index)
      place(index)
    }
  }

  private mutating func place(_ index: Int) {
    switch labels[index].style {
    case .question: placeQuestion(labels[index])
    case .unnumbered: placeUnnumbered(index)
    default: placeNumbered(index)
    }
  }

  // MARK: Questions and headings without number

  /// A question is an item of the first level; a number right in front of it is part of its label.
  private mutating func placeQuestion(_ question: Label) {
    var label = question
    if let last = items.last, last.label.content == question.span.lowerBound {
      items.removeLast()
      label.span = last.label.span.lowerBound..<question.span.upperBound
      label.number = last.label.number
      label.context = last.label.context
    }
    stack.removeAll()
    push(label, group: newGroup(), staysAlone: true)
  }

  private mutating func placeUnnumbered(_ index: Int) {
    let label = labels[index]
    let next = index + 1 < labels.count ? labels[index + 1] : nil
    let opensPart = next.map { $0.style == .question || $0.number == 1 && $0.style <= .chinese } ?? false
    if label.isAppendix || opensPart || !hasOutermostNumbers {
      let open = stack.first.map { items[$0] }
      let continues = open?.label.style == .unnumbered && !label.isAppendix
      stack.removeAll()
      push(label, group: continues ? open?.group ?? newGroup() : newGroup(), staysAlone: label.isAppendix || opensPart)
    } else {
      while let top = top, top.label.style.isEnumeration || top.label.style == .unnumbered && top.parent == nil {
        pop()
      }
      let sibling = top?.label.style == .unnumbered ? top?.group : nil
      if sibling != nil { pop() }
      push(label, group: sibling ?? newGroup())
    }
  }

  // MARK: Numbers

  private mutating func placeNumbered(_ index: Int) {
    var label = labels[index]
    if let depth = stack.lastIndex(where: { items[$0].label.style == label.style }) {
      let open = items[stack[depth]]
      guard let step = step(from: open.label, to: label, index) else { return }
      if label.number == Reading.lastAdverb { label.number = open.label.number + 1 }
      stack.removeSubrange(depth...)
      push(label, group: step.startsGroup ? newGroup() : open.group, fault: step.fault)
    } else {
      guard let step = start(label, index) else { return }
      while let top, !isNested(label, index, in: top) { pop() }
      push(label, group: newGroup(), fault: step.fault)
    }
  }

  private struct Step {
    var startsGroup = false
    var fault: NumberFault?
  }

  /// Whether and how a label goes on after the open item of its style.
  private func step(from open: Label, to label: Label, _ index: Int) -> Step? {
    if label.style == .secondDecimal || label.style == .thirdDecimal, label.prefix != open.prefix {
      return label.number == 1 ? Step(startsGroup: true) : nil
    }
    let number = label.number
    if number == open.number + 1 {
      let isSure = !label.isDoubtful || label.style == .bracketedChinese || isVouchedFor(index)
      return isSure ? Step() : nil
    }
    if label.style == .adverb { return number == 1 || number > open.number ? Step(startsGroup: number == 1) : nil }
    if label.isDoubtful { return number == 1 && isVouchedFor(index) ? Step(startsGroup: true) : nil }
    if number == 1 { return label.context >= .sentence || isVouchedFor(index) ? Step(startsGroup: true) : nil }
    return slip(from: open, to: label, index)
  }

  /// A number that stands there twice, is missing, or is too low: a slip of the writer where the place is strong enough.
  private func slip(from open: Label, to label: Label, _ index: Int) -> Step? {
    let isStrong = label.context >= .gap || label.style.isDistinct && label.context >= .sentence
    let isSmall = label.number == open.number ? isVouchedFor(index) : label.number == open.number + 2
    guard isStrong || isSmall && label.style.isEnumeration && label.context >= .sentence else { return nil }
    if label.number == open.number { return Step(fault: .repeated) }
    if label.number < open.number { return label.context >= .gap ? Step(fault: .misplaced) : nil }
    return jump(from: open, to: label, index)
  }

  /// A number after a hole: rather no item where the one that is missing comes later.
  private func jump(from open: Label, to label: Label, _ index: Int) -> Step? {
    if let next = successors.next(label.style), next.number == open.number + 1, label.context < .line { return nil }
    if label.context < .gap, label.number > open.number + 3 { return nil }
    return Step(fault: .missing(expected: open.number + 1))
  }

  /// Whether and how a label starts a run where none of its style is open.
  private func start(_ label: Label, _ index: Int) -> Step? {
    if label.style == .secondDecimal || label.style == .thirdDecimal { return startDecimal(label) }
    if label.number == 1 {
      return !label.isDoubtful || isVouchedFor(index) ? Step(startsGroup: true) : nil
    }
    let continues = lastNumber[label.style].map { $0 + 1 == label.number } ?? false
    if label.style == .bracketedChinese, continues { return Step(startsGroup: true) }
    if label.isDoubtful || label.style == .adverb { return nil }
    if continues, label.context >= .closing { return Step(startsGroup: true) }
    let isStrong = label.context >= .line || label.style.isDistinct && label.context >= .sentence
    return isStrong ? Step(startsGroup: true, fault: lastNumber[label.style] == nil ? nil : .missing(expected: 1)) : nil
  }

  /// `3.1` starts where 3 is open.
  private func startDecimal(_ label: Label) -> Step? {
    let isOpen = stack.contains {
      let open = items[$0].label
      let isOuter = open.style == .arabic || open.style.rawValue == label.style.rawValue - 1
      return isOuter && open.number == label.prefix
    }
    return isOpen && label.number == 1 ? Step(startsGroup: true) : nil
  }

  /// Whether the next label of the style says that this doubtful one is its predecessor.
  private func isVouchedFor(_ index: Int) -> Bool {
    guard let next = successors.next(labels[index].style) else { return false }
    return next.number == labels[index].number + 1 && !next.isDoubtful
  }

  /// Whether a label stands inside an open item, rather than behind it.
  private func isNested(_ label: Label, _ index: Int, in open: OutlineItem) -> Bool {
    switch open.label.style {
    case .question: return true
    case .unnumbered: return open.parent == nil ? label.style > .chinese : label.style.needsCompany
    default: break
    }
    if open.label.isInline, label.line != open.label.line, !goesOn(open.label) { return false }
    return open.label.style < label.style || label.number == 1 && (goesOn(open.label) || isOutermost(open.label, label))
  }

  /// Whether a document numbers its parts （一） （二） and only inside the last of them also 一、.
  private func isOutermost(_ open: Label, _ label: Label) -> Bool {
    open.style == .bracketedChinese && label.style == .chinese && lastNumber[.chinese] == nil && open.number > 1
      && open.context >= .sentence
  }

  /// Whether the run of an open item goes on behind the current label.
  private func goesOn(_ open: Label) -> Bool {
    successors.next(open.style).map { $0.number == open.number + 1 && !$0.isDoubtful } ?? false
  }

  // MARK: The stack

  private var top: OutlineItem? { stack.last.map { items[$0] } }

  private mutating func pop() { stack.removeLast() }

  private mutating func newGroup() -> Int {
    groups += 1
    return groups
  }

  private mutating func push(_ label: Label, group: Int, staysAlone: Bool = false, fault: NumberFault? = nil) {
    var item = OutlineItem(label: label, parent: stack.last, group: group)
    item.staysAlone = staysAlone
    item.fault = fault
    stack.append(items.count)
    items.append(item)
    lastNumber[label.style] = label.number
  }
}
