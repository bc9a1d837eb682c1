/// Why keys cannot be read or made, in words that say what to do.
package struct KeyError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }

  static func missing(_ path: String) -> KeyError {
    KeyError(
      "There is no key \(path). Run 'gongwen keys init' where the queue runs; another machine gets its keys as "
        + "'gongwen keys --help' says. --keys or GONGWEN_KEYS names the folder.")
  }

  static func noKey(_ path: String) -> KeyError {
    KeyError("\(path) does not hold a key of 40 characters. Make it anew, or copy it again from where it was made.")
  }
}
