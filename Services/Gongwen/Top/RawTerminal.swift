internal import CProcess
internal import Glibc

/// The terminal while a full screen is on it; however the process ends, it is given back as it was.
final class RawTerminal {
  /// Takes the terminal of standard input and output.
  init() { take_terminal() }

  deinit { restore() }

  /// Gives the terminal back as it was.
  func restore() { give_terminal_back() }

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
