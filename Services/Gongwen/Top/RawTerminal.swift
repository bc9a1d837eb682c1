internal import Glibc

/// The terminal while a full screen is on it: keys come one by one and unseen, and the lines that were there stay behind it.
final class RawTerminal {
  private var former = termios()

  /// Takes the terminal of standard input and output.
  init() {
    unsafe tcgetattr(STDIN_FILENO, &former)
    var raw = former
    unsafe cfmakeraw(&raw)
    unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)
    writeAll(STDOUT_FILENO, Array("\u{1B}[?1049h\u{1B}[?25l".utf8))
  }

  /// Gives the terminal back as it was.
  func restore() {
    writeAll(STDOUT_FILENO, Array("\u{1B}[?25h\u{1B}[?1049l".utf8))
    unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &former)
  }

  /// Columns and rows.
  var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Draws lines over what is there.
  func draw(_ lines: [String]) {
    let text = lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n")
    writeAll(STDOUT_FILENO, Array(("\u{1B}[H" + text + "\u{1B}[J").utf8))
  }
}
