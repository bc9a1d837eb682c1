/// What somebody wants who looks at `gongwen top`.
enum Key: Equatable {
  case up, down, more, less, open, help, back, interrupt

  /// The keys that bytes of a terminal mean; others are passed over.
  static func read(_ bytes: [UInt8]) -> [Key] {
    var rest = String(decoding: bytes, as: UTF8.self)[...]
    var keys: [Key] = []
    while let first = rest.first {
      let sequence = sequences.first { rest.hasPrefix($0.text) }
      if let sequence { keys.append(sequence.key) } else if let key = single(first) { keys.append(key) }
      rest.removeFirst(sequence?.text.count ?? 1)
    }
    return keys
  }

  private static let sequences: [(text: String, key: Key)] = [
    ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}OB", .down),
  ]

  private static func single(_ character: Character) -> Key? {
    switch character {
    case "k": .up
    case "j": .down
    case "+", "=": .more
    case "-", "_": .less
    case "l", "\r", "\n": .open
    case "?", "h": .help
    case "q", "\u{1B}": .back
    case "\u{3}": .interrupt
    default: nil
    }
  }
}
