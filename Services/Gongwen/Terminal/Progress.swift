/// A line on the terminal that says how far the work is; nothing where standard error is no terminal.
struct Progress {
  private let isShown = Terminal.error.isTerminal
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant?
  private var total: Int?

  /// - Parameter total: the number of documents, where it is known beforehand.
  init(total: Int?) {
    self.total = total
    start = clock.now
  }

  /// Draws the line anew, at most ten times a second.
  mutating func show(done: Int, failed: Int) {
    guard isShown else { return }
    let now = clock.now
    if let shown, shown.duration(to: now) < .milliseconds(100) { return }
    shown = now
    let line = Self.line(
      done: done, failed: failed, total: total, elapsed: start.duration(to: now), columns: Terminal.error.columns)
    writeAll(Terminal.error.descriptor, Array(("\r" + line + "\u{1B}[K").utf8))
  }

  /// Removes the line, so that other words may stand there.
  mutating func clear() {
    guard isShown, shown != nil else { return }
    shown = nil
    writeAll(Terminal.error.descriptor, Array("\r\u{1B}[K".utf8))
  }

  /// `[██████··········] 37/100 documents, 2 failed, 41/s, 2 s left`, cut to the width of the terminal.
  static func line(done: Int, failed: Int, total: Int?, elapsed: Duration, columns: Int) -> String {
    let rate = Double(done) / max(0.001, elapsed / .seconds(1))
    var words = "\(done)" + (total.map { "/\($0)" } ?? "") + " documents"
    if failed > 0 { words += ", \(failed) failed" }
    words += ", \(Int(rate.rounded()))/s"
    guard let total, total > 0 else { return String(words.prefix(columns - 1)) }
    if rate > 0, done < total { words += ", \(Int((Double(total - done) / rate).rounded(.up))) s left" }
    let width = min(30, max(0, columns - words.count - 4))
    let filled = min(width, width * done / total)
    let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
    return String(((width > 4 ? "[\(bar)] " : "") + words).prefix(columns - 1))
  }
}
