/// Colours on a terminal; the bare words elsewhere.
struct Paint {
  enum Style: String {
    case title = "1"
    case heading = "1;34"
    case entity = "36"
    case metric = "1;33"
    case rule = "2"
    case good = "32"
    case bad = "1;31"
  }

  let isOn: Bool

  func callAsFunction(_ words: String, _ style: Style) -> String {
    isOn ? "\u{1B}[\(style.rawValue)m\(words)\u{1B}[0m" : words
  }
}
