internal import Text

/// A line of a page: the words between two breaks.
struct Block {
  var bytes: [UInt8]
  /// The innermost element that makes a line of it.
  var node: Int
  /// The innermost element that holds all of its words: `node`, or one inside the line.
  var holder: Int
  /// Its weight in Han characters: a Han character counts one, three others of a word count one.
  var weight: Int
  /// The part of the weight that lies in links.
  var linkWeight: Int
  /// How many links it holds.
  var links: Int
  /// Whether its link prints its address, which a text does that means the address.
  var isAddress = false
  var isHeading = false
  var isListItem = false

  var linkShare: Double { weight == 0 ? 0 : Double(linkWeight) / Double(weight) }
}

/// The weight of words: see `Block.weight`.
func weight(of bytes: Span<UInt8>) -> (han: Int, others: Int) {
  var (han, others, offset) = (0, 0, 0)
  while offset < bytes.count {
    let (value, length) = bytes.scalar(at: offset)
    if value >= 0x2E80 { han += 1 } else if !isBlank(value) { others += 1 }
    offset += length
  }
  return (han, others)
}
