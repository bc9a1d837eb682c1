internal import Record

/// A quantity where it stands, before it is known what it means. Places are indices of characters.
struct Quantity: Sendable {
  /// The text of the quantity, with the words that bound it.
  var range: Range<Int>
  /// From the numeral's first character to the unit's last.
  var core: Range<Int>
  var amount: Metric.Amount
  var unit: String
  var kind: Metric.Kind
  var bound = Metric.Bound.exact
  var rule: String
  /// Where the word stands that bounds the number, if it can bound others beside it.
  var boundPlace = BoundPlace.none
  /// Whether the number is one of a pair 由…到….
  var isWeak = false

  /// Places of words that bound a whole list: 突破|3亿元和5亿元, 95%和90%|以上.
  enum BoundPlace: Sendable { case none, front, behind }

  /// A number that a check can calculate with; nil for a range.
  var value: ExactDecimal? {
    if case .value(let value) = amount { value } else { nil }
  }
}

/// All vocabulary of the quantities, read once.
struct QuantityWords: Sendable {
  static let shared = QuantityWords()

  let units = Units()
  let bounds = Bounds()
  let terms = FixedTerms()
}
