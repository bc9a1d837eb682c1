private import Glibc

/// A call on a file that failed, in words that say what to do next.
package struct DiskError: Error, Sendable, Equatable, CustomStringConvertible {
  package let call: String
  package let path: String
  /// The value of `errno`.
  package let number: Int32

  package init(call: String, path: String, number: Int32) {
    self.call = call
    self.path = path
    self.number = number
  }

  /// The error of the last call on this thread.
  static func last(_ call: String, _ path: String) -> DiskError { DiskError(call: call, path: path, number: errno) }

  /// Whether the disk, or the share of it that this user may fill, is full.
  package var isFull: Bool { number == ENOSPC || number == EDQUOT }

  package var description: String {
    let reason = unsafe String(cString: strerror(number))
    let advice =
      switch number {
      case ENOSPC, EDQUOT: " Make room on the disk; nothing needs to be restarted."
      case EACCES, EPERM, EROFS: " The folder must be writable for this user."
      default: ""
      }
    return "\(call) of \(path) failed: \(reason).\(advice)"
  }
}
