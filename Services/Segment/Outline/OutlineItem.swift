/// An item of the outline while it is built.
struct OutlineItem {
  var label: Label
  var parent: Int?
  /// Items of one run of numbers share it.
  var group: Int
  /// Whether it stays also when it is the only one of its group.
  var staysAlone = false
  var level = 1
  var heading: Range<Int> = 0..<0
  /// Where the words of the item itself start behind its heading.
  var body = 0
  /// Whether no mark separates the heading from what follows it.
  var runsIntoBody = false
  var end = 0
  var fault: NumberFault?
}

/// What is wrong with the number of an item.
enum NumberFault: Equatable {
  case missing(expected: Int)
  case repeated
  case misplaced
}
