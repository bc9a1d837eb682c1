internal import Record

/// A quantity in its clause: what stands before and after it, and what that makes of it.
struct Frame: Sendable {
  var quantity: Quantity
  /// The words of the clause before the quantity, from the end of the quantity before.
  var before: Range<Int>
  /// The words of the clause after it, up to the next quantity.
  var after: Range<Int>
  /// The sentence, as a number that grows along the text.
  var sentence: Int
  var sentenceStart: Int
  /// Whether no clause ends between the quantity before and this one.
  var sharesClause = false
  /// The place of the bracket that the quantity stands in.
  var bracket: Int?
  var name = Phrase()
  /// The verb that opens the name, for 、 lists to share.
  var verb = Phrase()
  /// The name without its verb.
  var object = Phrase()
  /// Whether it says by how much something changed.
  var isChange = false
  var direction = Changes.Direction.none
  var scope: Range<Int>?
  var from: Int?
  var partOf: Int?
  var status = Metric.Status.actual
  /// Ids of the rules that spoke, in order.
  var rules: [String] = []

  /// Whether the number stands before what it counts.
  var precedes: Bool { !after.isEmpty }

  /// Whether the number is the value of a measure, whose words stand before it, not a count of things.
  var measures: Bool {
    switch quantity.kind {
    case .percent, .percentPoints, .rank, .ratio: true
    default: false
    }
  }
}
