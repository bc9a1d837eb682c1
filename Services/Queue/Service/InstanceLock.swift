private import Glibc

/// The right of one process to a folder: held while the value lives, and given up with the process however it ends.
package struct InstanceLock: ~Copyable {
  private let descriptor: Int32

  /// Another process has the lock.
  package struct Held: Error, CustomStringConvertible {
    let folder: String
    package let pid: String
    package var description: String {
      "Another queue, process \(pid), works in \(folder). Stop it, or set GONGWEN_HOME to another folder."
    }
  }

  /// The lock cannot be made.
  package struct Unusable: Error, CustomStringConvertible {
    let path: String
    let reason: String
    package var description: String { "\(path) cannot be opened: \(reason). The folder must exist and be writable." }
  }

  package init(folder: String) throws {
    let path = folder + "/lock"
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Unusable(path: path, reason: unsafe String(cString: strerror(errno))) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = Self.read(descriptor)
      close(descriptor)
      throw Held(folder: folder, pid: holder)
    }
    let pid = Array("\(getpid())\n".utf8)
    ftruncate(descriptor, 0)
    unsafe _ = pwrite(descriptor, pid, pid.count, 0)
  }

  deinit { close(descriptor) }

  private static func read(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
