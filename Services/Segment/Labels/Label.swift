/// The styles of numbering, from the outermost to the innermost as official documents nest them (GB/T 9704: 一、 (一) 1. (1)).
enum LabelStyle: Int, CaseIterable, Comparable {
  /// A turn that asks: `问：`, `记者：`, `问题1：`.
  case question
  /// A short line alone, without a number; `附件1`.
  case unnumbered
  /// `第一部分`, `第一篇`, `第一编`
  case part
  /// `第一章`
  case chapter
  /// `第一节`
  case chapterSection
  /// `第一条`
  case article
  /// `一、`
  case chinese
  /// `（一）`
  case bracketedChinese
  /// `1　总则`, `1.1　目的`, `1.1.1`
  case decimal, secondDecimal, thirdDecimal
  /// `1.`, `1、`
  case arabic
  /// `（1）`, `1）`
  case bracketedArabic
  /// `①`
  case circled
  /// `第一，`
  case ordinal
  /// `首先`, `其次`
  case adverb
  /// `其一，`
  case pronoun
  /// `一是`
  case clause
  /// `一要`
  case demand

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// Whether items of this style run on inside a paragraph: their heading ends at the first comma.
  var isEnumeration: Bool { rawValue >= LabelStyle.ordinal.rawValue || self == .article }

  /// Whether a line of its own behind the label is a title, in which a colon may stand.
  var isTitled: Bool { self <= .bracketedChinese }

  /// Whether one item alone is no list.
  var needsCompany: Bool { rawValue >= LabelStyle.decimal.rawValue }

  /// Whether a label of this style starts with characters that hardly occur otherwise, so that it counts also where
  /// numbers before it are missing.
  var isDistinct: Bool {
    switch self {
    case .part, .chapter, .chapterSection, .article, .chinese, .bracketedChinese: true
    default: false
    }
  }
}

/// What stands in front of a label, from the weakest sign that an item starts here to the strongest.
enum LabelContext: Int, Comparable {
  case plain, comma, closing, sentence, gap, line

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// A place that may be the label of an item; the automaton decides.
struct Label {
  var style: LabelStyle
  /// 0 for a style without numbers.
  var number: Int
  /// The numbers before the last one: 3 for `3.2`.
  var prefix = 0
  /// The label as written.
  var span: Range<Int>
  /// Where the words behind it start.
  var content: Int
  var context: LabelContext
  /// The number of its line, from 0.
  var line: Int
  /// Whether the character in front of it may make it part of a word, so that only its successor can vouch for it.
  var isDoubtful = false
  var speaker: Range<Int>?
  /// Where the words of an unnumbered heading end.
  var headingEnd: Int?
  /// Whether it opens an annex or another part behind the document proper.
  var isAppendix = false

  /// Whether it is one of a list that runs on inside a paragraph, and so ends with it.
  var isInline: Bool { style.isEnumeration && context < .gap }
}
