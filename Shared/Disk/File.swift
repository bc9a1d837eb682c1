private import Glibc

/// An open file, closed when the last reference to it is gone.
package final class File: Sendable {
  package enum Mode: Sendable { case read, write, create }

  package let path: String
  private let descriptor: Int32

  /// Opens a file; `write` needs one that is there, `create` makes one where there is none.
  package init(_ path: String, _ mode: Mode) throws(DiskError) {
    self.path = path
    let flags =
      switch mode {
      case .read: O_RDONLY
      case .write: O_RDWR
      case .create: O_RDWR | O_CREAT
      }
    descriptor = unsafe open(path, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .last("open", path) }
  }

  deinit { close(descriptor) }

  /// Bytes up to its end.
  package func size() throws(DiskError) -> UInt64 {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last("fstat", path) }
    return UInt64(status.st_size)
  }

  /// When it was last written, in seconds since 1970.
  package func modified() throws(DiskError) -> Double {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last("fstat", path) }
    return Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
  }

  /// Writes all bytes at a place, over what is there.
  package func write(_ bytes: [UInt8], at place: UInt64) throws(DiskError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe pwrite(descriptor, $0.baseAddress! + done, $0.count - done, off_t(place) + done)
      }
      guard count >= 0 || errno == EINTR else { throw .last("write", path) }
      done += max(0, count)
    }
  }

  /// Up to `count` bytes from a place; fewer at the end of the file.
  package func read(_ count: Int, at place: UInt64) throws(DiskError) -> [UInt8] {
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      while used < count {
        let got = unsafe pread(descriptor, buffer.baseAddress! + used, count - used, off_t(place) + used)
        if got < 0 && errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { return }
        used += got
      }
    }
    if failed { throw .last("read", path) }
    return bytes
  }

  /// Makes the file so many bytes long.
  package func cut(to size: UInt64) throws(DiskError) {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw .last("ftruncate", path) }
  }

  /// Waits until all that was written, and the size, is on the disk.
  package func sync() throws(DiskError) {
    while fdatasync(descriptor) != 0 { if errno != EINTR { throw .last("fdatasync", path) } }
  }

  /// Takes the name of a file away, if it is there.
  package static func remove(_ path: String) throws(DiskError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw .last("unlink", path) }
  }

  /// Gives a file another name in one step; a file that has it already is no more.
  package static func rename(_ path: String, to other: String) throws(DiskError) {
    guard unsafe Glibc.rename(path, other) == 0 else { throw .last("rename", path) }
  }

  /// Whether there is no file, or one without a byte.
  package static func isEmpty(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) != 0 || status.st_size == 0
  }

  /// Whether this process is now the only one that has locked the file; the lock ends with the process.
  package func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
}

/// The time of day, in seconds since 1970.
package func wallClock() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_REALTIME, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
